import type { Metadata } from 'next';
import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ListPage } from '#components/audience/list-page.tsx';
import { PAGE_SIZE } from '#components/contact/query.ts';
import { pageIn, queryOf, searchIn } from '#components/layout/page-query.ts';

type Props = { params: Promise<{ list: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readListOrNotFound((await params).list)).name };
}

/** A list by its slug or id. */
export default async function Page({ params, searchParams }: Props) {
  const { list: named } = await params;
  const list = await readListOrNotFound(named);
  const query = queryOf(await searchParams);
  await Promise.allSettled([fetchNow(trpc.audience.members.queryOptions({ list: list.id, search: searchIn(query), p: pageIn(query), ps: PAGE_SIZE }))]);
  return <HydrateClient><ListPage list={named} /></HydrateClient>;
}

/** The list of the page, once per request. */
const readListOrNotFound = cache((list: string) => orNotFound(fetchNow(trpc.audience.readList.queryOptions({ list }))));
