'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import type { DeparturesInput } from '#server/domain/time-zone/schema.ts';

/** Who would get it when, if it left like this; the last answer stays while the next one comes. */
export function useDepartures(input: DeparturesInput, { isWanted = true } = {}) {
  const trpc = useTRPC();
  return useQuery(trpc.broadcast.departures.queryOptions(input, { enabled: isWanted, placeholderData: keepPreviousData, retry: false, staleTime: 10_000 }));
}
