import { getCountries } from 'libphonenumber-js';
import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ImportPage } from '#components/contact/import/import-page.tsx';

export const metadata: Metadata = { title: 'Import contacts' };

type Props = { searchParams: Promise<{ list?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { list } = await searchParams;
  const [{ defaultCountry }] = await Promise.all([fetchNow(trpc.organization.read.queryOptions()), fetchNow(trpc.audience.lists.queryOptions())]);
  return <HydrateClient><ImportPage countries={countries()} country={defaultCountry} list={typeof list === 'string' ? list.slice(0, 100) : null} /></HydrateClient>;
}

// Made here and not in the browser, whose names may differ from ours.
function countries() {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries().map((code) => ({ code: String(code), name: names.of(code) ?? String(code) })).sort((a, b) => a.name.localeCompare(b.name));
}
