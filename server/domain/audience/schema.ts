import * as z from 'zod';
import { pageInput, searchText } from '../paging.ts';

export const listSlug = z.string().trim().toLowerCase().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A slug has lower-case letters, digits and single hyphens, like sms-promotions.').max(100);

export const listView = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), members: z.number().int(), reachable: z.number().int(), createdAt: z.iso.datetime() });
export type ListView = z.infer<typeof listView>;

export const createListInput = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(100), slug: listSlug.optional() });
export type CreateListInput = z.infer<typeof createListInput>;

/** `list`: slug or id. */
export const listInput = z.object({ list: z.string().min(1).max(100) });
export type ListInput = z.infer<typeof listInput>;

/** A member is named by contact id, or by phone (the contact is made when it does not exist). */
export const addMembersInput = listInput.extend({
  members: z.array(z.object({ contactId: z.uuid().optional(), phone: z.string().max(40).optional(), data: z.record(z.string(), z.unknown()).default({}) })).min(1).max(1000),
});
export type AddMembersInput = z.input<typeof addMembersInput>;
export const removeMembersInput = listInput.extend({ contactIds: z.array(z.uuid()).min(1).max(1000) });
export type RemoveMembersInput = z.infer<typeof removeMembersInput>;

export const updateListInput = listInput.extend({ name: z.string().trim().min(1, 'Enter a name.').max(100) });
export type UpdateListInput = z.infer<typeof updateListInput>;

export const listMembersInput = pageInput.extend({ list: z.string().min(1).max(100), search: searchText });
export type ListMembersInput = z.input<typeof listMembersInput>;

export const memberView = z.object({
  contactId: z.uuid(), phone: z.string().nullable(), email: z.string().nullable(), firstName: z.string().nullable(), lastName: z.string().nullable(),
  optedOut: z.boolean(), data: z.record(z.string(), z.unknown()), addedAt: z.iso.datetime(),
});
export type MemberView = z.infer<typeof memberView>;

const text = z.string().trim().min(1).max(200);
/**
 * One condition. `field` is firstName, lastName, email, phone, timeZone, country (ISO 3166 alpha-2, of the number) or fields.<name>. Texts are compared
 * without regard to case. `greater` and `less` compare numbers when `value` is one, else texts, so that dates like 2026-11-22 work. Every operator but
 * empty and not_empty needs a value; is_not also holds for somebody who has none.
 */
export const filterCondition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), field: z.string().max(60), operator: z.enum(['is', 'is_not', 'contains', 'starts_with', 'greater', 'less', 'empty', 'not_empty']), value: z.union([z.string().max(200), z.number(), z.boolean()]).optional() }),
  z.object({ kind: z.literal('tag'), operator: z.enum(['has', 'has_not']), tag: text }),
  z.object({ kind: z.literal('list'), operator: z.enum(['in', 'not_in']), list: z.string().min(1).max(100) }),
  /** Handed a message within the last `days`; `not_messaged` also holds for somebody who never got one. */
  z.object({ kind: z.literal('messaged'), operator: z.enum(['messaged', 'not_messaged']), days: z.number().int().min(1).max(3650) }),
  z.object({ kind: z.literal('broadcast'), operator: z.enum(['delivered', 'not_delivered', 'replied']), broadcastId: z.uuid() }),
  z.object({ kind: z.literal('added'), operator: z.enum(['within', 'before']), days: z.number().int().min(1).max(3650) }),
  z.object({ kind: z.literal('consent'), operator: z.enum(['has', 'has_not']) }),
]);
export type FilterCondition = z.infer<typeof filterCondition>;

/** All groups must hold; of a group one condition or all. */
export const filterDefinition = z.object({ groups: z.array(z.object({ match: z.enum(['all', 'any']), conditions: z.array(filterCondition).min(1).max(20) })).max(10) });
export type FilterDefinition = z.infer<typeof filterDefinition>;

export const savedFilterView = z.object({ id: z.uuid(), name: z.string(), definition: filterDefinition, people: z.number().int(), reachable: z.number().int(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() });
export type SavedFilterView = z.infer<typeof savedFilterView>;
export const createFilterInput = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(100), definition: filterDefinition });
export type CreateFilterInput = z.infer<typeof createFilterInput>;
export const updateFilterInput = createFilterInput.partial().extend({ id: z.uuid() });
export type UpdateFilterInput = z.infer<typeof updateFilterInput>;
export const filterInput = z.object({ id: z.uuid() });
export type FilterInput = z.infer<typeof filterInput>;

/** The live count of a question that need not be stored, with some of the people. */
export const countFilterInput = z.object({ definition: filterDefinition });
export type CountFilterInput = z.infer<typeof countFilterInput>;
export const filterCountView = z.object({ people: z.number().int(), reachable: z.number().int(), sample: z.array(z.object({ contactId: z.uuid(), name: z.string(), phone: z.string().nullable() })) });
export type FilterCountView = z.infer<typeof filterCountView>;

/** Field names, tags and lists that the organisation's contacts have, for pickers. */
export const audienceVocabulary = z.object({ fields: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })), tags: z.array(z.object({ tag: z.string(), people: z.number().int() })) });
export type AudienceVocabulary = z.infer<typeof audienceVocabulary>;

/** Since the last broadcast to the same list or filter: who came and who left. Null: none was sent yet. */
export const audienceChangeView = z.object({ broadcastId: z.uuid(), broadcastName: z.string(), sentAt: z.iso.datetime(), joined: z.number().int(), left: z.number().int() }).nullable();
export type AudienceChangeView = z.infer<typeof audienceChangeView>;

/** The people behind a line of a draft's waterfall. */
export const waterfallPeopleInput = pageInput.extend({ broadcastId: z.uuid(), key: z.enum(['members', 'duplicate', 'excluded', 'noPhone', 'optedOut', 'frequencyCap', 'recipients']) });
export type WaterfallPeopleInput = z.input<typeof waterfallPeopleInput>;

/** Somebody on a page of people. `lists`: how many of the broadcast's chosen lists hold them; `lastMessagedAt`: what the frequency cap goes by. */
export const audiencePersonView = z.object({
  contactId: z.uuid(), phone: z.string().nullable(), email: z.string().nullable(), firstName: z.string().nullable(), lastName: z.string().nullable(),
  optedOut: z.boolean(), lists: z.number().int(), lastMessagedAt: z.iso.datetime().nullable(),
});
export type AudiencePersonView = z.infer<typeof audiencePersonView>;

/** A draft's audience as it is now, without rendering its text: quick enough to follow every choice. */
export const waterfallInput = z.object({ broadcastId: z.uuid() });
export type WaterfallInput = z.infer<typeof waterfallInput>;

/** Compared with the last broadcast to the same lists or the same filter. */
export const audienceChangeInput = z.object({ broadcastId: z.uuid() });
export type AudienceChangeInput = z.infer<typeof audienceChangeInput>;
export const changePeopleInput = pageInput.extend({ broadcastId: z.uuid(), side: z.enum(['joined', 'left']) });
export type ChangePeopleInput = z.input<typeof changePeopleInput>;

/** A new list of the people behind a line of a draft's waterfall, or of those who joined or left, as they are at this moment. */
export const saveAsListInput = createListInput.extend({ broadcastId: z.uuid(), people: z.enum([...waterfallPeopleInput.shape.key.options, ...changePeopleInput.shape.side.options]) });
export type SaveAsListInput = z.infer<typeof saveAsListInput>;

const tags = z.array(z.string().trim().toLowerCase().min(1).max(50)).max(50).default([]);
/** Tags are put on and taken off many people at once; a tag in both is put on. `changed` counts those whose tags are others now. */
export const tagContactsInput = z.object({ contactIds: z.array(z.uuid()).min(1).max(1000), add: tags, remove: tags });
export type TagContactsInput = z.input<typeof tagContactsInput>;

/** Numbers as somebody typed or pasted them into a draft, in any usual form. */
export const readNumbersInput = z.object({ numbers: z.array(z.string().trim().min(1).max(200)).max(1_000) });
export type ReadNumbersInput = z.infer<typeof readNumbersInput>;
/** `repeated`: how many stood there again. */
export const readNumbersView = z.object({ phones: z.array(z.string()), repeated: z.number().int(), wrong: z.array(z.object({ typed: z.string(), problem: z.string(), howToFix: z.string() })) });
export type ReadNumbersView = z.infer<typeof readNumbersView>;
