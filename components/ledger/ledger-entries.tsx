'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatUnitPrice } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { LEDGER_PAGE, ledgerPageFrom, spendHref } from './month-query.ts';

/** Charges of all months, a page at a time. */
export function LedgerEntries() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const page = ledgerPageFrom(query);
  const { data, error } = useQuery(trpc.ledger.history.queryOptions({ p: page, ps: LEDGER_PAGE }, { placeholderData: keepPreviousData }));
  if (error && !data) return <Alert family="danger" isLive title="The ledger could not be read" className="m-4">{problemMessage(error)}</Alert>;
  if (!data) return <SkeletonRows label="Loading the ledger" />;
  if (data.data.length === 0) {
    return data.total > 0
      ? <EmptyState headingLevel={3} icon={<ReceiptText />} title="This page is empty"><Link href={spendHref(query, { p: null })} className="text-link underline underline-offset-3">Go to the first page</Link></EmptyState>
      : <EmptyState headingLevel={3} icon={<ReceiptText />} title="No charge yet">Twilio names the price of a message some time after it was delivered.</EmptyState>;
  }
  const first = (data.page - 1) * data.pageSize + 1;
  return (
    <>
      <Table caption="Charges, newest first">
        <TableHeader><TableHead>Time</TableHead><TableHead>Message</TableHead><TableHead>Kind</TableHead><TableHead isNumeric>Amount</TableHead></TableHeader>
        <TableBody>
          {data.data.map((entry) => (
            <TableRow key={entry.id}>
              <TableCell className="whitespace-nowrap"><Time value={entry.at} mode="absolute" /></TableCell>
              <TableCell label="Message" className="sm:max-w-96">
                <span className="flex min-w-0 items-center gap-2">
                  <Link href={`/deliveries?open=${entry.deliveryId}`} className="shrink-0 text-link underline underline-offset-3 pointer-coarse:py-3">Open</Link>
                  <Copyable value={entry.providerMessageId} label="message SID" className="text-muted-foreground max-sm:hidden" />
                </span>
              </TableCell>
              <TableCell label="Kind">{entry.version === 1 ? 'Charge' : <Badge>Correction {entry.version - 1}</Badge>}</TableCell>
              <TableCell label="Amount" isNumeric>{formatUnitPrice(entry.amount, entry.currency)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <div className="border-t px-4 max-sm:border-0 max-sm:px-0">
        <Pagination
          label="Pages of the ledger"
          previousHref={data.page > 1 ? spendHref(query, { p: String(data.page - 1) }) : null}
          nextHref={data.hasNext ? spendHref(query, { p: String(data.page + 1) }) : null}
          summary={`${formatNumber(first)}–${formatNumber(first + data.data.length - 1)} of ${formatNumber(data.total)}`}
        />
      </div>
    </>
  );
}
