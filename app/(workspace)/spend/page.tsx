import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { daysOfMonth, LEDGER_PAGE, ledgerPageFrom, monthFrom } from '#components/ledger/month-query.ts';
import { Spend } from '#components/ledger/spend.tsx';

export const metadata: Metadata = { title: 'Spend' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SpendPage({ searchParams }: Props) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams)) if (typeof value === 'string') query.set(name, value);
  const now = new Date();
  await Promise.allSettled([
    fetchNow(trpc.ledger.stats.queryOptions(daysOfMonth(monthFrom(query, now), now))),
    fetchNow(trpc.ledger.stats.queryOptions({})),
    fetchNow(trpc.ledger.breakdown.queryOptions(daysOfMonth(monthFrom(query, now), now))),
    fetchNow(trpc.ledger.forecast.queryOptions()),
    fetchNow(trpc.ledger.reconciliation.queryOptions()),
    fetchNow(trpc.ledger.history.queryOptions({ p: ledgerPageFrom(query), ps: LEDGER_PAGE })),
    fetchNow(trpc.organization.read.queryOptions()),
  ]);
  return <HydrateClient><Spend now={now.toISOString()} /></HydrateClient>;
}
