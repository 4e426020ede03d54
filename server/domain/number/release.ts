import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { senders, twilioAccounts } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { releaseInput, senderInput, type ReleaseInput, type ReleaseView, type SenderInput } from '#server/domain/number/schema.ts';
import { refusal } from '#server/domain/number/twilio-words.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { invalidField, notFound, Problem } from '#server/errors.ts';
import { releaseOwnedNumber, removeFromService } from '#server/twilio/numbers.ts';

/** What giving a number back would mean. @throws Problem not_found */
export async function readRelease(ctx: Context, input: SenderInput): Promise<ReleaseView> {
  const { id } = senderInput.parse(input);
  return ctx.transaction(async (tx) => consequences(tx, ctx, await senderOf(tx, ctx, id)));
}

/**
 * Gives a number back to Twilio for good; nobody can promise it back. Broadcasts that need it must end first.
 * @throws Problem forbidden below admin, not_found, twilio_not_configured, twilio_failed · validation_failed: the digits are wrong · invalid_state: broadcasts
 * need it · channel_not_supported: a WhatsApp sender is no number of Twilio's
 */
export async function releaseNumber(ctx: Context, input: ReleaseInput): Promise<void> {
  requireRole(ctx, 'admin');
  const { id, confirmation } = releaseInput.parse(input);
  const { sender, busyBroadcasts } = await ctx.transaction(async (tx) => { const found = await senderOf(tx, ctx, id); return { sender: found, ...await consequences(tx, ctx, found) }; });
  if (!channels[sender.channel].usesService || !sender.providerSid) throw new Problem('channel_not_supported', 'This sender is not a number that can be given back here. Remove it in the Twilio Console.');
  if (sender.address.slice(-4) !== confirmation) throw invalidField('confirmation', `These are not the last four digits of ${sender.address}. Nothing was released.`);
  if (busyBroadcasts > 0) throw new Problem('invalid_state', `${busyBroadcasts === 1 ? '1 broadcast is' : `${busyBroadcasts} broadcasts are`} sending, paused or scheduled from ${sender.address}. Let them finish or cancel them, then release it.`);
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  if (keys.messagingServiceSid) await removeFromService(keys, keys.messagingServiceSid, sender.providerSid);
  const released = await releaseOwnedNumber(keys, sender.providerSid);
  if (!released.ok && released.status !== 404) throw refusal(released, sender.address, 'Twilio did not take it back');
  await ctx.transaction((tx) => tx.update(twilioAccounts).set({ defaultSenderNumber: null }).where(and(eq(twilioAccounts.organizationId, ctx.organizationId), eq(twilioAccounts.defaultSenderNumber, sender.address))));
  await checkTwilio(ctx);
}

type Sender = typeof senders.$inferSelect;

async function senderOf(tx: Tx, ctx: Context, id: string): Promise<Sender> {
  const [sender] = await tx.select().from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.id, id)));
  if (!sender) throw notFound('sender');
  return sender;
}

/** Broadcasts name their sender by its number; those that go through the system number name none. */
async function consequences(tx: Tx, ctx: Context, { id, address, channel, isSystem }: Sender): Promise<ReleaseView> {
  const [found] = await rows<Omit<ReleaseView, 'address' | 'isSystem'>>(tx, sql`
    select (count(*) filter (where b.status in ('sending', 'paused', 'scheduled')))::int as "busyBroadcasts", (count(*) filter (where b.status = 'draft'))::int as drafts,
      (select count(*)::int from conversation c where c.organization_id = ${ctx.organizationId} and c.sender = ${address} and c.closed_at is null) as "openConversations",
      (select count(distinct c.recipient)::int from conversation c where c.organization_id = ${ctx.organizationId} and c.sender = ${address}) as people
    from broadcast b where b.organization_id = ${ctx.organizationId} and b.channel = ${channel}
      and (b.sender_id = ${id} or b.sender_phone = ${address} or ${isSystem} and b.sender_id is null and b.sender_phone is null)`);
  if (!found) throw new Error('an aggregate answers one row');
  return { address, isSystem, ...found };
}
