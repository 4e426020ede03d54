import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { NewRule } from '#components/automation/new-rule.tsx';

export const metadata: Metadata = { title: 'New rule' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const { example } = await searchParams;
  await Promise.allSettled([fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.audience.lists.queryOptions())]);
  return <HydrateClient><NewRule example={typeof example === 'string' ? example : ''} /></HydrateClient>;
}
