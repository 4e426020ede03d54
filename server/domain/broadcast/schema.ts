import * as z from 'zod';
import { pageInput, pageOf, searchText } from '../paging.ts';

export const channelId = z.enum(['sms', 'whatsapp']);
export const broadcastStatuses = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;
export const deliveryStatuses = ['queued', 'skipped', 'cancelled', 'unknown', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read'] as const;

const content = {
  broadcastName: z.string().trim().min(1, 'Enter a name.').max(200),
  content: z.string().max(10_000).default(''),
  templateSid: z.string().max(100).optional(),
  templateVariables: z.record(z.string().max(16), z.string().max(2000)).optional(),
  senderPhone: z.string().trim().max(40).optional(),
  recipientMethod: z.enum(['lists', 'all']).default('lists'),
  /** Lists by slug or id; the union counts each person once. */
  selectedLists: z.array(z.string().max(100)).max(100).default([]),
};

/** P13, P20: the source's JSON. `type` repeats `channel`; another value is refused (P21). */
export const createBroadcastInput = z.object({ ...content, channel: channelId, type: z.string().optional() });
export type CreateBroadcastInput = z.input<typeof createBroadcastInput>;

/** What is left out stays. With `version` the change is refused when somebody else saved meanwhile (409 version_conflict). */
export const updateBroadcastInput = z.object({
  id: z.uuid(), version: z.number().int().optional(),
  broadcastName: content.broadcastName.optional(), content: z.string().max(10_000).optional(),
  templateSid: content.templateSid.nullable(), templateVariables: content.templateVariables, senderPhone: content.senderPhone.nullable(),
  recipientMethod: z.enum(['lists', 'all']).optional(), selectedLists: z.array(z.string().max(100)).max(100).optional(),
});
export type UpdateBroadcastInput = z.input<typeof updateBroadcastInput>;

export const broadcastInput = z.object({ id: z.uuid() });
export type BroadcastInput = z.infer<typeof broadcastInput>;

export const countsByStatus = z.record(z.enum(deliveryStatuses), z.number().int());
export type CountsByStatus = z.infer<typeof countsByStatus>;

/** Cost of a broadcast in one currency: what Twilio has charged, and the estimate of what it has not priced yet. */
export const costView = z.object({ currency: z.string(), settled: z.string(), pricedMessages: z.number().int() });

export const broadcastView = z.object({
  id: z.uuid(), name: z.string(), channel: channelId, type: channelId, status: z.enum(broadcastStatuses), statusReason: z.string().nullable(),
  content: z.string(), templateSid: z.string().nullable(), templateVariables: z.record(z.string(), z.string()).nullable(),
  senderPhone: z.string().nullable(), recipientMethod: z.enum(['lists', 'all']),
  selectedLists: z.array(z.string()),
  version: z.number().int(), total: z.number().int(),
  excluded: z.record(z.string(), z.number().int()), counts: countsByStatus,
  cost: z.array(costView), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
  estimate: z.string().nullable(), currency: z.string().nullable(),
  createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(), scheduledAt: z.iso.datetime().nullable(), startedAt: z.iso.datetime().nullable(), finishedAt: z.iso.datetime().nullable(),
});
export type BroadcastView = z.infer<typeof broadcastView>;

export const listBroadcastsInput = pageInput.extend({ search: searchText, status: z.enum(broadcastStatuses).optional(), channel: channelId.optional() });
export type ListBroadcastsInput = z.input<typeof listBroadcastsInput>;
export const broadcastPage = pageOf(broadcastView);

/** A check before the send: pass, warn (may go on) or block (may not), each with what to do. */
export const preflightCheck = z.object({ name: z.string(), status: z.enum(['pass', 'warn', 'block']), detail: z.string(), code: z.string().nullable(), fixUrl: z.string().nullable() });

export const previewView = z.object({
  total: z.number().int(), optedOut: z.number().int(), noPhone: z.number().int(), duplicate: z.number().int(),
  insideWindow: z.number().int(), outsideWindow: z.number().int(), missingVariable: z.number().int(),
  /** Will be handed to Twilio: total less those excluded. */
  recipients: z.number().int(),
  samples: z.array(z.object({ contactId: z.uuid().nullable(), name: z.string(), recipient: z.string(), text: z.string(), segments: z.number().int(), missing: z.array(z.string()) })),
  segments: z.object({ perMessage: z.number().int(), longest: z.number().int(), total: z.number().int(), encoding: z.string() }),
  estimate: z.object({ amount: z.string(), currency: z.string(), perSegment: z.string(), source: z.string() }),
  /** Time at the sender's pace. */
  seconds: z.number().int(), pace: z.object({ segmentsPerSecond: z.string(), source: z.string() }).nullable(),
  checks: z.array(preflightCheck),
});
export type PreviewView = z.infer<typeof previewView>;

/** Strict: a misspelt `scheduledAt` is refused and does not send at once. */
export const sendBroadcastInput = broadcastInput.extend({ idempotencyKey: z.string().min(1).max(255).optional(), scheduledAt: z.iso.datetime({ offset: true }).optional() }).strict();
export type SendBroadcastInput = z.infer<typeof sendBroadcastInput>;
export const sendView = z.object({ broadcastId: z.uuid(), status: z.enum(broadcastStatuses), total: z.number().int(), excluded: z.record(z.string(), z.number().int()) });
export type SendView = z.infer<typeof sendView>;

/** One snapshot: the counts of all statuses add up to total + excluded rows that have a delivery. */
export const progressView = z.object({
  id: z.uuid(), status: z.enum(broadcastStatuses), statusReason: z.string().nullable(), total: z.number().int(), counts: countsByStatus,
  /** Handed to Twilio and settled so far, as in broadcastView. */
  cost: z.array(costView), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
  segmentsPerSecond: z.string().nullable(), startedAt: z.iso.datetime().nullable(), finishedAt: z.iso.datetime().nullable(),
  /** Seconds until the last message is handed over, at the pace. */
  secondsLeft: z.number().int().nullable(), asOf: z.iso.datetime(),
});
export type ProgressView = z.infer<typeof progressView>;

export const reportView = z.object({
  broadcast: broadcastView,
  /** All in the audience → handed to Twilio → sent → delivered. */
  funnel: z.array(z.object({ step: z.string(), count: z.number().int() })),
  counts: countsByStatus,
  skippedByReason: z.array(z.object({ reason: z.string(), title: z.string(), count: z.number().int() })),
  errors: z.array(z.object({ code: z.number().int().nullable(), title: z.string(), help: z.string(), action: z.string(), count: z.number().int() })),
  cost: z.object({ estimate: z.string().nullable(), currency: z.string().nullable(), settled: z.array(costView), unpricedMessages: z.number().int(), unpricedEstimate: z.string() }),
  /** Cents and milliseconds are for programs; the page shows words. */
  deliverySeconds: z.object({ p50: z.number().nullable(), p90: z.number().nullable(), p99: z.number().nullable() }),
});
export type ReportView = z.infer<typeof reportView>;
