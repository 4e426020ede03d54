import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
import { fetchNow, trpc } from '#app/_trpc/server.tsx';

/** The family of a page, once per request. */
export const readTemplateOrNotFound = cache((templateId: string) => orNotFound(fetchNow(trpc.template.read.queryOptions({ templateId }))));
