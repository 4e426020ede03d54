'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatDayLabel } from '#components/dashboard/day-series.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Family } from '#components/ui/family.ts';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ReconciliationDay } from '#server/domain/ledger/schema.ts';
import { estimateCurrency } from './totals.ts';

const verdicts: Record<ReconciliationDay['verdict'], { family: Family; word: string }> = {
  equal: { family: 'success', word: 'Equal' }, not_priced: { family: 'info', word: 'Prices to come' }, other_traffic: { family: 'warning', word: 'Other traffic' },
  missing_at_twilio: { family: 'warning', word: 'Fewer at Twilio' }, price_differs: { family: 'warning', word: 'Other price' }, not_read: { family: 'neutral', word: 'No record yet' },
};

/** Our ledger beside Twilio's own usage records, day by day, each difference explained. */
export function Reconciliation() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const maySend = useMaySend();
  const { data } = useQuery(trpc.ledger.reconciliation.queryOptions());
  const read = useMutation(trpc.ledger.readUsage.mutationOptions({ onSuccess: (found) => queries.setQueryData(trpc.ledger.reconciliation.queryKey(), found) }));
  return (
    <Card
      title="Compared with Twilio" isFlush
      description={<>Our SMS charges beside Twilio’s usage records of the same UTC day. {data?.readAt ? <>Read <Time value={data.readAt} />.</> : 'Not read yet.'}</>}
      actions={maySend ? <Button size="sm" loading={read.isPending} onClick={() => read.mutate()}>Compare now</Button> : undefined}
    >
      {read.error ? <Alert family="danger" isLive title="Twilio’s records could not be read" className="m-4">{problemMessage(read.error)}</Alert> : null}
      {data && data.days.length > 0 ? <Days days={data.days} /> : <p className="p-4 text-body text-muted-foreground">Nothing was sent in the last 35 days, here or at Twilio.</p>}
    </Card>
  );
}

function Days({ days }: { days: ReconciliationDay[] }) {
  return (
    <Table caption="Charges by day, ours and Twilio’s">
      <TableHeader><TableHead>Day (UTC)</TableHead><TableHead isNumeric>Ours</TableHead><TableHead isNumeric>Twilio</TableHead><TableHead isNumeric>Difference</TableHead><TableHead>Why</TableHead></TableHeader>
      <TableBody>
        {days.map((day) => {
          const currency = day.currency || estimateCurrency([]);
          return (
            <TableRow key={day.day}>
              <TableCell className="whitespace-nowrap">{formatDayLabel(day.day)}</TableCell>
              <TableCell label="Ours" isNumeric><Amount amount={day.settled} currency={currency} messages={day.messages} /></TableCell>
              <TableCell label="Twilio" isNumeric>{day.twilioMessages === null ? '–' : <Amount amount={day.twilioPrice} currency={currency} messages={day.twilioMessages} />}</TableCell>
              <TableCell label="Difference" isNumeric>{day.difference === null ? '–' : formatMoney(day.difference, currency)}</TableCell>
              <TableCell label="Why" className="sm:max-w-96">
                <Status look="plain" family={verdicts[day.verdict].family}>{verdicts[day.verdict].word}</Status>
                <span className="block text-table text-pretty text-muted-foreground">
                  {day.explanation}{/[1-9]/.test(day.carrierFees) ? ` Carrier fees of ${formatMoney(day.carrierFees, currency)} come on top; Twilio bills them apart from the messages.` : ''}
                </span>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function Amount({ amount, currency, messages }: { amount: string | null; currency: string; messages: number }) {
  return <>{formatMoney(amount, currency)}<span className="block text-caption text-muted-foreground">{formatNumber(messages)} {messages === 1 ? 'message' : 'messages'}</span></>;
}
