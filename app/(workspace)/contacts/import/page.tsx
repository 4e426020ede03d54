import { getCountries } from 'libphonenumber-js';
import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ImportPage } from '#components/contact/import/import-page.tsx';
import { uploadIn } from '#components/contact/import/query.ts';
import { pageIn, queryOf } from '#components/layout/page-query.ts';

export const metadata: Metadata = { title: 'Import contacts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const query = queryOf(await searchParams);
  const id = uploadIn(query);
  const [{ defaultCountry }] = await Promise.all([
    fetchNow(trpc.organization.read.queryOptions()),
    Promise.allSettled(id
      ? [fetchNow(trpc.contactImport.upload.queryOptions({ id })), fetchNow(trpc.audience.lists.queryOptions())]
      : [fetchNow(trpc.contactImport.uploads.queryOptions()), fetchNow(trpc.contactImport.list.queryOptions({ p: pageIn(query), ps: 20 }))]),
  ]);
  return <HydrateClient><ImportPage countries={countries()} country={defaultCountry} /></HydrateClient>;
}

// Made here and not in the browser, whose names may differ from ours.
function countries() {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries().map((code) => ({ code: String(code), name: names.of(code) ?? String(code) })).sort((a, b) => a.name.localeCompare(b.name));
}
