import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
import { fetchNow, trpc } from '#app/_trpc/server.tsx';

/** The broadcast of a page, once per request. */
export const readBroadcastOrNotFound = cache((id: string) => orNotFound(fetchNow(trpc.broadcast.read.queryOptions({ id }))));
