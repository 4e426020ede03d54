import 'server-only';
import { dehydrate, HydrationBoundary, type FetchQueryOptions, type QueryKey } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { cache, type ReactNode } from 'react';
import { createQueryClient } from '#components/trpc/query-client.ts';
import { appRouter } from '#server/api/root.ts';
import { createTrpcContext } from '#server/api/trpc.ts';

const queryClient = cache(createQueryClient);
const context = cache(createTrpcContext);

/** For pages: `prefetch(trpc.broadcast.list.queryOptions({}))`, the same options as in the component that shows it. */
export const trpc = createTRPCOptionsProxy({ ctx: context, router: appRouter, queryClient });

/** Begins a query without waiting for it; HydrateClient streams what it finds. A failure is asked again, and shown, by the component. */
export function prefetch<Data, Failure, Result, Key extends QueryKey>(options: FetchQueryOptions<Data, Failure, Result, Key>): void {
  void queryClient().prefetchQuery(options);
}

/** A query whose answer the page itself needs, e.g. for its title or a 404. */
export const fetchNow = <Data, Failure, Result, Key extends QueryKey>(options: FetchQueryOptions<Data, Failure, Result, Key>): Promise<Result> =>
  queryClient().fetchQuery(options);

/** Around the components that use what the page has prefetched. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>;
}
