import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { requireAgreement } from '#server/domain/agreement/require.ts';
import type { Step } from '#server/domain/person/may-message.ts';
import { step } from '#server/domain/person/steps.ts';
import { requireRegistered, resolveSender } from '#server/domain/sender/resolve.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';

/** The one that they wrote to last, else the system number (P17), else the only one there is; null: the channel has none. */
export async function senderToThem(tx: Tx, ctx: Context, channel: ChannelId, phone: string | null): Promise<string | null> {
  const recipient = phone === null ? null : channels[channel].toAddress(phone);
  const [found] = await rows<{ address: string }>(tx, sql`
    select s.address from sender s left join conversation c on c.organization_id = s.organization_id and c.sender = s.address and c.recipient = ${recipient}
    where s.organization_id = ${ctx.organizationId} and s.channel = ${channel} order by c.last_inbound_at desc nulls last, s.is_system desc, s.created_at limit 1`);
  return found?.address ?? null;
}

/** What every send asks before its first message: agreement, Twilio, a registered sender. */
export async function senderStep(tx: Tx, ctx: Context, channel: ChannelId, sender: string | null): Promise<Step> {
  try {
    await requireAgreement(tx, ctx);
    const { messagingServiceSid } = await openCredentials(tx, ctx.organizationId);
    if (channels[channel].usesService && !messagingServiceSid) return step('sender', 'fail', 'No Messaging Service is set', 'Add it in Settings → Twilio.');
    const resolved = await resolveSender(tx, ctx, channel, sender);
    requireRegistered(resolved);
    return step('sender', 'pass', 'Sender is registered', resolved.sender.address.replace(/^[a-z]+:/, ''));
  } catch (error) {
    if (error instanceof Problem) return step('sender', 'fail', titles[error.code] ?? 'No sender may write', error.message);
    throw error;
  }
}

const titles: Partial<Record<Problem['code'], string>> = {
  agreement_required: 'The agreement is not accepted', twilio_not_configured: 'Twilio is not connected', sender_not_found: 'No sender for this channel', sender_not_registered: 'The sender is not registered',
};
