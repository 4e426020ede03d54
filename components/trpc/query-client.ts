import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import superjson from 'superjson';

/** One for each request on the server, one for each tab in the browser. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // On the server a failed prefetch is asked again by the browser; waiting there would hold the page up.
      queries: { staleTime: 30_000, retry: typeof window === 'undefined' ? false : shouldRetry },
      // Queries that the server began and did not wait for travel too: their data streams after the page.
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}

/** A refusal (4xx) stays one however often it is asked; a lost connection or a failing server gets two more chances. */
export function shouldRetry(failures: number, error: unknown): boolean {
  const status: unknown = error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
  return failures < 2 && !(typeof status === 'number' && status < 500);
}
