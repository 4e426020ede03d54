'use client';

import { Search } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { broadcastLook } from '#components/broadcast/broadcast-status.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { broadcastStatuses } from '#server/domain/broadcast/schema.ts';
import { listHref } from './list-query.ts';

const TYPING = 300; // ms

/** Search and status, kept in the URL. */
export function BroadcastFilters() {
  const router = useRouter();
  const query = useSearchParams();
  const inUrl = query.get('search') ?? '';
  const [search, setSearch] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  // Back and the Clear link change the URL under the box.
  if (seen !== inUrl) { setSeen(inUrl); if (search.trim() !== inUrl) setSearch(inUrl); }

  useEffect(() => {
    if (search.trim() === inUrl) return;
    const timer = setTimeout(() => router.replace(listHref(query, { search: search.trim() }), { scroll: false }), TYPING);
    return () => clearTimeout(timer);
  }, [search, inUrl, query, router]);

  return (
    <search className="flex flex-col gap-2 sm:flex-row">
      <div className="sm:w-72">
        <Input type="search" aria-label="Search broadcasts" placeholder="Search name or text" prefixIcon={<Search />} value={search} onChange={(event) => setSearch(event.target.value)} data-search />
      </div>
      <Select
        aria-label="Status"
        className="sm:w-44"
        value={query.get('status') ?? ''}
        onChange={(event) => router.replace(listHref(query, { status: event.target.value }), { scroll: false })}
      >
        <option value="">All statuses</option>
        {broadcastStatuses.map((status) => <option key={status} value={status}>{broadcastLook[status].word}</option>)}
      </Select>
    </search>
  );
}
