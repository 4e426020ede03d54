import type { Tx } from '#db/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { requireAgreement } from '#server/domain/agreement/require.ts';
import { draftOf, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import { requireRegistered, resolveSender, type ResolvedSender } from '#server/domain/sender/resolve.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';

/**
 * Everything that must hold before a broadcast may start, in the order of product.md §3: agreement (402), Twilio, sender, content. Recipients are
 * checked by the fan-out itself.
 * @throws Problem of the first that does not hold.
 */
export async function requireReady(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<ResolvedSender> {
  await requireAgreement(tx, ctx);
  const channel = channels[broadcast.channel];
  if (!channel.isSendable) throw new Problem('channel_not_supported', `${channel.label} broadcasts can be written but not sent yet. Nothing was sent.`);
  const credentials = await openCredentials(tx, ctx.organizationId);
  if (!credentials.messagingServiceSid) throw new Problem('twilio_not_configured', 'No Messaging Service is set. Every message goes through one (it handles opt-outs). Add it in Settings → Twilio.');
  const resolved = await resolveSender(tx, ctx, broadcast.channel, broadcast.senderPhone);
  requireRegistered(resolved);
  const problems = channel.problems(draftOf(broadcast));
  if (problems.length > 0) throw new Problem('validation_failed', problems[0]!.message, { details: problems });
  return resolved;
}
