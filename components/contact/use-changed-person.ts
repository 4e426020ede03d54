'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

/** Reads anew all that a page says of one person, and the lists in which they stand. */
export function useChangedPerson(id: string): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    const filters = [trpc.contact.read.queryFilter({ id }), trpc.contact.consent.queryFilter({ id }), trpc.contact.mayMessage.queryFilter({ id }), trpc.contact.timeline.pathFilter(), trpc.contact.list.pathFilter(), trpc.audience.pathFilter()];
    await Promise.all(filters.map((filter) => queryClient.invalidateQueries(filter)));
  };
}
