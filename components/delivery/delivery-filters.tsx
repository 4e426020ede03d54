'use client';

import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { logHref, logInputFrom } from './log-query.ts';

const TYPING = 300; // ms

/** One box for numbers, names and SIDs, and what narrows it; all of it stands in the URL. */
export function DeliveryFilters() {
  const router = useRouter();
  const query = useSearchParams();
  const { status, broadcastId, errorCode } = logInputFrom(query);
  const change = (changes: Record<string, string | null>) => router.replace(logHref(query, changes), { scroll: false });
  return (
    <search className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      <SearchBox />
      <Select aria-label="State" className="sm:w-44" value={status ?? ''} onChange={(event) => change({ status: event.target.value })}>
        <option value="">All states</option>
        {deliveryLooks.map((look) => <option key={look.state} value={look.state}>{look.word}</option>)}
      </Select>
      <BroadcastSelect value={broadcastId ?? ''} onChange={(id) => change({ broadcastId: id })} />
      {errorCode ? (
        <Button icon={<X aria-hidden />} onClick={() => change({ errorCode: null })} aria-label={`Show all, not only error ${errorCode}`}>Error {errorCode}</Button>
      ) : null}
    </search>
  );
}

function SearchBox() {
  const router = useRouter();
  const query = useSearchParams();
  const inUrl = query.get('search') ?? '';
  const [search, setSearch] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  // Back and the Clear link change the URL under the box.
  if (seen !== inUrl) { setSeen(inUrl); if (search.trim() !== inUrl) setSearch(inUrl); }

  useEffect(() => {
    if (search.trim() === inUrl) return;
    const timer = setTimeout(() => router.replace(logHref(query, { search: search.trim() }), { scroll: false }), TYPING);
    return () => clearTimeout(timer);
  }, [search, inUrl, query, router]);

  return (
    <div className="sm:w-80">
      <Input
        type="search" aria-label="Search messages" placeholder="Number, last 4 digits, name or SID" prefixIcon={<Search />}
        value={search} onChange={(event) => setSearch(event.target.value)} autoComplete="off" spellCheck={false} data-search
      />
    </div>
  );
}

/** The latest broadcasts that have messages; one that is older is added when it is the one chosen. */
function BroadcastSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const trpc = useTRPC();
  const { data: latest } = useQuery(trpc.broadcast.list.queryOptions({ ps: 100 }));
  const begun = latest?.data.filter((broadcast) => broadcast.startedAt !== null) ?? [];
  const isListed = value === '' || begun.some((broadcast) => broadcast.id === value);
  const { data: chosen } = useQuery(trpc.broadcast.read.queryOptions({ id: value }, { enabled: latest !== undefined && !isListed }));
  return (
    <Select aria-label="Broadcast" className="sm:w-56" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">All broadcasts</option>
      {isListed ? null : <option value={value}>{chosen?.name ?? 'This broadcast'}</option>}
      {begun.map((broadcast) => <option key={broadcast.id} value={broadcast.id}>{broadcast.name}</option>)}
    </Select>
  );
}
