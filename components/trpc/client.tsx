'use client';

import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { useState, type ReactNode } from 'react';
import superjson from 'superjson';
import type { AppRouter } from '#server/api/root.ts';
import { createQueryClient } from './query-client.ts';
import { leaveWhenSignedOut } from './signed-out-link.ts';

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** `const trpc = useTRPC()`, then `useQuery(trpc.broadcast.list.queryOptions({}))`. */
export { useTRPC, useTRPCClient };

type ProviderProps = {
  /** The organisation for which the page was made; the server refuses the page's calls after a switch in another tab. */
  organizationId?: string | null;
  children: ReactNode;
};

/** Around everything that calls the server. */
export function TRPCReactProvider({ organizationId = null, children }: ProviderProps) {
  const [queryClient] = useState(browserQueryClient);
  const [client] = useState(() => createClient(organizationId));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>{children}</TRPCProvider>
    </QueryClientProvider>
  );
}

const ENDPOINT = '/api/trpc';

function createClient(organizationId: string | null) {
  const shared = { url: ENDPOINT, transformer: superjson, headers: organizationId ? { 'x-organization-id': organizationId } : {} };
  return createTRPCClient<AppRouter>({
    links: [
      leaveWhenSignedOut,
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: ENDPOINT, transformer: superjson }),
        false: httpBatchStreamLink({ ...shared, maxItems: 10 }),
      }),
    ],
  });
}

let kept: QueryClient | undefined;

/** One per tab: React may throw the first render away, and with it a client made there. */
function browserQueryClient(): QueryClient {
  if (typeof window === 'undefined') return createQueryClient();
  return (kept ??= createQueryClient());
}
