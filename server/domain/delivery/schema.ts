import * as z from 'zod';
import { deliveryStatuses } from '../broadcast/states.ts';
import { pageInput, pageOf, searchText } from '../paging.ts';

/** product.md §3, "Delivery row". `id` is "<broadcastId>-<seq>". */
export const deliveryView = z.object({
  id: z.string(), broadcastId: z.uuid(), contactId: z.uuid().nullable(), recipient: z.string(), channel: z.enum(['sms', 'whatsapp']),
  method: z.enum(['sms', 'template', 'freeform']).nullable(), status: z.enum(deliveryStatuses), providerMessageId: z.string().nullable(), from: z.string().nullable(),
  segments: z.number().int().nullable(),
  events: z.array(z.object({ type: z.string(), at: z.iso.datetime(), providerEvent: z.string(), errorCode: z.number().int().optional() })),
  errorCode: z.number().int().optional(), errorReason: z.string().optional(),
  cost: z.object({ value: z.string(), unit: z.string() }).optional(),
  sentAt: z.iso.datetime().nullable(), deliveredAt: z.iso.datetime().nullable(), failedAt: z.iso.datetime().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

export const listDeliveriesInput = pageInput.extend({ id: z.uuid(), status: z.enum(deliveryStatuses).optional() });
export type ListDeliveriesInput = z.input<typeof listDeliveriesInput>;
export const deliveryPage = pageOf(deliveryView);

/** Search: number, last four digits, name, Twilio's SM…, and operators like `status:undelivered code:30007 to:US since:yesterday broadcast:"March promo"`. */
const logFilter = { search: searchText, status: z.enum(deliveryStatuses).optional(), broadcastId: z.uuid().optional(), errorCode: z.coerce.number().int().min(0).max(999_999).optional() };

/** The log over all broadcasts, newest first; keyset paging by `cursor`. */
export const searchDeliveriesInput = z.object({
  ...logFilter,
  cursor: z.string().max(100).optional(), limit: z.number().int().min(1).max(200).default(50),
});
export type SearchDeliveriesInput = z.input<typeof searchDeliveriesInput>;

/** A file of the log, or of one broadcast's deliveries. */
export const exportDeliveriesInput = z.object({ ...logFilter, format: z.enum(['csv', 'ndjson']).default('csv') });
export type ExportDeliveriesInput = z.input<typeof exportDeliveriesInput>;
export const exportBroadcastInput = z.object({ id: z.uuid(), status: logFilter.status, search: searchText });

export const deliveryLogRow = deliveryView.omit({ events: true }).extend({ broadcastName: z.string(), contactName: z.string().nullable(), at: z.iso.datetime(),
  /** What it waits for and until when, in words; null when it does not. */
  waits: z.string().nullable() });
export type DeliveryLogRow = z.infer<typeof deliveryLogRow>;
export type DeliveryLogPage = { data: DeliveryLogRow[]; nextCursor: string | null };

export const deliveryInput = z.object({ id: z.string().regex(/^[0-9a-f-]{36}-\d+$/) });
export type DeliveryInput = z.infer<typeof deliveryInput>;

/** The whole life of one message, for the side panel. */
export type DeliveryDetail = DeliveryView & {
  broadcastName: string; contactName: string | null; reasonTitle: string | null; reasonHelp: string | null; reasonAction: string | null; estimate: string | null; waits: string | null;
  /** What to do about its failure; null while there is none. */
  group: 'fix_list' | 'fix_registration' | 'fix_text' | 'try_later' | 'nothing' | null;
  /** Currency of the estimate. */
  currency: string | null;
  /** Text of the broadcast, with its placeholders. */
  template: string;
  /** The approved template that went out; null where a text did. */
  contentTemplate: { templateId: string; name: string; language: string } | null;
  accountSid: string | null;
  origin: DeliveryOrigin;
  attempts: Array<{ n: number; state: string; body: string; segments: number; intentAt: string; answeredAt: string | null; sid: string | null; httpStatus: number | null; errorCode: number | null; resolvedBy: string | null; sendAt: string | null;
    /** Of a template: its SID, and what filled its positions. */
    contentSid: string | null; contentVariables: Record<string, string> | null; mediaUrls: string[] }>;
};

/** Why this person: what the broadcast was sent to, and what of it included them as things stand now. */
export type DeliveryOrigin = {
  purpose: 'broadcast' | 'test' | 'reply' | 'help'; /** Of an answer: where it was written. */ conversationId: string | null;
  method: 'lists' | 'all' | 'numbers' | 'filter'; lists: Array<{ slug: string; name: string; addedAt: string | null }>; filter: string | null; retryOf: { id: string; name: string } | null;
  consentSource: string | null; consentAt: string | null; isContactKnown: boolean;
};
