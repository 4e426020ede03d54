import * as z from 'zod';
import { pageInput } from '../paging.ts';

/** What a rule does when it wins, in this order. */
export const ruleAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), text: z.string().trim().min(1, 'Write the answer.').max(1600) }),
  z.object({ type: z.literal('add_tag'), tag: z.string().trim().toLowerCase().min(1, 'Enter a tag.').max(50) }),
  z.object({ type: z.literal('remove_tag'), tag: z.string().trim().toLowerCase().min(1, 'Enter a tag.').max(50) }),
  z.object({ type: z.literal('add_to_list'), listId: z.uuid('Choose a list.') }),
  /** Records their consent with the words that they agreed to; a stranger becomes a contact. */
  z.object({ type: z.literal('subscribe'), consentText: z.string().trim().min(10, 'Write what people agree to, in a sentence: it is the proof.').max(1000) }),
  z.object({ type: z.literal('notify'), text: z.string().trim().min(1, 'Write what the notice says.').max(200) }),
  z.object({ type: z.literal('webhook'), url: z.url('Enter an address that begins with https://.').max(2000) }),
]);
export type RuleAction = z.infer<typeof ruleAction>;

/** `reason`: why it could not be done, in words. */
export const actionResult = z.object({ type: z.string(), isDone: z.boolean(), reason: z.string().nullable() });
export type ActionResult = z.infer<typeof actionResult>;

export const keywordMatches = ['exact', 'starts_with', 'contains'] as const;
const keyword = z.string().trim().min(1, 'Enter a word.').max(60, 'A keyword has at most 60 characters.');
const ruleFields = {
  name: z.string().trim().min(1, 'Enter a name.').max(100),
  match: z.enum(keywordMatches),
  keywords: z.array(keyword).min(1, 'Enter a word.').max(20, 'A rule has at most 20 keywords.'),
  /** Our addresses, as the channel writes them; none: all of them. */
  senders: z.array(z.string().trim().min(1).max(60)).max(50),
  isEnabled: z.boolean(),
  /** It acts once per person within so many hours. */
  onceHours: z.number().int().min(1, 'One hour at least: it is what keeps two machines from answering each other for ever.').max(8760, 'A year at most: 8760 hours.'),
  actions: z.array(ruleAction).min(1, 'Choose what happens.').max(10, 'A rule does at most 10 things.'),
};

export const createRuleInput = z.object({
  ...ruleFields,
  match: ruleFields.match.default('exact'), senders: ruleFields.senders.default([]), isEnabled: ruleFields.isEnabled.default(true), onceHours: ruleFields.onceHours.default(24),
});
export type CreateRuleInput = z.input<typeof createRuleInput>;

/** `version`: the one that was read; another one by now is 409. `priority`: the place it moves to, 1 is asked first. */
export const updateRuleInput = z.object(ruleFields).partial().extend({ id: z.uuid(), version: z.number().int().min(1).optional(), priority: z.number().int().min(1).max(1000).optional() });
export type UpdateRuleInput = z.input<typeof updateRuleInput>;
export const ruleInput = z.object({ id: z.uuid() });
export type RuleInput = z.infer<typeof ruleInput>;
/** All rules, first first. */
export const reorderRulesInput = z.object({ ids: z.array(z.uuid()).min(1).max(200) });
export type ReorderRulesInput = z.infer<typeof reorderRulesInput>;

/** shadowed: it can never win · taken_word: one of its words goes to another rule · lost: something that it names is not there any more. */
export const ruleFlag = z.object({
  kind: z.enum(['shadowed', 'taken_word', 'lost']), message: z.string(),
  /** The rule that comes first, and whether moving this one before it helps both. */
  otherId: z.uuid().nullable(), otherName: z.string().nullable(), isMovable: z.boolean(),
});
export type RuleFlag = z.infer<typeof ruleFlag>;

export const ruleView = z.object({
  id: z.uuid(), name: z.string(), match: z.enum(keywordMatches), keywords: z.array(z.string()), senders: z.array(z.string()), priority: z.number().int(), isEnabled: z.boolean(), onceHours: z.number().int(),
  actions: z.array(ruleAction), hasSecret: z.boolean(), version: z.number().int(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(),
  fired: z.number().int(), heldBack: z.number().int(), nearMisses: z.number().int(), lastFiredAt: z.iso.datetime().nullable(),
  flags: z.array(ruleFlag),
});
export type RuleView = z.infer<typeof ruleView>;
/** `secret`: signs the webhooks; shown this once. */
export const writtenRuleView = ruleView.extend({ secret: z.string().nullable() });
export type WrittenRuleView = z.infer<typeof writtenRuleView>;

/** What somebody might write: to which of our addresses (none: the first that has one), and as whom. Nothing is sent and nothing is kept. */
export const tryRulesInput = z.object({
  text: z.string().max(1600), sender: z.string().max(60).default(''), contactId: z.uuid().optional(),
});
export type TryRulesInput = z.input<typeof tryRulesInput>;

export const candidateView = z.object({
  ruleId: z.uuid(), name: z.string(), keyword: z.string().nullable(),
  verdict: z.enum(['wins', 'held_back', 'no_match', 'disabled', 'other_number', 'lower_priority']), why: z.string(),
});
export type CandidateView = z.infer<typeof candidateView>;
export const triedView = z.object({
  /** The text as it is compared. */
  normalised: z.string(),
  outcome: z.enum(['acted', 'held_back', 'near_miss', 'reserved', 'no_match']),
  title: z.string(), why: z.string(),
  ruleId: z.uuid().nullable(),
  /** In the order in which they are asked. */
  candidates: z.array(candidateView),
  /** What it would do, in words; `text` of a reply as it would go out. */
  effects: z.array(z.object({ type: z.string(), description: z.string(), text: z.string().nullable() })),
});
export type TriedView = z.infer<typeof triedView>;

export const ruleHistoryInput = pageInput.extend({ id: z.uuid() });
export type RuleHistoryInput = z.input<typeof ruleHistoryInput>;
export const ruleRunView = z.object({
  messageId: z.uuid(), conversationId: z.uuid(), at: z.iso.datetime(), outcome: z.enum(['acted', 'held_back', 'near_miss']), reason: z.string().nullable(), keyword: z.string(), results: z.array(actionResult),
  text: z.string(), recipient: z.string(), contactId: z.uuid().nullable(), name: z.string().nullable(),
});
export type RuleRunView = z.infer<typeof ruleRunView>;
export const ruleCallView = z.object({
  id: z.uuid(), url: z.string(), createdAt: z.iso.datetime(), tries: z.number().int(), state: z.enum(['waiting', 'taken', 'given_up']),
  httpStatus: z.number().int().nullable(), error: z.string().nullable(), nextAt: z.iso.datetime().nullable(), doneAt: z.iso.datetime().nullable(),
});
export type RuleCallView = z.infer<typeof ruleCallView>;
/** Words that came near, each once, the most frequent first. */
export const nearMissView = z.object({ word: z.string(), keyword: z.string(), times: z.number().int(), lastAt: z.iso.datetime() });
export type RuleHistory = { runs: { data: RuleRunView[]; total: number; hasNext: boolean; page: number; pageSize: number }; nearMisses: Array<z.infer<typeof nearMissView>>; calls: RuleCallView[] };

export const addVariantInput = z.object({ id: z.uuid(), word: keyword });
export type AddVariantInput = z.infer<typeof addVariantInput>;
export const testCallInput = z.object({ id: z.uuid(), url: z.url().max(2000) });
export type TestCallInput = z.infer<typeof testCallInput>;
export const testCallView = z.object({ isTaken: z.boolean(), httpStatus: z.number().int().nullable(), error: z.string().nullable(), milliseconds: z.number().int() });
export type TestCallView = z.infer<typeof testCallView>;
