import { TRPCError } from '@trpc/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { fetchNow, trpc } from '#app/_trpc/server.tsx';

/** The family of a page, once per request. Unknown, another organisation's and no id at all are the same 404. */
export const readTemplateOrNotFound = cache(async (templateId: string) => {
  try {
    return await fetchNow(trpc.template.read.queryOptions({ templateId }));
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
});
