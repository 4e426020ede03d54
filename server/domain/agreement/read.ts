import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { agreementAcceptances, users } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { acceptUrl, agreementText } from '#server/domain/agreement/texts.ts';
import type { AgreementView, ServiceInput } from '#server/domain/agreement/schema.ts';

/** The present text of a service's agreement, and whether the organisation accepted it. @throws Problem not_found for an unknown service. */
export async function readAgreement(ctx: Context, input: ServiceInput): Promise<AgreementView> {
  return ctx.transaction((tx) => agreementView(tx, ctx.organizationId, input.service));
}

/** The same within a transaction that is already open. */
export async function agreementView(tx: Tx, organizationId: string, service: string): Promise<AgreementView> {
  const text = agreementText(service);
  const acceptance = await findAcceptance(tx, organizationId, service, text.version);
  return {
    ...text, hash: createHash('sha256').update(`${text.version}\n${text.title}\n${text.text}`).digest('hex'),
    accepted: acceptance !== undefined,
    acceptedAt: acceptance?.acceptedAt.toISOString() ?? null,
    acceptedBy: acceptance?.acceptedBy ?? null,
    acceptedFrom: acceptance?.address ?? null,
    acceptUrl: acceptUrl(service),
  };
}

async function findAcceptance(tx: Tx, organizationId: string, service: string, version: string) {
  const [found] = await tx
    .select({ acceptedAt: agreementAcceptances.acceptedAt, acceptedBy: users.name, address: agreementAcceptances.address })
    .from(agreementAcceptances)
    .innerJoin(users, eq(users.id, agreementAcceptances.acceptedBy))
    .where(and(eq(agreementAcceptances.organizationId, organizationId), eq(agreementAcceptances.service, service), eq(agreementAcceptances.version, version)));
  return found;
}
