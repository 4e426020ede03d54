import type { Metadata } from 'next';
import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { VersionPage } from '#components/template/editor/version-page.tsx';

type Props = { params: Promise<{ id: string }> };

/** The version of a page, once per request. */
const readOrNotFound = cache((id: string) => orNotFound(fetchNow(trpc.template.readVersion.queryOptions({ id }))));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, language, number } = await readOrNotFound((await params).id);
  return { title: `${name} (${language}), version ${number}` };
}

/** `id` is a version's: the editor while it is a draft, what was submitted afterwards. */
export default async function Page({ params }: Props) {
  const { id } = await params;
  const { templateId } = await readOrNotFound(id);
  await Promise.allSettled([
    fetchNow(trpc.template.read.queryOptions({ templateId })), fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.organization.read.queryOptions()),
  ]);
  return <HydrateClient><VersionPage id={id} /></HydrateClient>;
}
