import { FALLBACK_CURRENCY } from '#components/broadcast/cost.tsx';
import { formatMoney } from '#components/format/money.ts';
import type { UsageStats } from '#server/domain/ledger/schema.ts';

type Totals = UsageStats['totals'];

/** "$12.34 + €3.10"; a dash while nothing is charged. */
export const settledTotal = (settled: Totals['settled']): string =>
  settled.length === 0 ? '–' : settled.map(({ amount, currency }) => formatMoney(amount, currency)).join(' + ');

/** Estimates have the currency of the account: that of the charges, once there are some. */
export const estimateCurrency = (settled: Totals['settled']): string => settled[0]?.currency ?? FALLBACK_CURRENCY;

export const unpricedText = (totals: Totals): string =>
  totals.unpricedMessages === 0 ? 'nothing waits for a price' : `about ${formatMoney(totals.unpricedEstimate, estimateCurrency(totals.settled))}`;
