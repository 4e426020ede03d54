import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcasts, chatMessages, conversations, deliveries } from '#db/schema/index.ts';
import { channels, type Composed, type Draft } from '#server/channels/index.ts';
import { literalDraft } from '#server/channels/literal.ts';
import { PRICE_CURRENCY, timesSegments } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { nobody } from '#server/domain/broadcast/addressees.ts';
import { requireBudgetLeft } from '#server/domain/broadcast/budget.ts';
import { readTemplateBySid } from '#server/domain/broadcast/pinned-template.ts';
import { codeOfFault } from '#server/domain/broadcast/ready.ts';
import { isWindowOpen, outsideWindow, requireAnswerable } from '#server/domain/conversation/require-answerable.ts';
import { lockConversation, whereConversation, type ConversationRow } from '#server/domain/conversation/row.ts';
import { readPrices } from '#server/domain/ledger/own-prices.ts';
import type { ResolvedSender } from '#server/domain/sender/resolve.ts';
import { invalidField, Problem } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';
import { describeReason } from '#server/twilio/errors.ts';

/** Either a text with its files, or a template with the value of each position; all of it is meant as it stands. `authorId` null: a keyword rule or HELP. */
export type Answer = {
  conversationId: string; text: string; mediaUrls?: string[] | undefined; templateSid?: string | undefined; templateVariables?: Record<string, string> | undefined;
  purpose: 'reply' | 'help'; authorId: string | null; ruleId: string | null;
};

type Message = Exclude<Composed, { skip: unknown }>;

/**
 * Writes one answer to the person of a conversation, in the caller's transaction: a broadcast of its own with one delivery, from the sender to which they wrote, which goes the way
 * of everything. Who may write is the caller's question.
 * @throws Problem agreement_required, twilio_not_configured, sender_not_found, sender_not_registered, opted_out, outside_24h_window, template_not_approved, validation_failed, budget_reached
 */
export async function writeAnswer(tx: Tx, ctx: Context, answer: Answer): Promise<{ messageId: string; broadcastId: string }> {
  const conversation = await lockConversation(tx, ctx, answer.conversationId);
  const sender = await requireAnswerable(tx, ctx, conversation, { purpose: answer.purpose, isTemplate: answer.templateSid !== undefined });
  const draft = await draftOf(tx, ctx, answer);
  const isOpen = await isWindowOpen(tx, ctx, conversation);
  const message = compose(conversation, draft, isOpen);
  const prices = await readPrices(tx, ctx, conversation.channel, draft.template?.category);
  const estimate = timesSegments(prices(conversation.recipient, { method: message.method, isWindowOpen: isOpen }).likely, message.segments);
  await requireBudgetLeft(tx, ctx, estimate);
  const broadcastId = await writeDelivery(tx, ctx, conversation, sender, { answer, draft, estimate });
  await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: sender.pace.id });
  return { messageId: await keepMessage(tx, ctx, conversation, { answer, body: message.body, broadcastId }), broadcastId };
}

async function draftOf(tx: Tx, ctx: Context, { text, mediaUrls = [], templateSid, templateVariables }: Answer): Promise<Draft> {
  const content = text.replaceAll('\r\n', '\n').replaceAll('\u0000', '');
  if (templateSid !== undefined && (content.trim() !== '' || mediaUrls.length > 0)) throw invalidField('templateSid', 'An answer is a text or a template, not both. Leave one out.');
  if (templateSid === undefined && content.trim() === '' && mediaUrls.length === 0) throw invalidField('text', 'Write the answer first.', 'required');
  return {
    content, mediaUrls, templateSid: templateSid ?? null, template: templateSid === undefined ? null : await readTemplateBySid(tx, ctx, templateSid),
    templateVariables: templateSid === undefined ? null : templateVariables ?? null, missingValues: {}, optOutLine: null,
  };
}

/** What they will read. */
function compose({ channel, recipient }: ConversationRow, given: Draft, isWindowOpen: boolean): Message {
  const draft = literalDraft(given);
  const [fault] = channels[channel].problems(draft);
  if (fault) throw new Problem(codeOfFault(fault.code), fault.message, { details: [{ ...fault, field: fault.field === 'content' ? 'text' : fault.field }] });
  const composed = channels[channel].prepare(draft).compose(nobody, { recipient, isWindowOpen });
  if (!('skip' in composed)) return composed;
  if (composed.skip === 'outside_24h_window') throw outsideWindow();
  const { title, help } = describeReason(composed.skip);
  throw invalidField(draft.templateSid ? 'templateVariables' : 'text', `${title}. ${help}`, composed.skip);
}

const names = { reply: 'Answer', help: 'Answer to HELP' } as const;

async function writeDelivery(tx: Tx, ctx: Context, { channel, sender, recipient, contactId }: ConversationRow, resolved: ResolvedSender, { answer, draft, estimate }: { answer: Answer; draft: Draft; estimate: string }): Promise<string> {
  const { content, mediaUrls, templateSid, templateVariables } = draft;
  const [broadcast] = await tx.insert(broadcasts).values({
    organizationId: ctx.organizationId, name: names[answer.purpose], channel, content, mediaUrls, templateSid, templateVariables, senderPhone: sender, purpose: answer.purpose,
    recipientMethod: 'numbers', ignoresQuietHours: true, status: 'sending', senderId: resolved.sender.id, paceId: resolved.pace.id, total: 1, lastSeq: 1,
    estimate, currency: PRICE_CURRENCY, createdBy: answer.authorId, startedAt: ctx.now(),
  }).returning({ id: broadcasts.id });
  await tx.insert(deliveries).values({ organizationId: ctx.organizationId, broadcastId: broadcast!.id, seq: 1, contactId, recipient });
  return broadcast!.id;
}

/** Whoever answers has read what stands above. The moment is that of the clock: what was kept in the same transaction stands before it. */
async function keepMessage(tx: Tx, ctx: Context, { id }: ConversationRow, { answer, body, broadcastId }: { answer: Answer; body: string; broadcastId: string }): Promise<string> {
  const { mediaUrls = [], templateSid, authorId, ruleId } = answer;
  const [clock] = await rows<{ now: string }>(tx, sql`select clock_timestamp()::text as now`);
  const now = sql`${clock!.now}::timestamptz`;
  const [message] = await tx.insert(chatMessages).values({
    organizationId: ctx.organizationId, conversationId: id, direction: 'outbound', body, media: mediaUrls.map((url) => ({ url, contentType: '' })), broadcastId, authorId, ruleId,
    extra: templateSid === undefined ? {} : { templateSid }, createdAt: now,
  }).returning({ id: chatMessages.id });
  await tx.update(conversations).set({ lastMessageAt: sql`greatest(${conversations.lastMessageAt}, ${now})`, ...(authorId !== null && { unread: 0 }), updatedAt: ctx.now() }).where(whereConversation(ctx, id));
  return message!.id;
}
