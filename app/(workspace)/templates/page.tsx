import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { queryOf } from '#components/layout/page-query.ts';
import { listInputFrom } from '#components/template/list/list-query.ts';
import { TemplateList } from '#components/template/list/template-list.tsx';

export const metadata: Metadata = { title: 'Templates' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TemplatesPage({ searchParams }: Props) {
  await Promise.allSettled([fetchNow(trpc.template.list.queryOptions(listInputFrom(queryOf(await searchParams))))]);
  return <HydrateClient><TemplateList /></HydrateClient>;
}
