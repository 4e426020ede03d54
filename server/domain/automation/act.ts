import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contacts, lists, ruleCalls } from '#db/schema/index.ts';
import { compileText, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { contactWith, readable, type ContactRow } from '#server/domain/automation/person.ts';
import type { RuleRow } from '#server/domain/automation/row.ts';
import type { ActionResult, RuleAction } from '#server/domain/automation/schema.ts';
import { joinLists } from '#server/domain/contact/membership.ts';
import { writeAnswer } from '#server/domain/conversation/write-answer.ts';
import { recordOptIns } from '#server/domain/opt-out/record.ts';
import { Problem } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';

/** Who wrote what to whom, and the rule that won. */
export type Scene = {
  rule: RuleRow;
  message: { id: string; sid: string | null; /** Hours since they wrote. */ hoursAgo: number };
  conversation: { id: string; channel: ChannelId; sender: string; recipient: string; contactId: string | null };
  phone: string | null; contact: ContactRow | null;
};

/** An answer that comes later than so many hours puzzles more than it helps. */
const LATE_HOURS = 12;
const MOST_TAGS = 50;

/**
 * What a rule does, each thing by itself: one that cannot be done leaves its reason in words and nothing else, and the others go on. Consent comes first,
 * because it makes the stranger a contact whom the others need.
 */
export async function act(tx: Tx, ctx: Context, scene: Scene): Promise<ActionResult[]> {
  const results: ActionResult[] = [];
  let present = scene;
  for (const action of inOrder(scene.rule.actions)) {
    try {
      // A transaction of its own inside: what a refused action has written goes with it.
      await tx.transaction((inner) => perform(inner, ctx, present, action));
      results.push({ type: action.type, isDone: true, reason: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      results.push({ type: action.type, isDone: false, reason: error.message });
    }
    if (action.type === 'subscribe') present = { ...scene, contact: await contactWith(tx, ctx, { address: scene.conversation.recipient, contactId: scene.contact?.id ?? null }) };
  }
  return results;
}

const inOrder = (actions: readonly RuleAction[]) => actions.toSorted((a, b) => Number(b.type === 'subscribe') - Number(a.type === 'subscribe'));

async function perform(tx: Tx, ctx: Context, scene: Scene, action: RuleAction): Promise<void> {
  switch (action.type) {
    case 'reply': return reply(tx, ctx, scene, action.text);
    case 'add_tag': return retag(tx, ctx, scene, { add: action.tag });
    case 'remove_tag': return retag(tx, ctx, scene, { remove: action.tag });
    case 'add_to_list': return addToList(tx, ctx, scene, action.listId);
    case 'subscribe': return subscribe(tx, ctx, scene, action.consentText);
    case 'notify': return enqueue(tx, 'push-notice', { organizationId: ctx.organizationId, runId: scene.message.id });
    case 'webhook': return oweCall(tx, ctx, scene, action.url);
  }
}

async function reply(tx: Tx, ctx: Context, { rule, message, conversation, contact, phone }: Scene, source: string): Promise<void> {
  if (message.hoursAgo > LATE_HOURS) throw new Problem('invalid_state', `Their message was ${Math.floor(message.hoursAgo)} hours old by then: too late to answer by machine.`);
  const text = renderReply(source, contact, phone);
  await writeAnswer(tx, ctx, { conversationId: conversation.id, text, purpose: 'reply', authorId: null, ruleId: rule.id });
}

/** The answer as this person reads it. @throws Problem when there is nothing to read */
export function renderReply(source: string, contact: ContactRow | null, phone: string | null): string {
  let text: string;
  try { text = compileText(source).render(readable(contact, phone)).text.trim(); } catch {
    throw new Problem('validation_failed', 'The answer has a placeholder that cannot be computed for them.');
  }
  if (text === '') throw new Problem('validation_failed', 'The answer is empty for them: all of its placeholders are.');
  return text;
}

const requireContact = (contact: ContactRow | null): ContactRow => {
  if (contact) return contact;
  throw new Problem('invalid_state', 'They are no contact of yours. A rule that records consent makes them one.');
};

async function retag(tx: Tx, ctx: Context, { contact }: Scene, { add, remove }: { add?: string; remove?: string }): Promise<void> {
  const { id } = requireContact(contact);
  const isThisOne = and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id));
  const [row] = await tx.select({ tags: contacts.tags }).from(contacts).where(isThisOne).for('no key update');
  const tags = [...new Set([...(row?.tags ?? []), ...(add ? [add] : [])])].filter((tag) => tag !== remove).toSorted();
  if (tags.length > MOST_TAGS) throw new Problem('validation_failed', `They have ${MOST_TAGS} tags already, which is the most.`);
  await tx.update(contacts).set({ tags, updatedAt: ctx.now() }).where(isThisOne);
}

async function addToList(tx: Tx, ctx: Context, { contact }: Scene, listId: string): Promise<void> {
  const { id } = requireContact(contact);
  const [list] = await tx.select().from(lists).where(and(eq(lists.organizationId, ctx.organizationId), eq(lists.id, listId))).for('key share');
  if (!list) throw new Problem('not_found', 'The list was deleted.');
  await joinLists(tx, ctx.organizationId, id, [list]);
}

/** Their word is the consent; whoever left stays away (D10: only START lifts an opt-out). */
async function subscribe(tx: Tx, ctx: Context, { rule, message, conversation, contact, phone }: Scene, consentText: string): Promise<void> {
  const number = contact?.phone ?? phone;
  if (!number) throw new Problem('invalid_state', 'WhatsApp shows no phone number of theirs, so there is nobody to subscribe.');
  if (!contact) await tx.insert(contacts).values({ organizationId: ctx.organizationId, phone: number, createdAt: ctx.now(), updatedAt: ctx.now() }).onConflictDoNothing();
  const known = await contactWith(tx, ctx, { address: number, contactId: contact?.id ?? null }, { lock: true });
  if (!known || known.optedOut) throw new Problem('invalid_state', 'They opted out. Only START from their phone ends that.');
  await tx.execute(sql`update conversation set contact_id = ${known.id} where organization_id = ${ctx.organizationId} and id = ${conversation.id} and contact_id is distinct from ${known.id}`);
  await recordOptIns(tx, ctx, [number], { source: 'keyword', sender: conversation.sender, evidence: { ruleId: rule.id, ruleName: rule.name, consentText, messageSid: message.sid, conversationId: conversation.id } });
}

async function oweCall(tx: Tx, ctx: Context, { rule, message }: Scene, url: string): Promise<void> {
  await tx.insert(ruleCalls).values({ organizationId: ctx.organizationId, ruleId: rule.id, messageId: message.id, url, nextAt: sql`clock_timestamp()` });
  await enqueue(tx, 'call-rule-webhooks', { organizationId: ctx.organizationId }, { key: `call-rule-webhooks:${ctx.organizationId}` });
}
