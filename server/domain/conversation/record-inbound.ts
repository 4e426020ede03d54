import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastResponses, chatMessages, conversations, senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { answerHelp } from '#server/domain/conversation/answer-help.ts';
import { broadcastBehind } from '#server/domain/conversation/broadcast-behind.ts';
import { soundsLikeOptOut } from '#server/domain/conversation/opt-out-wording.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { contactOf, type Writer } from '#server/domain/conversation/writer.ts';
import { keywordOf, type OptOutType } from '#server/domain/opt-out/keyword.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';
import { hasSaidOtherwise } from '#server/domain/opt-out/said-otherwise.ts';
import { asksForHelp } from '#server/domain/sender/help-word.ts';
import { enqueue } from '#server/queue.ts';

/** As the channel names the addresses: theirs and ours. `optOutType`: Twilio took it for a word of the service's own list, and has answered it. */
export type Inbound = {
  sid: string; from: string; to: string; body: string; media: Array<{ url: string; contentType: string }>; optOutType: OptOutType | 'HELP' | null;
  profileName?: string | null; waUserId?: string | null; extra?: { buttonPayload?: string } & Record<string, unknown>;
  /** When they wrote it, of a message that never arrived and is found at Twilio later. */
  at?: Date;
};

type SenderRow = typeof senders.$inferSelect;

/**
 * P75: keeps a message that somebody wrote, once per MessageSid, whatever is repeated; it opens their window anew (P72) and their conversation, a
 * keyword of theirs is obeyed (P38), HELP answered where Twilio does not (P42), and rules and devices are woken (P77, P78). False when the address is none of
 * the organisation's senders: then nothing is kept (D2).
 *
 * A START that is repeated lifts nothing, because its MessageSid is known. Twilio does not say when it got a message, so of two that arrive in the wrong
 * order the later arrival counts; where Twilio keeps a list of its own, its refusal (21610) and the drift check put that right.
 */
export async function recordInbound(ctx: Context, inbound: Inbound): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const [sender] = await tx.select().from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.address, inbound.to)));
    if (!sender) return false;
    const conversation = await lockConversation(tx, ctx, sender, inbound);
    const writer = await contactOf(tx, ctx, inbound, conversation.contactId);
    const message = await keepMessage(tx, ctx, { conversationId: conversation.id, senderId: sender.id, inbound });
    if (!message) return true; // a repeat
    await reopen(tx, ctx, { conversation, writer, message, inbound });
    await obeyKeyword(tx, ctx, inbound, writer, message.keyword);
    if (message.causeBroadcastId && writer && message.isForPeople) await countReply(tx, ctx, message.causeBroadcastId, writer.id);
    if (message.isHelp) await answerHelp(tx, ctx, { sender, conversationId: conversation.id, messageId: message.id, isAnswered: inbound.optOutType !== null });
    if (message.isForPeople) await enqueue(tx, 'run-rules', { organizationId: ctx.organizationId, messageId: message.id });
    await enqueue(tx, 'push-message', { organizationId: ctx.organizationId, messageId: message.id });
    return true;
  });
}

/** When they wrote it: now, unless it is found later. */
const momentOf = ({ at }: Inbound) => (at ? sql`${at.toISOString()}::timestamptz` : sql`clock_timestamp()`);

/** The conversation of this pair of addresses, held until the end: what comes at the same time waits, so the order of messages is that of their times. */
async function lockConversation(tx: Tx, ctx: Context, { channel }: SenderRow, { from, to }: Inbound) {
  await tx.insert(conversations).values({ organizationId: ctx.organizationId, channel, sender: to, recipient: from }).onConflictDoNothing();
  const [found] = await tx.select({ id: conversations.id, contactId: conversations.contactId }).from(conversations)
    .where(and(eq(conversations.organizationId, ctx.organizationId), eq(conversations.sender, to), eq(conversations.recipient, from))).for('update');
  return found!;
}

type Kept = { id: string; createdAt: Date; causeBroadcastId: string | null; keyword: OptOutType | null; isHelp: boolean; /** No keyword: a person, or a rule, has to see to it. */ isForPeople: boolean };

async function keepMessage(tx: Tx, ctx: Context, { conversationId, senderId, inbound }: { conversationId: string; senderId: string; inbound: Inbound }): Promise<Kept | null> {
  const { sid, body, media, extra = {}, optOutType } = inbound;
  const isHelp = asksForHelp(body, optOutType);
  const keyword = keywordOf(body) ?? keywordOf(extra.buttonPayload ?? '') ?? (optOutType === 'HELP' ? null : optOutType);
  const isForPeople = !keyword && !isHelp;
  const causeBroadcastId = await broadcastBehind(tx, ctx, senderId, sameSubscriber(inbound.from));
  const [kept] = await tx.insert(chatMessages).values({
    organizationId: ctx.organizationId, conversationId, direction: 'inbound', sid, body, media, extra, causeBroadcastId,
    createdAt: momentOf(inbound), rulesRunAt: isForPeople ? null : sql`clock_timestamp()`,
  }).onConflictDoNothing().returning({ id: chatMessages.id, createdAt: chatMessages.createdAt });
  return kept ? { ...kept, causeBroadcastId, keyword, isHelp: isHelp && !keyword, isForPeople } : null;
}

/** Their word opens a closed or sleeping conversation; wording that may be an opt-out waits for a person's decision, a keyword needs none. */
async function reopen(tx: Tx, ctx: Context, { conversation, writer, message, inbound }: { conversation: { id: string; contactId: string | null }; writer: Writer | null; message: Kept; inbound: Inbound }) {
  const isSuggestion = message.isForPeople && !writer?.optedOut && soundsLikeOptOut(inbound.body);
  await tx.update(conversations).set({
    lastInboundAt: sql`greatest(${conversations.lastInboundAt}, ${momentOf(inbound)})`, lastMessageAt: sql`greatest(${conversations.lastMessageAt}, ${momentOf(inbound)})`,
    unread: sql`${conversations.unread} + 1`, closedAt: null, snoozedUntil: null, contactId: writer?.id ?? conversation.contactId, updatedAt: ctx.now(),
    ...(inbound.profileName && { profileName: inbound.profileName }), ...(inbound.waUserId && { waUserId: inbound.waUserId }),
    ...(isSuggestion ? { suggestedOptOutId: message.id } : message.keyword && { suggestedOptOutId: null }),
  }).where(and(eq(conversations.organizationId, ctx.organizationId), eq(conversations.id, conversation.id)));
}

/**
 * P38: on WhatsApp nobody else does it: Twilio blocks only what goes through a service. Who hides their number is known by their contact; words from a
 * number are about that number, whatever number the contact of the conversation has by now.
 */
async function obeyKeyword(tx: Tx, ctx: Context, { from, to, sid, body, extra = {}, at }: Inbound, writer: Writer | null, keyword: OptOutType | null) {
  const addresses = [...sameSubscriber(from), ...(writer?.phone && !from.includes('+') ? [writer.phone] : [])];
  if (at && keyword && await hasSaidOtherwise(tx, ctx, addresses, { keyword, at, sender: to })) return;
  const isOurs = keywordOf(body) ?? keywordOf(extra.buttonPayload ?? '');
  const way = { source: isOurs ? 'keyword' as const : 'opt_out_type' as const, sender: to, evidence: { messageSid: sid, word: body.trim().slice(0, 100).toWellFormed(), ...(at && { writtenAt: at.toISOString() }) } };
  if (keyword === 'STOP') await recordOptOuts(tx, ctx, addresses, way);
  if (keyword === 'START') await recordOptIns(tx, ctx, addresses, way);
}

const countReply = (tx: Tx, ctx: Context, broadcastId: string, contactId: string) =>
  tx.insert(broadcastResponses).values({ organizationId: ctx.organizationId, broadcastId, contactId, kind: 'reply' }).onConflictDoNothing();
