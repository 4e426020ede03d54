import { agreementAcceptances } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { agreementView } from '#server/domain/agreement/read.ts';
import type { AgreementView, ServiceInput } from '#server/domain/agreement/schema.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { Problem } from '#server/errors.ts';

/**
 * Accepts the present version for the whole organisation (P29, P30); the first acceptance stays, a repeat changes nothing.
 * @throws Problem forbidden unless the person is an owner or admin · not_found for an unknown service.
 */
export async function acceptAgreement(ctx: Context, input: ServiceInput): Promise<AgreementView> {
  const { service, version } = agreementText(input.service);
  requireRole(ctx, 'admin');
  const acceptedBy = userId(ctx);
  if (!acceptedBy) throw new Problem('forbidden', 'Only a person can accept an agreement: an owner or admin of the organisation.');
  const address = ctx.actor.kind === 'user' ? ctx.actor.address : null;
  return ctx.transaction(async (tx) => {
    await tx.insert(agreementAcceptances)
      .values({ organizationId: ctx.organizationId, service, version, acceptedBy, acceptedAt: ctx.now(), address })
      .onConflictDoNothing();
    return agreementView(tx, ctx.organizationId, service);
  });
}
