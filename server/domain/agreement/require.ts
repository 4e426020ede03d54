import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { agreementView } from '#server/domain/agreement/read.ts';
import { BROADCAST_SERVICE } from '#server/domain/agreement/texts.ts';
import { Problem } from '#server/errors.ts';

/** P27: nothing is sent before the organisation has accepted the present agreement. @throws Problem agreement_required (402) that says where to accept. */
export async function requireAgreement(tx: Tx, ctx: Pick<Context, 'organizationId'>): Promise<void> {
  const { service, version, accepted, acceptUrl } = await agreementView(tx, ctx.organizationId, BROADCAST_SERVICE);
  if (accepted) return;
  throw new Problem(
    'agreement_required',
    'Your organisation has not accepted the agreement for sending messages. An owner or admin accepts it in Settings → Agreement; then send again. Nothing was sent.',
    { data: { service, agreementVersion: version, acceptUrl } },
  );
}
