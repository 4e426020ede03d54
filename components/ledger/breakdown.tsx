'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { saveText } from '#components/broadcast/report/save-text.ts';
import { channelNames } from '#components/format/channel.ts';
import { countryName } from '#components/format/country.ts';
import { formatMoney, formatUnitPrice } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { SpendBreakdown, SpendGroup, UsageInput } from '#server/domain/ledger/schema.ts';
import { spendHref } from './month-query.ts';
import { spendCsv } from './spend-csv.ts';
import { estimateCurrency } from './totals.ts';

const ways = [['broadcast', 'Broadcast'], ['country', 'Country'], ['sender', 'Sender'], ['channel', 'Channel']] as const;
const channelName: Readonly<Record<string, string>> = channelNames;

/** Where the month's money went, one way of looking at a time. */
export function Breakdown({ range }: { range: UsageInput }) {
  const trpc = useTRPC();
  const query = useSearchParams();
  const shown = ways.find(([way]) => way === query.get('by'))?.[0] ?? 'broadcast';
  const { data, error } = useQuery(trpc.ledger.breakdown.queryOptions(range));
  const href = (way: string) => spendHref(query, { by: way === 'broadcast' ? null : way });
  const save = () => { if (data) saveText(`spend-by-${shown}-${data.from}-${data.to}.csv`, `\uFEFF${spendCsv(data, shown)}`); };
  return (
    <Card title="Where it went" isFlush actions={data ? <Button size="sm" variant="ghost" icon={<Download aria-hidden />} onClick={save}>CSV<span className="sr-only"> of the charges by {shown}</span></Button> : undefined}>
      <Tabs label="Group the charges by" className="px-4" current={href(shown)} items={ways.map(([way, label]) => ({ href: href(way), label }))} />
      {error && !data ? <Alert family="danger" isLive title="The figures could not be read" className="m-4">{problemMessage(error)}</Alert> : null}
      {!data && !error ? <SkeletonRows label="Loading the figures" /> : null}
      {data ? { broadcast: () => <Broadcasts rows={data.byBroadcast} besides={data.besides} />, ...groups(data) }[shown]() : null}
    </Card>
  );
}

const groups = (data: SpendBreakdown) => ({
  country: () => <Groups title="Country" rows={data.byCountry} name={(key) => (key === '' ? 'Unknown' : countryName(key))} />,
  sender: () => <Groups title="Sender" rows={data.bySender} name={(key) => (key === '' ? 'Unknown' : formatPhone(key))} />,
  channel: () => <Groups title="Channel" rows={data.byChannel} name={(key) => channelName[key] ?? key} />,
});

function Groups({ title, rows, name }: { title: string; rows: SpendGroup[]; name: (key: string) => ReactNode }) {
  if (rows.length === 0) return <p className="p-4 text-body text-muted-foreground">Twilio has charged nothing in these days.</p>;
  // Only the length of a bar is a float; what is read are the exact amounts.
  const largest = Math.max(...rows.map(({ amount }) => Number(amount)));
  return (
    <Table caption={`Charges by ${title.toLowerCase()}`}>
      <TableHeader><TableHead>{title}</TableHead><TableHead isNumeric>Messages</TableHead><TableHead isNumeric>Segments</TableHead><TableHead isNumeric>Charged</TableHead></TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={`${row.key} ${row.currency}`}>
            <TableCell>
              {name(row.key)}
              <span aria-hidden className="mt-1 block h-1.5 max-w-64 rounded-full bg-hover max-sm:hidden"><span className="block h-full rounded-full bg-(--chart-1)" style={{ width: `${Math.max(2, (Number(row.amount) / largest) * 100)}%` }} /></span>
            </TableCell>
            <TableCell label="Messages" isNumeric>{formatNumber(row.messages)}</TableCell>
            <TableCell label="Segments" isNumeric>{formatNumber(row.segments)}</TableCell>
            <TableCell label="Charged" isNumeric>{formatMoney(row.amount, row.currency)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Broadcasts({ rows, besides }: { rows: SpendBreakdown['byBroadcast']; besides: SpendBreakdown['besides'] }) {
  if (rows.length === 0 && besides.length === 0) return <p className="p-4 text-body text-muted-foreground">No broadcast began in these days.</p>;
  return (
    <>
      <Table caption="Cost by broadcast, the dearest first">
        <TableHeader>
          <TableHead>Broadcast</TableHead><TableHead isNumeric>Handed over</TableHead><TableHead isNumeric>Delivered</TableHead><TableHead isNumeric>Charged</TableHead>
          <TableHead isNumeric>Expected</TableHead><TableHead isNumeric>Per delivered</TableHead>
        </TableHeader>
        <TableBody>
          {rows.map((row) => {
            const currency = row.currency || estimateCurrency([]);
            return (
              <TableRow key={row.broadcastId}>
                <TableCell><Link href={`/broadcasts/${row.broadcastId}`} className="text-link underline underline-offset-3">{row.name}</Link></TableCell>
                <TableCell label="Handed over" isNumeric>{formatNumber(row.handed)}</TableCell>
                <TableCell label="Delivered" isNumeric>{formatNumber(row.delivered)}</TableCell>
                <TableCell label="Charged" isNumeric>{formatMoney(row.settled, currency)}</TableCell>
                <TableCell label="Expected" isNumeric>{/[1-9]/.test(row.unpricedEstimate) ? `about ${formatMoney(row.unpricedEstimate, currency)}` : '–'}</TableCell>
                <TableCell label="Per delivered" isNumeric>{row.perDelivered === null ? '–' : formatUnitPrice(row.perDelivered, currency)}</TableCell>
              </TableRow>
            );
          })}
          {besides.map((row) => <Beside key={row.kind} row={row} />)}
        </TableBody>
      </Table>
      <p className="px-4 pb-4 text-table text-muted-foreground">Broadcasts that began in these days, at most fifty. Expected: messages that Twilio has not priced yet.</p>
    </>
  );
}

/** What cost money and is no broadcast. */
function Beside({ row }: { row: SpendBreakdown['besides'][number] }) {
  const currency = row.currency || estimateCurrency([]);
  return (
    <TableRow>
      <TableCell>{row.kind === 'answers' ? <Link href="/inbox?view=all" className="text-link underline underline-offset-3">Answers in the inbox</Link> : 'Tests from the editor'}</TableCell>
      <TableCell label="Handed over" isNumeric>{formatNumber(row.handed)}</TableCell>
      <TableCell label="Delivered" isNumeric>{formatNumber(row.delivered)}</TableCell>
      <TableCell label="Charged" isNumeric>{formatMoney(row.settled, currency)}</TableCell>
      <TableCell label="Expected" isNumeric>{/[1-9]/.test(row.unpricedEstimate) ? `about ${formatMoney(row.unpricedEstimate, currency)}` : '–'}</TableCell>
      <TableCell label="Per delivered" isNumeric>–</TableCell>
    </TableRow>
  );
}
