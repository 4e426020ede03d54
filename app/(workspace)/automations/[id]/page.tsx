import type { Metadata } from 'next';
import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { HISTORY_SIZE } from '#components/automation/history-size.ts';
import { RulePage } from '#components/automation/rule-page.tsx';
import { pageIn, queryOf } from '#components/layout/page-query.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readRuleOrNotFound((await params).id)).name };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  await readRuleOrNotFound(id);
  const p = pageIn(queryOf(await searchParams));
  await Promise.allSettled([
    fetchNow(trpc.automation.history.queryOptions({ id, p, ps: HISTORY_SIZE })), fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.audience.lists.queryOptions()),
  ]);
  return <HydrateClient><RulePage id={id} /></HydrateClient>;
}

/** The rule of the page, once per request. */
const readRuleOrNotFound = cache((id: string) => orNotFound(fetchNow(trpc.automation.read.queryOptions({ id }))));
