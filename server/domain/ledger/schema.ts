import * as z from 'zod';
import { day } from '../day.ts';
import { pageInput, pageOf } from '../paging.ts';

/** Days are UTC calendar days, yyyy-mm-dd, both ends included. */
export const usageInput = z.object({ from: day.optional(), to: day.optional() });
export type UsageInput = z.infer<typeof usageInput>;

export const usageDay = z.object({
  day: z.iso.date(), channel: z.enum(['sms', 'whatsapp']), handed: z.number().int(), delivered: z.number().int(), failed: z.number().int(), segments: z.number().int(),
  currency: z.string(), settled: z.string(), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
});
export const usageStats = z.object({
  from: z.iso.date(), to: z.iso.date(), days: z.array(usageDay),
  totals: z.object({ handed: z.number().int(), delivered: z.number().int(), failed: z.number().int(), unpricedMessages: z.number().int(), unpricedEstimate: z.string(), settled: z.array(z.object({ currency: z.string(), amount: z.string() })) }),
});
export type UsageStats = z.infer<typeof usageStats>;

export const usageHistoryInput = pageInput.extend({ broadcastId: z.uuid().optional() });
export type UsageHistoryInput = z.input<typeof usageHistoryInput>;
export const ledgerEntryView = z.object({ id: z.uuid(), broadcastId: z.uuid(), deliveryId: z.string(), providerMessageId: z.string(), channel: z.enum(['sms', 'whatsapp']), amount: z.string(), currency: z.string(), version: z.number().int(), at: z.iso.datetime() });
export type LedgerEntryView = z.infer<typeof ledgerEntryView>;
export const ledgerPage = pageOf(ledgerEntryView);

const spendGroup = z.object({ key: z.string(), messages: z.number().int(), segments: z.number().int(), currency: z.string(), amount: z.string() });
export type SpendGroup = z.infer<typeof spendGroup>;
/** Charges of the messages handed over in the range, by the recipient's country (ISO code, empty: unknown), by sender and by channel; of broadcasts those that began in it. */
export const spendBreakdownView = z.object({
  from: z.iso.date(), to: z.iso.date(), byCountry: z.array(spendGroup), bySender: z.array(spendGroup), byChannel: z.array(spendGroup),
  byBroadcast: z.array(z.object({ broadcastId: z.uuid(), name: z.string(), startedAt: z.iso.datetime(), handed: z.number().int(), delivered: z.number().int(), currency: z.string(), settled: z.string(), unpricedEstimate: z.string(), perDelivered: z.string().nullable() })),
  /** What went out besides broadcasts in these days: answers in the inbox, and tests from the editor. */
  besides: z.array(z.object({ kind: z.enum(['answers', 'tests']), handed: z.number().int(), delivered: z.number().int(), currency: z.string(), settled: z.string(), unpricedEstimate: z.string() })),
});
export type SpendBreakdown = z.infer<typeof spendBreakdownView>;

/** The running UTC month: charged, expected for what is not priced, reserved for broadcasts under way or scheduled, and what the days to come add at the pace of the last seven. */
export const spendForecastView = z.object({
  month: z.string(), currency: z.string(), settled: z.string(), unpriced: z.string(), reserved: z.string(), perDay: z.string(), daysLeft: z.number().int(), total: z.string(), budget: z.string().nullable(),
});
export type SpendForecast = z.infer<typeof spendForecastView>;

/** One UTC day, ours beside Twilio's usage record. `difference`: Twilio's price less ours, both without what is not priced. */
export const reconciliationDay = z.object({
  day: z.iso.date(), currency: z.string(), messages: z.number().int(), settled: z.string(), unpricedMessages: z.number().int(), unpricedEstimate: z.string(),
  twilioMessages: z.number().int().nullable(), twilioPrice: z.string().nullable(), carrierFees: z.string(), difference: z.string().nullable(),
  verdict: z.enum(['equal', 'not_priced', 'other_traffic', 'missing_at_twilio', 'price_differs', 'not_read']), explanation: z.string(),
});
export type ReconciliationDay = z.infer<typeof reconciliationDay>;
export const reconciliationView = z.object({ readAt: z.iso.datetime().nullable(), days: z.array(reconciliationDay) });
export type Reconciliation = z.infer<typeof reconciliationView>;
