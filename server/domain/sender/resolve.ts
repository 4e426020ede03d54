import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { paces, senders } from '#db/schema/index.ts';
import type { ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { Problem } from '#server/errors.ts';

export type ResolvedSender = { sender: typeof senders.$inferSelect; pace: typeof paces.$inferSelect };

/**
 * The sender of a broadcast: the one it names (P16), else the organisation's system number (P17).
 * @throws Problem sender_not_found with the reason.
 */
export async function resolveSender(tx: Tx, ctx: Context, channel: ChannelId, senderPhone: string | null): Promise<ResolvedSender> {
  const wanted = senderPhone ? eq(senders.address, senderPhone) : eq(senders.isSystem, true);
  const [found] = await tx.select({ sender: senders, pace: paces }).from(senders)
    .innerJoin(paces, and(eq(paces.organizationId, senders.organizationId), eq(paces.id, senders.paceId)))
    .where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.channel, channel), wanted)).limit(1);
  if (found) return found;
  throw new Problem('sender_not_found', senderPhone
    ? `The number ${senderPhone} is not in your Twilio account, or it was added after the last check. Choose another sender, or press Check in Settings → Twilio.`
    : 'No sender was chosen and there is no system number. Choose a sender, or set a default sender in Settings → Twilio.');
}

/** D3, P12: what carriers have not approved is not sent, and nothing here can say otherwise. @throws Problem sender_not_registered */
export function requireRegistered({ sender }: ResolvedSender): void {
  if (sender.registration === 'approved' || sender.registration === 'not_required') return;
  throw new Problem('sender_not_registered', `${sender.address} may not send yet: ${sender.registrationDetail ?? sender.registration}. Carriers block such messages until the registration is approved.`,
    { data: { sender: sender.address, registration: sender.registration } });
}
