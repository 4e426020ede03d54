import { useQueries } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { activeInput, activeStates } from './home-queries.ts';

const WHILE_SENDING = 2_000; // ms
const QUIET = 20_000; // ms

/** Broadcasts that are sending, paused or scheduled; followed closely while one is sending. */
export function useActiveBroadcasts(): BroadcastView[] {
  const trpc = useTRPC();
  return useQueries({
    queries: activeStates.map((status) => trpc.broadcast.list.queryOptions(activeInput(status), {
      refetchInterval: ({ state }) => (status === 'sending' && (state.data?.total ?? 0) > 0 ? WHILE_SENDING : QUIET),
    })),
    combine: (results) => results.flatMap((result) => result.data?.data ?? []),
  });
}
