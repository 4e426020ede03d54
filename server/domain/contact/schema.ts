import * as z from 'zod';
import { pageInput, pageOf, searchText } from '../paging.ts';

const fieldValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);
/** Names that an object may have in JSON and in a text: superjson writes none of those left out. */
export const fieldNamePattern = /^(?!(?:__proto__|constructor|prototype)$)[A-Za-z_][A-Za-z0-9_]{0,49}$/;
export const contactFields = z.record(z.string().regex(fieldNamePattern, 'A field name has letters, digits and _ only.'), fieldValue);

export const contactView = z.object({
  id: z.uuid(), phone: z.string().nullable(), email: z.string().nullable(), firstName: z.string().nullable(), lastName: z.string().nullable(),
  fields: z.record(z.string(), fieldValue), tags: z.array(z.string()), timeZone: z.string().nullable(),
  consentSource: z.string().nullable(), consentAt: z.iso.datetime().nullable(),
  optedOut: z.boolean(), optedOutAt: z.iso.datetime().nullable(), optedOutSource: z.string().nullable(),
  lists: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string() })),
  createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(),
});
export type ContactView = z.infer<typeof contactView>;

/** `phone` in any usual form; stored as E.164, read with the organisation's default country. */
export const createContactInput = z.object({
  phone: z.string().trim().max(40).optional(), email: z.string().trim().max(254).optional(),
  firstName: z.string().trim().max(100).optional(), lastName: z.string().trim().max(100).optional(),
  fields: contactFields.default({}), tags: z.array(z.string().trim().toLowerCase().min(1).max(50)).max(50).default([]), timeZone: z.string().max(64).optional(),
  consentSource: z.string().trim().max(200).optional(),
  /** Lists by slug or id. */
  lists: z.array(z.string().max(100)).max(50).default([]),
});
export type CreateContactInput = z.input<typeof createContactInput>;

/** `optedOut: true` records an opt-out by staff; false needs consentSource, because only a new consent lifts one (D10). */
export const updateContactInput = createContactInput.omit({ lists: true, fields: true, tags: true }).extend({
  id: z.uuid(), fields: contactFields.optional(), tags: z.array(z.string().trim().toLowerCase().min(1).max(50)).max(50).optional(), optedOut: z.boolean().optional(),
});
export type UpdateContactInput = z.input<typeof updateContactInput>;

export const listContactsInput = pageInput.extend({ search: searchText, list: z.string().max(100).optional(), filter: z.uuid().optional(), tag: z.string().max(50).optional(), optedOut: z.enum(['yes', 'no']).optional() });
export type ListContactsInput = z.input<typeof listContactsInput>;
export const contactPage = pageOf(contactView);

/** What happened to a person, newest first. */
export const activityView = z.object({ id: z.uuid(), kind: z.string(), detail: z.record(z.string(), z.unknown()), createdAt: z.iso.datetime() });
export type ActivityView = z.infer<typeof activityView>;
export const listActivitiesInput = pageInput.extend({ contactId: z.uuid() });
export type ListActivitiesInput = z.input<typeof listActivitiesInput>;

export const timelineKinds = ['message', 'chat', 'reply', 'consent', 'list', 'import', 'note'] as const;
/** Everything about one person, newest first; keyset paging by `cursor`. */
export const readTimelineInput = z.object({
  contactId: z.uuid(), kinds: z.array(z.enum(timelineKinds)).max(timelineKinds.length).optional(),
  cursor: z.string().regex(/^\d{1,17}~[\w:-]{1,120}$/).optional(), limit: z.number().int().min(1).max(100).default(20),
});
export type ReadTimelineInput = z.input<typeof readTimelineInput>;
export type TimelineEntry = { id: string; at: string } & (
  | { kind: 'message'; deliveryId: string; broadcastId: string; broadcastName: string; channel: 'sms' | 'whatsapp'; status: string; reason: string | null; errorCode: number | null; recipient: string; purpose: 'broadcast' | 'test';
    /** What Twilio reported, oldest first. */
    events: Array<{ type: string; at: string; errorCode: number | null }> }
  /** What they wrote, and what a colleague, a keyword rule or HELP answered; status: of our message. */
  | { kind: 'chat'; conversationId: string; channel: 'sms' | 'whatsapp'; direction: 'inbound' | 'outbound'; body: string; media: number; author: string | null; rule: string | null; status: string | null; broadcastId: string | null; broadcastName: string | null }
  | { kind: 'reply'; broadcastId: string; broadcastName: string; isOptOut: boolean }
  /** event: opted_out · opted_in · consent (what the contact says). words: those they agreed to · note: a colleague's · sender: the scope is this one of ours only. */
  | { kind: 'consent'; event: 'opted_out' | 'opted_in' | 'consent'; source: string | null; words: string | null; note: string | null; word: string | null; errorCode: number | null; by: string | null; sender: string | null; channel: string | null; isSlip: boolean; fileName: string | null }
  | { kind: 'list'; slug: string; name: string }
  /** event: made · changed · added (by hand or by the API). */
  | { kind: 'import'; event: 'made' | 'changed' | 'added'; importId: string | null; fileName: string | null; isUndone: boolean }
  /** conversationId: it was written in the inbox. */
  | { kind: 'note'; event: string; text: string | null; by: string | null; conversationId: string | null });
export type Timeline = {
  data: TimelineEntry[]; nextCursor: string | null;
  /** The person's own time zone; of their number when none is recorded. */
  zone: { name: string; isGuessed: boolean } | null;
};

export const addNoteInput = z.object({ id: z.uuid(), text: z.string().trim().min(1, 'Write the note first.').max(4096) });
export type AddNoteInput = z.input<typeof addNoteInput>;
