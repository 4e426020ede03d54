import * as z from 'zod';
import { channelIds } from '#server/channels/channel.ts';
import { day } from '../day.ts';
import { pageInput, pageOf, searchText } from '../paging.ts';
import { broadcastStatuses, deliveryStatuses, recipientMethods } from './states.ts';

export const channelId = z.enum(channelIds);
export const missingValue = z.object({ policy: z.enum(['default', 'skip', 'block']), value: z.string().max(200).optional() });
export type MissingValue = z.infer<typeof missingValue>;

const content = {
  broadcastName: z.string().trim().min(1, 'Enter a name.').max(200),
  content: z.string().max(10_000).default(''),
  /** Public addresses of the files that go with the content. */
  mediaUrls: z.array(z.string().trim().max(2_000).regex(/^https?:\/\/[^\s/]+\.[^\s]+$/i, 'Enter the public address of a file, like https://example.com/picture.jpg.')).max(10).default([]),
  templateSid: z.string().max(100).optional(),
  templateVariables: z.record(z.string().max(16), z.string().max(2000)).optional(),
  senderPhone: z.string().trim().max(40).optional(),
  recipientMethod: z.enum(recipientMethods).default('lists'),
  /** Lists by slug or id; the union counts each person once. */
  selectedLists: z.array(z.string().max(100)).max(100).default([]),
};

/** What a draft may have besides the source's fields; what is left out has no effect. */
const rules = z.object({
  /** For recipientMethod numbers, in any usual form; a number that no contact has becomes a contact. */
  selectedNumbers: z.array(z.string().trim().min(1).max(40)).max(1_000),
  /** For recipientMethod filter: id of a saved filter. */
  selectedFilter: z.uuid().nullable(),
  /** Members of these lists (slug or id), and whoever matches the filter, get nothing. */
  excludedLists: z.array(z.string().max(100)).max(100),
  excludedFilter: z.uuid().nullable(),
  /** The send is refused when more people would get it. */
  recipientCeiling: z.number().int().min(1).max(10_000_000).nullable(),
  /** By field, as the text names it (firstName, order.trackingNumber): use `value`, skip the person, or block the send. */
  missingValues: z.record(z.string().max(100), missingValue),
  /** Last line of every message, counted in its segments. */
  optOutLine: z.string().trim().max(160).nullable(),
  ignoresQuietHours: z.boolean(),
  /** Send so many first, then wait for somebody to look. */
  stageSize: z.number().int().min(1).max(1_000_000).nullable(),
  /** Ceiling of this broadcast's cost; reaching it pauses. */
  budget: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'Enter an amount like 50 or 50.00.').nullable(),
}).partial();

/** P13, P20: the source's JSON. `type` repeats `channel`; another value is refused (P21). */
export const createBroadcastInput = z.object({ ...content, ...rules.shape, channel: channelId, type: z.string().optional() });
export type CreateBroadcastInput = z.input<typeof createBroadcastInput>;

/** What is left out stays. With `version` the change is refused when somebody else saved meanwhile (409 version_conflict). */
export const updateBroadcastInput = z.object({
  id: z.uuid(), version: z.number().int().optional(),
  broadcastName: content.broadcastName.optional(), content: z.string().max(10_000).optional(), mediaUrls: content.mediaUrls.removeDefault().optional(),
  templateSid: content.templateSid.nullable(), templateVariables: content.templateVariables.nullable(), senderPhone: content.senderPhone.nullable(),
  recipientMethod: z.enum(recipientMethods).optional(), selectedLists: z.array(z.string().max(100)).max(100).optional(), ...rules.shape,
});
export type UpdateBroadcastInput = z.input<typeof updateBroadcastInput>;

export const broadcastInput = z.object({ id: z.uuid() });
export type BroadcastInput = z.infer<typeof broadcastInput>;

export const countsByStatus = z.record(z.enum(deliveryStatuses), z.number().int());
export type CountsByStatus = z.infer<typeof countsByStatus>;

/** Cost of a broadcast in one currency: what Twilio has charged, and the estimate of what it has not priced yet. */
export const costView = z.object({ currency: z.string(), settled: z.string(), pricedMessages: z.number().int() });

export const limits = ['hold', 'worker', 'halt', 'callbacks', 'hours', 'tier', 'retry', 'receipts', 'pace'] as const;
const situation = z.object({
  /** Messages that wait for their own reason: quiet_hours, local_time, tier, pair_rate, window_closed, conflict, retry; `until` is when the first of them may go. */
  held: z.array(z.object({ reason: z.string(), count: z.number().int(), until: z.iso.datetime() })),
  /** What keeps it from going faster, or at all: its kind, and in words. Null when it is not sending. */
  limit: z.enum(limits).nullable(), limitedBy: z.string().nullable(),
  /** Seconds until the last message is handed over, at the pace. */
  secondsLeft: z.number().int().nullable(),
  /** Messages per second that this broadcast may have: the sender's pace, in segments, shared with others. */
  allowedPerSecond: z.number().nullable(),
});
export type Situation = z.infer<typeof situation>;

export const broadcastView = z.object({
  id: z.uuid(), name: z.string(), channel: channelId, type: channelId, status: z.enum(broadcastStatuses), statusReason: z.string().nullable(),
  /** It goes on by itself when this is over: template (not approved at the moment). */
  waitsFor: z.string().nullable(),
  content: z.string(), mediaUrls: z.array(z.string()), templateSid: z.string().nullable(), templateVariables: z.record(z.string(), z.string()).nullable(),
  senderPhone: z.string().nullable(), recipientMethod: z.enum(recipientMethods),
  selectedLists: z.array(z.string()), selectedNumbers: z.array(z.string()), selectedFilter: z.uuid().nullable(),
  excludedLists: z.array(z.string()), excludedFilter: z.uuid().nullable(), recipientCeiling: z.number().int().nullable(), audienceFixedAt: z.iso.datetime().nullable(),
  missingValues: z.record(z.string(), missingValue), optOutLine: z.string().nullable(), ignoresQuietHours: z.boolean(),
  stageSize: z.number().int().nullable(), budget: z.string().nullable(), retryOf: z.uuid().nullable(),
  timeZone: z.string().nullable(), localSendAt: z.string().nullable(), holdUntil: z.iso.datetime().nullable(),
  version: z.number().int(),
  /** Who allowed a send that took a second person's word; `by` is null when they are gone. Null: none was needed, or it has not begun. */
  approval: z.object({ by: z.string().nullable(), at: z.iso.datetime() }).nullable(),
  /** Messages queued when it began. Who is left out at their turn (a value is missing, they opted out meanwhile) is among them: recipients are all `counts` but `skipped`. */
  total: z.number().int(),
  excluded: z.record(z.string(), z.number().int()), counts: countsByStatus,
  cost: z.array(costView), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
  ...situation.omit({ held: true, allowedPerSecond: true }).shape, estimate: z.string().nullable(), currency: z.string().nullable(),
  createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(), scheduledAt: z.iso.datetime().nullable(), startedAt: z.iso.datetime().nullable(), finishedAt: z.iso.datetime().nullable(),
});
export type BroadcastView = z.infer<typeof broadcastView>;

/** `sender` as the number stands in the list; `author` made it; `from` and `to`: days of the organisation's zone on which it starts or started. */
export const broadcastFilters = z.object({
  search: searchText, status: z.enum(broadcastStatuses).optional(), channel: channelId.optional(),
  sender: z.string().trim().min(1).max(40).optional(), author: z.uuid().optional(), from: day.optional(), to: day.optional(),
});
export type BroadcastFilters = z.infer<typeof broadcastFilters>;
export const listBroadcastsInput = pageInput.extend(broadcastFilters.shape);
export type ListBroadcastsInput = z.input<typeof listBroadcastsInput>;
export type ListChoicesInput = z.input<typeof broadcastFilters>;
type Choice = { value: string; count: number };
export type ListChoices = { statuses: Choice[]; channels: Choice[]; senders: Choice[]; authors: Array<Choice & { name: string }> };
export const broadcastPage = pageOf(broadcastView);

/** A month like 2026-11; left out: the running one. */
export const calendarInput = z.object({ month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'Write the month like 2026-11.').optional() });
export type CalendarInput = z.infer<typeof calendarInput>;
/** `day` and `time` are those of `timeZone`, or of each recipient's own clock where `isLocal` and not yet begun. */
export const calendarView = z.object({
  month: z.string(), today: z.string(), timeZone: z.string(), isCut: z.boolean(),
  entries: z.array(z.object({
    id: z.uuid(), name: z.string(), channel: channelId, status: z.enum(broadcastStatuses), at: z.iso.datetime(), day: z.string(), time: z.string(), isLocal: z.boolean(),
    /** Recipients, as the list and the report count them: everybody with a message but those left out; null before it begins. */
    total: z.number().int().nullable(), sender: z.string().nullable(),
  })),
});
export type CalendarView = z.infer<typeof calendarView>;

/** A check before the send: pass, warn (may go on) or block (may not), each with what to do. */
export const preflightCheck = z.object({ name: z.string(), status: z.enum(['pass', 'warn', 'block']), detail: z.string(), code: z.string().nullable(), fixUrl: z.string().nullable() });

/** One line of the audience waterfall: members first, what is taken off in between (negative), recipients last; the lines add up to the last. */
export const waterfallStep = z.object({
  key: z.enum(['members', 'duplicate', 'excluded', 'noPhone', 'optedOut', 'frequencyCap', 'outsideWindow', 'marketingNotDelivered', 'missingVariable', 'recipients']), label: z.string(), count: z.number().int(),
});
export type WaterfallStep = z.infer<typeof waterfallStep>;

export const countryEstimate = z.object({ country: z.string(), recipients: z.number().int(), segments: z.number().int(), perSegment: z.string(), amount: z.string(),
  /** By what Twilio charged this organisation in the last 30 days, not by the list. */
  isOwnPrice: z.boolean() });

/** none: must be asked for · void: something changed since it was asked for or given; `changed` says what. */
export const approvalView = z.object({
  changed: z.array(z.string()),
  state: z.enum(['none', 'pending', 'approved', 'rejected', 'void']), id: z.uuid().nullable(), recipients: z.number().int(), amount: z.string(), currency: z.string(),
  requestedBy: z.string().nullable(), requestedAt: z.iso.datetime().nullable(), decidedBy: z.string().nullable(), decidedAt: z.iso.datetime().nullable(), note: z.string().nullable(),
  /** The one who looks may decide: their role allows it and they did not ask themselves. */
  mayDecide: z.boolean(),
});
export type ApprovalView = z.infer<typeof approvalView>;

export const previewView = z.object({
  waterfall: z.array(waterfallStep),
  total: z.number().int(), optedOut: z.number().int(), noPhone: z.number().int(), duplicate: z.number().int(),
  insideWindow: z.number().int(), outsideWindow: z.number().int(), missingVariable: z.number().int(),
  /** Will be handed to Twilio: total less those excluded. */
  recipients: z.number().int(),
  samples: z.array(z.object({ contactId: z.uuid().nullable(), name: z.string(), recipient: z.string(), text: z.string(), segments: z.number().int(), missing: z.array(z.string()),
    /** What it goes out as, null when this person gets nothing; and whether they are inside of the channel's window. */
    method: z.enum(['sms', 'template', 'freeform']).nullable(), isWindowOpen: z.boolean(),
    /** This person gets nothing, and why: missing_variable, empty_message, message_too_long, outside_24h_window, marketing_not_delivered; null: gets the text. */
    skip: z.string().nullable(),
    /** Why this one is worth a look: longest, shortest, missing, unicode; none for the others. */
    labels: z.array(z.enum(['longest', 'shortest', 'missing', 'unicode'])),
    /** What fills the positions of the template, when it is one. */
    values: z.record(z.string(), z.string()),
    /** What this person would get on the other side of the window; null on a channel that knows no window. */
    other: z.object({ text: z.string(), method: z.enum(['sms', 'template', 'freeform']).nullable(), skip: z.string().nullable(), missing: z.array(z.string()), values: z.record(z.string(), z.string()) }).nullable() })),
  /** Over the real audience's values: best, typical and worst case. */
  segments: z.object({ shortest: z.number().int(), perMessage: z.number().int(), longest: z.number().int(), total: z.number().int(), encoding: z.string(),
    /** Counted over everybody, or worked out from a part of them. */
    isSample: z.boolean() }),
  /** Cautions about the text; none of them stops a send. */
  warnings: z.array(z.object({ code: z.string(), title: z.string(), detail: z.string() })),
  /** `amount` is the likely cost; it lies between low and high. */
  estimate: z.object({ low: z.string(), amount: z.string(), high: z.string(), currency: z.string(), perSegment: z.string(), source: z.string(),
    /** Why it is a range, one sentence each. */
    reasons: z.array(z.string()), byCountry: z.array(countryEstimate) }),
  /** Time at the sender's pace. */
  seconds: z.number().int(), pace: z.object({ segmentsPerSecond: z.string(), source: z.string() }).nullable(),
  checks: z.array(preflightCheck),
  /** Set when the organisation asks a second person for a send of this size. */
  approval: approvalView.nullable(),
});
export type PreviewView = z.infer<typeof previewView>;

/** Strict: a misspelt `scheduledAt` is refused and does not send at once. */
export const sendBroadcastInput = broadcastInput.extend({ idempotencyKey: z.string().min(1).max(255).optional(), scheduledAt: z.iso.datetime({ offset: true }).optional(),
  /** IANA name in which the time was chosen; with localSendAt (wall clock, yyyy-mm-ddThh:mm) each recipient gets it at that hour of their own zone. */
  timeZone: z.string().max(64).optional(), localSendAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Write the time like 2026-12-24T09:00.').optional(),
  /** With a schedule: the audience as it is now instead of at the send. */
  fixAudience: z.boolean().optional(),
  /** Nothing is handed to Twilio for so many seconds; until then a cancel costs nothing. */
  holdSeconds: z.number().int().min(0).max(600).optional() }).strict();
export type SendBroadcastInput = z.infer<typeof sendBroadcastInput>;
export const sendView = z.object({ broadcastId: z.uuid(), status: z.enum(broadcastStatuses), total: z.number().int(), excluded: z.record(z.string(), z.number().int()) });
export type SendView = z.infer<typeof sendView>;

/** One snapshot: the counts of all statuses add up to total + excluded rows that have a delivery. */
export const progressView = z.object({
  id: z.uuid(), status: z.enum(broadcastStatuses), statusReason: z.string().nullable(), total: z.number().int(), counts: countsByStatus,
  /** Handed to Twilio and settled so far, as in broadcastView. */
  cost: z.array(costView), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
  segmentsPerSecond: z.string().nullable(), startedAt: z.iso.datetime().nullable(), finishedAt: z.iso.datetime().nullable(),
  holdUntil: z.iso.datetime().nullable(), pauseAtSeq: z.number().int().nullable(),
  ...situation.shape, asOf: z.iso.datetime(),
});
export type ProgressView = z.infer<typeof progressView>;

export const reportView = z.object({
  broadcast: broadcastView,
  /** All in the audience → handed to Twilio → sent → delivered. `statuses` are those of the deliveries that are counted; none: everybody. */
  funnel: z.array(z.object({ key: z.enum(['audience', 'handed', 'sent', 'delivered', 'read']), step: z.string(), count: z.number().int(), statuses: z.array(z.enum(deliveryStatuses)) })),
  counts: countsByStatus,
  skippedByReason: z.array(z.object({ reason: z.string(), title: z.string(), count: z.number().int() })),
  /** `group` is what to do about it. */
  errors: z.array(z.object({ code: z.number().int().nullable(), reason: z.string().nullable(), group: z.enum(['fix_list', 'fix_registration', 'fix_text', 'try_later', 'nothing']), title: z.string(), help: z.string(), action: z.string(), count: z.number().int() })),
  /** Estimates are in `currency`. `perDelivered`: all that Twilio charged, by delivered message; `wasted`: charged for messages that were not delivered. */
  cost: z.object({
    estimate: z.string().nullable(), currency: z.string().nullable(), settled: z.array(costView), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
    perDelivered: z.array(z.object({ currency: z.string(), amount: z.string() })), wasted: z.array(z.object({ currency: z.string(), amount: z.string(), messages: z.number().int() })),
  }),
  /** Cents and milliseconds are for programs; the page shows words. */
  deliverySeconds: z.object({ p50: z.number().nullable(), p90: z.number().nullable(), p99: z.number().nullable() }),
  /** Deliveries by time from hand-over to delivery; `upTo` in seconds, null for the last, open bucket. */
  durations: z.array(z.object({ upTo: z.number().nullable(), count: z.number().int() })),
  /** Per 1,000 delivered, and the mean of the organisation's last ten broadcasts before it (null: there is none). */
  responses: z.object({ replies: z.number().int(), optOuts: z.number().int(), repliesPer1000: z.number().nullable(), optOutsPer1000: z.number().nullable(), usualRepliesPer1000: z.number().nullable(), usualOptOutsPer1000: z.number().nullable(),
    /** How many broadcasts that mean is of. */
    comparedWith: z.number().int() }),
});
export type ReportView = z.infer<typeof reportView>;

/** A new draft for those of a finished broadcast who failed with these causes (a Twilio code, or our reason where there is none); null: with any that may pass. */
export const retryFailedInput = broadcastInput.extend({ causes: z.array(z.object({ code: z.number().int().nullable(), reason: z.string().max(60).nullable() })).min(1).max(50).optional() });
export type RetryFailedInput = z.infer<typeof retryFailedInput>;
/** People taken off the broadcast's lists, and people who got the tag `undeliverable`. */
export const removedView = z.object({ removed: z.number().int(), tagged: z.number().int() });
export type RemovedView = z.infer<typeof removedView>;

/** Going on after a pause; `more`: so many messages, then it pauses again. */
export const resumeBroadcastInput = broadcastInput.extend({ more: z.number().int().min(1).max(100_000).optional() });
export type ResumeBroadcastInput = z.infer<typeof resumeBroadcastInput>;
