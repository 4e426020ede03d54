'use client';

import { useQuery } from '@tanstack/react-query';
import { formatDayLabel } from '#components/dashboard/day-series.ts';
import { addDecimals } from '#components/dashboard/day-totals.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { UsageStats } from '#server/domain/ledger/schema.ts';
import { estimateCurrency } from './totals.ts';

/** Messages of the last 30 days that Twilio has not priced yet, by how long it has had them. Nothing when there are none. */
export function Unpriced({ today }: { today: string }) {
  const trpc = useTRPC();
  const { data: stats } = useQuery(trpc.ledger.stats.queryOptions({}));
  if (!stats || stats.totals.unpricedMessages === 0) return null;
  const days = openDays(stats.days);
  const currency = estimateCurrency(stats.totals.settled);
  const oldest = days.at(-1);
  return (
    <Card
      title="Not priced yet" isFlush
      description={`${formatCount(stats.totals.unpricedMessages, 'message')}, about ${formatMoney(stats.totals.unpricedEstimate, currency)}${oldest ? `; the oldest is ${age(oldest.day, today)}` : ''}. Twilio usually names a price within 24 hours.`}
    >
      <Table caption="Messages without a price by day" density="compact">
        <TableHeader><TableHead>Handed over</TableHead><TableHead>Age</TableHead><TableHead isNumeric>Messages</TableHead><TableHead isNumeric>Expected</TableHead></TableHeader>
        <TableBody>
          {days.map((day) => (
            <TableRow key={day.day}>
              <TableCell>{formatDayLabel(day.day)}</TableCell>
              <TableCell label="Age">{age(day.day, today)}</TableCell>
              <TableCell label="Messages" isNumeric>{formatNumber(day.messages)}</TableCell>
              <TableCell label="Expected" isNumeric>about {formatMoney(day.estimate, currency)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function openDays(days: UsageStats['days']) {
  const byDay = new Map<string, { day: string; messages: number; estimate: string }>();
  for (const row of days) {
    if (row.unpricedMessages === 0) continue;
    const open = byDay.get(row.day) ?? { day: row.day, messages: 0, estimate: '0' };
    byDay.set(row.day, { ...open, messages: open.messages + row.unpricedMessages, estimate: addDecimals(open.estimate, row.unpricedEstimate) });
  }
  return [...byDay.values()].sort((one, other) => other.day.localeCompare(one.day));
}

function age(day: string, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  return days <= 0 ? 'of today' : days === 1 ? '1 day old' : `${days} days old`;
}
