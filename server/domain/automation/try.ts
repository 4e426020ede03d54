import { and, asc, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contacts, conversations, lists, senders } from '#db/schema/index.ts';
import { channelIds, channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { renderReply } from '#server/domain/automation/act.ts';
import { decide, type Decision, type Facts } from '#server/domain/automation/decide.ts';
import { readFacts, type ContactRow } from '#server/domain/automation/person.ts';
import { orderedRules } from '#server/domain/automation/row.ts';
import { tryRulesInput, type RuleAction, type TriedView, type TryRulesInput } from '#server/domain/automation/schema.ts';
import { heldBackWords, reservedWords, whyOf } from '#server/domain/automation/words.ts';
import { notFound, Problem } from '#server/errors.ts';

type Sender = { address: string; channel: ChannelId };
const NOBODY: Facts = { isOptedOut: false, hoursSince: new Map(), recentAnswers: 0 };

/**
 * The try box: which rule would act on such a message and why, and why each other one would not. Decided by the code that decides of real messages;
 * nothing is sent and nothing is kept.
 * @throws Problem not_found for the contact
 */
export async function tryRules(ctx: Context, given: TryRulesInput): Promise<TriedView> {
  const input = tryRulesInput.parse(given);
  return ctx.transaction(async (tx) => {
    const sender = await senderFor(tx, ctx, input.sender);
    const contact = input.contactId ? await findContact(tx, ctx, input.contactId) : null;
    const rules = await orderedRules(tx, ctx);
    const decision = decide(rules, { text: input.text, sender: sender.address }, contact?.phone ? await factsOf(tx, ctx, contact, contact.phone, sender) : NOBODY);
    const rule = decision.winner?.rule ?? null;
    const actions = rules.find(({ id }) => id === rule?.id)?.actions ?? [];
    const acts = decision.winner !== null && decision.winner.heldBack === null;
    return {
      normalised: decision.normalised, ruleId: rule?.id ?? null, ...summaryOf(decision, sender),
      candidates: decision.candidates.map((one) => ({
        ruleId: one.rule.id, name: one.rule.name, keyword: one.keyword, verdict: one.verdict, why: whyOf(one, { winner: rule, heldBack: decision.winner?.heldBack ?? null, reserved: decision.reserved }),
      })),
      effects: acts ? await Promise.all(actions.map((action) => effectOf(tx, ctx, action, contact))) : [],
    };
  });
}

async function senderFor(tx: Tx, ctx: Context, address: string): Promise<Sender> {
  const ours = await tx.select({ address: senders.address, channel: senders.channel }).from(senders).where(eq(senders.organizationId, ctx.organizationId)).orderBy(desc(senders.isSystem), asc(senders.address));
  const channel = channelIds.find((id) => address !== '' && channels[id].toSender(address) === address) ?? channelIds[0];
  return ours.find((one) => one.address === address) ?? (address === '' ? ours[0] : undefined) ?? { address, channel };
}

async function findContact(tx: Tx, ctx: Context, id: string): Promise<ContactRow> {
  const [row] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
  if (!row) throw notFound('contact');
  return row;
}

async function factsOf(tx: Tx, ctx: Context, contact: ContactRow, phone: string, sender: Sender): Promise<Facts> {
  const address = channels[sender.channel].toAddress(phone);
  const [conversation] = await tx.select({ id: conversations.id }).from(conversations)
    .where(and(eq(conversations.organizationId, ctx.organizationId), eq(conversations.sender, sender.address), eq(conversations.recipient, address)));
  return readFacts(tx, ctx, { address, sender: sender.address, conversationId: conversation?.id ?? null, contact });
}

function summaryOf({ normalised, reserved, winner, nearMiss }: Decision, sender: Sender): Pick<TriedView, 'outcome' | 'title' | 'why'> {
  if (reserved) return { outcome: 'reserved', ...reservedWords(reserved, normalised.toUpperCase(), channels[sender.channel].usesService) };
  if (winner?.heldBack) return { outcome: 'held_back', title: `“${winner.rule.name}” is held back`, why: heldBackWords[winner.heldBack](winner.rule) };
  if (winner) return { outcome: 'acted', title: `“${winner.rule.name}” wins`, why: `‘${winner.keyword.toUpperCase()}’ is what it listens to, and no rule before it fits.` };
  if (nearMiss) return { outcome: 'near_miss', title: 'No rule acts, but one nearly', why: `It is one letter from ‘${nearMiss.keyword.toUpperCase()}’ of “${nearMiss.rule.name}”.` };
  return { outcome: 'no_match', title: 'No rule acts', why: normalised === '' ? 'There is no text to go by.' : 'The message goes to the inbox, where people answer it.' };
}

async function effectOf(tx: Tx, ctx: Context, action: RuleAction, contact: ContactRow | null): Promise<TriedView['effects'][number]> {
  const effect = (description: string, text: string | null = null) => ({ type: action.type, description, text });
  switch (action.type) {
    case 'reply': return effect('Answers', replyTo(action.text, contact));
    case 'add_tag': return effect(`Adds the tag ‘${action.tag}’`);
    case 'remove_tag': return effect(`Removes the tag ‘${action.tag}’`);
    case 'add_to_list': {
      const [list] = await tx.select({ name: lists.name }).from(lists).where(and(eq(lists.organizationId, ctx.organizationId), eq(lists.id, action.listId)));
      return effect(list ? `Adds them to the list ${list.name}` : 'Adds them to a list that was deleted: nothing happens');
    }
    case 'subscribe': return effect(contact ? 'Records their consent' : 'Records their consent; a stranger becomes a contact', action.consentText);
    case 'notify': return effect('Notifies your devices', action.text);
    case 'webhook': return effect(`Calls ${new URL(action.url).host}`);
  }
}

function replyTo(source: string, contact: ContactRow | null): string {
  try { return renderReply(source, contact, contact?.phone ?? null); } catch (error) {
    return error instanceof Problem ? error.message : '';
  }
}
