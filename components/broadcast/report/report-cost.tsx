import type { ReactNode } from 'react';
import { FALLBACK_CURRENCY } from '#components/broadcast/cost.tsx';
import { rowsHref } from '#components/broadcast/delivery-states.ts';
import { formatMoney, formatUnitPrice } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { Definition } from './definition.tsx';
import { CountLink } from './figure.tsx';

type ReportCostProps = { broadcastId: string | null; cost: ReportView['cost'] };

/** What was expected, what Twilio has charged so far, what is still open, and what the money brought. */
export function ReportCost({ broadcastId, cost }: ReportCostProps) {
  const currency = cost.currency ?? cost.settled[0]?.currency ?? FALLBACK_CURRENCY;
  const settled = cost.settled.filter((entry) => entry.pricedMessages > 0);
  return (
    <Card title="Cost" description="As Twilio charges it, from the price of each message; each currency by itself.">
      <dl className="grid grid-cols-2 gap-x-3 gap-y-4 lg:grid-cols-5">
        <Amount label="Estimated" definition="Before the send: segments of every message times the price list at the moment of the send.">{cost.estimate === null ? '–' : formatMoney(cost.estimate, currency)}</Amount>
        <Amount label="Charged so far" definition="The prices that Twilio has named for messages of this broadcast, added up. The ledger holds one entry for each.">
          {settled.length === 0 ? 'not priced yet' : settled.map((entry) => <Line key={entry.currency} value={formatMoney(entry.settled, entry.currency)}>for {formatCount(entry.pricedMessages, 'message')}</Line>)}
        </Amount>
        <Amount label="Still open" definition={`Messages that Twilio has taken and not priced yet, with their estimate in ${currency}. Twilio names prices within a day.`}>
          {cost.unpricedMessages === 0 ? 'nothing' : <Line value={`about ${formatMoney(cost.unpricedEstimate, currency)}`}>{formatCount(cost.unpricedMessages, 'message')} not priced yet</Line>}
        </Amount>
        <Amount label="Per delivered message" definition="All that was charged, divided by the messages that were delivered and are priced.">
          {cost.perDelivered.length === 0 ? '–' : cost.perDelivered.map((entry) => <Line key={entry.currency} value={formatUnitPrice(entry.amount, entry.currency)} />)}
        </Amount>
        <Amount label="Wasted" definition="Charged for messages that were not delivered: landlines, blocked and unknown numbers. A clean list keeps this low.">
          {cost.wasted.length === 0 ? 'nothing' : cost.wasted.map((entry) => (
            <Line key={entry.currency} value={formatMoney(entry.amount, entry.currency)}>on <CountLink row={{ name: 'messages charged and not delivered', count: entry.messages, href: rowsHref(broadcastId, { search: 'status:undelivered,failed' }) }} /> not delivered</Line>
          ))}
        </Amount>
      </dl>
    </Card>
  );
}

function Amount({ label, definition, children }: { label: string; definition: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-muted-foreground">{label} <Definition of={label}>{definition}</Definition></dt>
      <dd className="text-reading font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

function Line({ value, children }: { value: string; children?: ReactNode }) {
  return <span className="block">{value}{children ? <span className="block text-table font-normal text-muted-foreground">{children}</span> : null}</span>;
}
