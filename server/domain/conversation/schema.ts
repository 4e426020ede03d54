import * as z from 'zod';

export const conversationViews = ['open', 'mine', 'unassigned', 'snoozed', 'closed', 'all'] as const;

/** `time_left`: whose window closes first stands first, then those without an open window, newest first. */
export const listConversationsInput = z.object({
  view: z.enum(conversationViews).default('open'),
  channel: z.enum(['sms', 'whatsapp']).optional(),
  isUnread: z.boolean().optional(),
  /** In names, numbers and texts. */
  search: z.string().trim().max(200).default(''),
  sort: z.enum(['newest', 'time_left']).default('newest'),
  p: z.number().int().min(1).max(10_000).default(1), ps: z.number().int().min(1).max(200).default(50),
});
export type ListConversationsInput = z.input<typeof listConversationsInput>;

const person = z.object({ id: z.uuid(), name: z.string() });

export const conversationView = z.object({
  id: z.uuid(), channel: z.enum(['sms', 'whatsapp']),
  /** Our address, and theirs as the channel writes it. */
  sender: z.string(), recipient: z.string(),
  /** How to call them: the contact's name, else how they call themselves, else their number. */
  title: z.string(),
  contact: z.object({ id: z.uuid(), name: z.string(), phone: z.string().nullable(), optedOut: z.boolean() }).nullable(),
  unread: z.number().int(),
  assignedTo: person.nullable(),
  status: z.enum(['open', 'snoozed', 'closed']), snoozedUntil: z.iso.datetime().nullable(),
  lastMessage: z.object({ direction: z.enum(['inbound', 'outbound']), kind: z.enum(['message', 'note', 'event']), text: z.string(), hasMedia: z.boolean(), at: z.iso.datetime() }).nullable(),
  /** Null: the channel has no window. closesAt null or past: only a template may be written. */
  window: z.object({ closesAt: z.iso.datetime().nullable() }).nullable(),
  /** A message of theirs that reads like an opt-out, to be decided by a person. */
  suggestedOptOut: z.object({ messageId: z.uuid(), text: z.string() }).nullable(),
});
export type ConversationView = z.infer<typeof conversationView>;

export type ConversationPage = { data: ConversationView[]; total: number; hasNext: boolean; page: number; pageSize: number; /** Conversations of the whole inbox in which nobody has looked at the last of theirs. */ unread: number; /** The server's clock, ISO. */ asOf: string };

export const messageView = z.object({
  id: z.string(),
  /** broadcast: what one of our broadcasts told them · note, event: colleagues see it, nobody else. */
  kind: z.enum(['message', 'note', 'event', 'broadcast']), direction: z.enum(['inbound', 'outbound']),
  body: z.string(),
  /** Addresses in this application, which fetches them from Twilio. */
  media: z.array(z.object({ url: z.string(), contentType: z.string() })),
  author: person.nullable(), rule: person.nullable(),
  /** Of theirs: what they answer · of a broadcast: which. */
  broadcast: person.nullable(),
  /** Of ours: where it stands (statuses of product.md §3). */
  delivery: z.object({ id: z.string(), status: z.string(), reason: z.string().nullable(), errorCode: z.number().int().nullable(), errorReason: z.string().nullable(), sid: z.string().nullable(), cost: z.object({ value: z.string(), unit: z.string() }).nullable() }).nullable(),
  extra: z.record(z.string(), z.unknown()),
  createdAt: z.iso.datetime(),
});
export type MessageView = z.infer<typeof messageView>;

export const readThreadInput = z.object({ conversationId: z.uuid(), before: z.string().max(100).optional(), limit: z.number().int().min(1).max(100).default(50) });
export type ReadThreadInput = z.input<typeof readThreadInput>;

/** Messages in the order in which they were written; `before` asks for those that came earlier. */
export const threadView = z.object({
  conversation: conversationView, messages: z.array(messageView), before: z.string().nullable(), asOf: z.iso.datetime(),
  /** Why nothing, or (outside_24h_window) only a template, can be written now. */
  blocked: z.object({ code: z.enum(['opted_out', 'outside_24h_window', 'sender_not_registered', 'sender_not_found', 'agreement_required', 'twilio_not_configured']), message: z.string() }).nullable(),
});
export type Thread = z.infer<typeof threadView>;

/** One stream per page: the list as asked for, and the thread that is open. */
export const watchInboxInput = listConversationsInput.extend({ conversationId: z.uuid().optional() });
export type WatchInboxInput = z.input<typeof watchInboxInput>;
export type InboxSnapshot = { page: ConversationPage; thread: Thread | null };

/** Free text inside the window (SMS: always), or a template with the value of each of its positions. */
export const replyInput = z.object({
  conversationId: z.uuid(),
  text: z.string().max(4096).default(''), mediaUrls: z.array(z.url()).max(10).default([]),
  templateSid: z.string().regex(/^HX[0-9a-f]{32}$/).optional(), templateVariables: z.record(z.string().regex(/^\d+$/), z.string().max(1024)).optional(),
  /** The same once more is the same answer, not a second message. */
  idempotencyKey: z.string().min(8).max(100).optional(),
});
export type ReplyInput = z.input<typeof replyInput>;
export const replyView = z.object({ messageId: z.uuid(), /** Its delivery in the log. */ deliveryId: z.string() });
export type ReplyView = z.infer<typeof replyView>;

export const noteInput = z.object({ conversationId: z.uuid(), text: z.string().trim().min(1, 'Write the note first.').max(4096) });
export const assignInput = z.object({ conversationId: z.uuid(), userId: z.uuid().nullable() });
export const closeInput = z.object({ conversationId: z.uuid(), isClosed: z.boolean() });
export const snoozeInput = z.object({ conversationId: z.uuid(), until: z.iso.datetime().nullable() });
export const markReadInput = z.object({ conversationId: z.uuid(), isRead: z.boolean() });
export const decideOptOutInput = z.object({ conversationId: z.uuid(), isOptOut: z.boolean() });
/** Begins, or finds, the conversation with a contact, from a sender of ours (null: the system number of the channel). */
export const startConversationInput = z.object({ contactId: z.uuid(), channel: z.enum(['sms', 'whatsapp']), sender: z.string().max(60).nullable().default(null) });

export const quickReplyView = z.object({ id: z.uuid(), name: z.string(), text: z.string() });
export type QuickReplyView = z.infer<typeof quickReplyView>;
export const quickReplyInput = z.object({ id: z.uuid() });
export const saveQuickReplyInput = z.object({ id: z.uuid().optional(), name: z.string().trim().min(1, 'Give it a short name.').max(60), text: z.string().trim().min(1, 'Write the text first.').max(1600) });
