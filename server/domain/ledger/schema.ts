import * as z from 'zod';
import { pageInput, pageOf } from '../paging.ts';

/** Days are UTC calendar days, yyyy-mm-dd, both ends included. */
const day = z.iso.date().refine((text) => text >= '2000-01-01', 'Choose a day from 2000-01-01 on.');
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
