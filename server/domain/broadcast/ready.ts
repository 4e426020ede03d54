import type { Tx } from '#db/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { requireAgreement } from '#server/domain/agreement/require.ts';
import { requireValues } from '#server/domain/broadcast/missing-values.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import { requireRegistered, resolveSender, type ResolvedSender } from '#server/domain/sender/resolve.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem, problemStatus, type ProblemCode } from '#server/errors.ts';

/**
 * Everything that must hold before a broadcast may start, in the order of product.md §3: agreement (402), Twilio, sender, content, values that a rule asks for. Recipients are
 * checked by the fan-out itself.
 * @throws Problem of the first that does not hold.
 */
export async function requireReady(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<ResolvedSender> {
  const resolved = await requireRoute(tx, ctx, broadcast);
  await requireValues(tx, ctx, broadcast);
  return resolved;
}

/** The same without the values of the audience: all that a test send takes. */
export async function requireRoute(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<ResolvedSender> {
  await requireAgreement(tx, ctx);
  const channel = channels[broadcast.channel];
  if (!channel.isSendable) throw new Problem('channel_not_supported', `${channel.label} broadcasts can be written but not sent yet. Nothing was sent.`);
  const credentials = await openCredentials(tx, ctx.organizationId);
  if (channel.usesService && !credentials.messagingServiceSid) throw new Problem('twilio_not_configured', 'No Messaging Service is set. Every message goes through one (it handles opt-outs). Add it in Settings → Twilio.');
  const resolved = await resolveSender(tx, ctx, broadcast.channel, broadcast.senderPhone);
  requireRegistered(resolved);
  const problems = channel.problems(await readDraft(tx, ctx, broadcast));
  if (problems.length > 0) throw new Problem(codeOfFault(problems[0]!.code), problems[0]!.message, { details: problems });
  return resolved;
}

/** A fault that the outside knows by its own code (P6: template_not_approved) has it. */
export const codeOfFault = (code: string): ProblemCode => (Object.hasOwn(problemStatus, code) ? code as ProblemCode : 'validation_failed');
