import { TRPCError } from '@trpc/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { fetchNow, trpc } from '#app/_trpc/server.tsx';

/** The broadcast of a page, once per request. Unknown, another organisation's and no id at all are the same 404. */
export const readBroadcastOrNotFound = cache(async (id: string) => {
  try {
    return await fetchNow(trpc.broadcast.read.queryOptions({ id }));
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
});
