import { FALLBACK_CURRENCY } from '#components/broadcast/cost.tsx';
import { formatMoney } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';

/** What was expected, what Twilio has charged so far, and what is still open. */
export function ReportCost({ cost }: { cost: ReportView['cost'] }) {
  const currency = cost.currency ?? cost.settled[0]?.currency ?? FALLBACK_CURRENCY;
  const settled = cost.settled.filter((entry) => entry.pricedMessages > 0);
  return (
    <Card title="Cost" description="As Twilio charges it, from the price of each message.">
      <dl className="grid gap-3 sm:grid-cols-3">
        <Amount label="Estimate before the send">{cost.estimate === null ? '–' : formatMoney(cost.estimate, currency)}</Amount>
        <Amount label="Charged so far">
          {settled.length === 0 ? 'not priced yet' : settled.map((entry) => (
            <span key={entry.currency} className="block">{formatMoney(entry.settled, entry.currency)} <span className="text-table font-normal text-muted-foreground">for {formatCount(entry.pricedMessages, 'message')}</span></span>
          ))}
        </Amount>
        <Amount label="Still open">
          {cost.unpricedMessages === 0 ? 'nothing' : <>{formatCount(cost.unpricedMessages, 'message')} not priced yet <span className="block text-table font-normal text-muted-foreground">about {formatMoney(cost.unpricedEstimate, currency)}</span></>}
        </Amount>
      </dl>
    </Card>
  );
}

function Amount({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-muted-foreground">{label}</dt>
      <dd className="text-reading font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
