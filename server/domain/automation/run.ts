import { and, eq, isNull, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { chatMessages, ruleRuns } from '#db/schema/index.ts';
import type { ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { act, type Scene } from '#server/domain/automation/act.ts';
import { decide } from '#server/domain/automation/decide.ts';
import { contactWith, personOf, phoneOf, readFacts } from '#server/domain/automation/person.ts';
import { orderedRules } from '#server/domain/automation/row.ts';
import { lockStrangers } from '#server/domain/opt-out/record.ts';

/**
 * P78, P40: keyword rules look at a message of theirs, exactly once whatever is repeated: that it was looked at, what was decided, and all that follows
 * commit together. Two messages of one person are looked at one after the other, so "once per person" holds for both.
 */
export async function runRules(ctx: Context, { messageId }: { messageId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const taken = await takeMessage(tx, ctx, messageId);
    if (!taken) return;
    const { conversation, message, text } = taken;
    const [address, phone] = [conversation.recipient, phoneOf(conversation.recipient)];
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.organizationId} rules ${personOf(address)}`}, 0))`);
    const contact = await contactWith(tx, ctx, { address, contactId: conversation.contactId }, { lock: true });
    if (phone && !contact) await lockStrangers(tx, ctx, [phone], 'shared');
    const rules = await orderedRules(tx, ctx);
    const { winner, nearMiss } = decide(rules, { text, sender: conversation.sender }, await readFacts(tx, ctx, { address, sender: conversation.sender, conversationId: conversation.id, contact }));
    const found = winner ?? nearMiss;
    const rule = rules.find(({ id }) => id === found?.rule.id);
    if (!found || !rule) return;
    const heldBack = winner?.heldBack ?? null;
    const results = winner && !heldBack ? await act(tx, ctx, { rule, message, conversation, phone, contact }) : [];
    const outcome = !winner ? 'near_miss' : heldBack ? 'held_back' : 'acted';
    await tx.insert(ruleRuns).values({ organizationId: ctx.organizationId, messageId, ruleId: rule.id, outcome, reason: heldBack, keyword: found.keyword, results, recipient: personOf(address) });
  });
}

type Taken = { conversation: Scene['conversation']; message: Scene['message']; text: string };

/** The message, marked as looked at; null: it was already, or it is none of theirs. Its conversation is held, as whoever writes into it does. */
async function takeMessage(tx: Tx, ctx: Context, messageId: string): Promise<Taken | null> {
  const [found] = await rows<{ conversationId: string; channel: ChannelId; sender: string; recipient: string; contactId: string | null }>(tx, sql`
    select c.id as "conversationId", c.channel, c.sender, c.recipient, c.contact_id as "contactId" from conversation c
    where c.organization_id = ${ctx.organizationId} and c.id = (select m.conversation_id from chat_message m where m.organization_id = ${ctx.organizationId} and m.id = ${messageId}) for update`);
  if (!found) return null;
  const [message] = await tx.update(chatMessages).set({ rulesRunAt: sql`clock_timestamp()` })
    .where(and(eq(chatMessages.organizationId, ctx.organizationId), eq(chatMessages.id, messageId), eq(chatMessages.direction, 'inbound'), eq(chatMessages.kind, 'message'), isNull(chatMessages.rulesRunAt)))
    .returning({ id: chatMessages.id, sid: chatMessages.sid, text: chatMessages.body, hoursAgo: sql<number>`(extract(epoch from clock_timestamp() - ${chatMessages.createdAt}) / 3600)::float8` });
  if (!message) return null;
  const { conversationId, ...pair } = found;
  return { conversation: { id: conversationId, ...pair }, message: { id: message.id, sid: message.sid, hoursAgo: message.hoursAgo }, text: message.text };
}
