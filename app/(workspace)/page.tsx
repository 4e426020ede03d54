import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { Home } from '#components/dashboard/home.tsx';
import { activeInput, activeStates, BROADCAST_SERVICE, budgetInput, unknownInput } from '#components/dashboard/home-queries.ts';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage() {
  // Waited for: figures that come a moment later would make the browser and the server draw two different pages.
  await Promise.allSettled([
    fetchNow(trpc.ledger.stats.queryOptions({})),
    fetchNow(trpc.broadcast.list.queryOptions({ ps: 1 })),
    fetchNow(trpc.broadcast.list.queryOptions({ status: 'sent', ps: 1 })),
    ...activeStates.map((status) => fetchNow(trpc.broadcast.list.queryOptions(activeInput(status)))),
    fetchNow(trpc.twilioAccount.read.queryOptions()),
    fetchNow(trpc.connection.read.queryOptions()),
    fetchNow(trpc.agreement.read.queryOptions({ service: BROADCAST_SERVICE })),
    fetchNow(trpc.broadcast.approvals.queryOptions()),
    fetchNow(trpc.broadcast.budgetState.queryOptions(budgetInput)),
    fetchNow(trpc.delivery.search.queryOptions(unknownInput)),
    fetchNow(trpc.contact.list.queryOptions({ ps: 1 })),
  ]);
  return <HydrateClient><Home /></HydrateClient>;
}
