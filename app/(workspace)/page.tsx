import type { Metadata } from 'next';
import { HydrateClient, prefetch, trpc } from '#app/_trpc/server.tsx';
import { Home } from '#components/dashboard/home.tsx';
import { activeInput, activeStates, BROADCAST_SERVICE, unknownInput } from '#components/dashboard/home-queries.ts';

export const metadata: Metadata = { title: 'Home' };

export default function HomePage() {
  prefetch(trpc.ledger.stats.queryOptions({}));
  prefetch(trpc.broadcast.list.queryOptions({ ps: 1 }));
  for (const status of activeStates) prefetch(trpc.broadcast.list.queryOptions(activeInput(status)));
  prefetch(trpc.twilioAccount.read.queryOptions());
  prefetch(trpc.agreement.read.queryOptions({ service: BROADCAST_SERVICE }));
  prefetch(trpc.delivery.search.queryOptions(unknownInput));
  return <HydrateClient><Home /></HydrateClient>;
}
