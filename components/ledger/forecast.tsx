'use client';

import { useQuery } from '@tanstack/react-query';
import { addDecimals } from '#components/dashboard/day-totals.ts';
import { formatMoney } from '#components/format/money.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';

/** What the running month will have cost, and of what parts the figure is made. */
export function Forecast() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.ledger.forecast.queryOptions());
  if (!data) return null;
  const money = (amount: string) => formatMoney(amount, data.currency);
  // Money is exact; the comparison alone may be a float.
  const isOver = data.budget !== null && Number(data.total) > Number(data.budget);
  return (
    <Card title="Forecast to the end of the month">
      <p className="text-h2 font-semibold tabular-nums">about {money(data.total)}</p>
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-table sm:grid-cols-[max-content_max-content]">
        <Part label="Charged so far" value={money(data.settled)} />
        <Part label="Expected for messages without a price" value={money(data.unpriced)} />
        <Part label="Reserved for broadcasts under way or scheduled" value={money(data.reserved)} />
        <Part label={`${data.daysLeft} days to come, at ${money(data.perDay)} a day`} value={money(times(data.perDay, data.daysLeft))} />
      </dl>
      <p className="mt-3 text-table text-muted-foreground">The days to come are taken as the mean of the last seven. A plan that nobody has written yet is not in it.</p>
      {isOver ? <Alert family="warning" className="mt-3" title="This would pass the monthly budget">Broadcasts pause when it is reached; nothing fails. An owner or admin can raise it in Settings → Organisation.</Alert> : null}
    </Card>
  );
}

function Part({ label, value }: { label: string; value: string }) {
  return <><dt className="text-muted-foreground">{label}</dt><dd className="tabular-nums sm:text-right">{value}</dd></>;
}

function times(amount: string, count: number): string {
  let sum = '0.000000';
  for (let i = 0; i < count; i++) sum = addDecimals(sum, amount);
  return sum;
}
