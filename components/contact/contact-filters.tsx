'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { hrefWith } from '#components/layout/page-query.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Select } from '#components/ui/select.tsx';

/** Search, list and opt-out, kept in the URL. */
export function ContactFilters() {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useSearchParams();
  const { data: lists = [] } = useQuery(trpc.audience.lists.queryOptions());
  const chosen = query.get('list') ?? '';
  const current = lists.find((list) => list.slug === chosen || list.id === chosen)?.slug ?? chosen;
  const change = (name: string, value: string) => router.replace(hrefWith('/contacts', query, { [name]: value }), { scroll: false });
  return (
    <search className="flex flex-col gap-2 sm:flex-row">
      <div className="sm:w-80"><SearchBox label="Search contacts" placeholder="Name, phone or e-mail" hrefFor={(search) => hrefWith('/contacts', query, { search })} /></div>
      <Select aria-label="List" className="sm:w-48" value={current} onChange={(event) => change('list', event.target.value)}>
        <option value="">All lists</option>
        {current && !lists.some((list) => list.slug === current) ? <option value={current}>{current}</option> : null}
        {lists.map((list) => <option key={list.id} value={list.slug}>{list.name}</option>)}
      </Select>
      <Select aria-label="Opt-out" className="sm:w-48" value={query.get('optedOut') ?? ''} onChange={(event) => change('optedOut', event.target.value)}>
        <option value="">Opted out or not</option>
        <option value="no">Not opted out</option>
        <option value="yes">Opted out</option>
      </Select>
    </search>
  );
}
