import { formatMoney } from '#components/format/money.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

export type CostFigures = Pick<BroadcastView, 'cost' | 'unpricedMessages' | 'unpricedEstimate'> & { currency?: string | null };

export const FALLBACK_CURRENCY = 'USD';

/** What Twilio has charged, per currency: "$12.34 + €3.10". Nothing while no message is priced. */
export function settledText(cost: CostFigures['cost']): string | null {
  const priced = cost.filter((entry) => entry.pricedMessages > 0);
  return priced.length === 0 ? null : priced.map((entry) => formatMoney(entry.settled, entry.currency)).join(' + ');
}

/** The currency in which what is not priced yet was estimated. */
export const currencyOf = (figures: CostFigures): string => figures.currency ?? figures.cost[0]?.currency ?? FALLBACK_CURRENCY;

type CostSoFarProps = { figures: CostFigures; className?: string };

/** Cost so far: settled where Twilio has named a price, else the estimate of what was handed over, marked "about". */
export function CostSoFar({ figures, className }: CostSoFarProps) {
  const settled = settledText(figures.cost);
  const isOpen = figures.unpricedMessages > 0;
  const open = isOpen ? `about ${formatMoney(figures.unpricedEstimate, currencyOf(figures))}` : null;
  return <span className={className}>{[settled, open].filter(Boolean).join(' + ') || '–'}</span>;
}
