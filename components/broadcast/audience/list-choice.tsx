'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Input } from '#components/ui/input.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { ListView } from '#server/domain/audience/schema.ts';

const SEARCH_FROM = 8; // lists

type ListChoiceProps = { legend: string; selected: string[]; onChange: (selected: string[]) => void };

/** Some of the organisation's lists, by slug. */
export function ListChoice({ legend, selected, onChange }: ListChoiceProps) {
  const trpc = useTRPC();
  const { data: lists, isError } = useQuery(trpc.audience.lists.queryOptions());
  const [search, setSearch] = useState('');
  if (isError) return <p className="text-table text-destructive">Your lists could not be read. Reload the page to try again.</p>;
  if (!lists) return <SkeletonGroup label="Loading lists" className="grid gap-2"><Skeleton /><Skeleton /><Skeleton /></SkeletonGroup>;
  if (lists.length === 0) {
    return <p className="text-body text-muted-foreground">There are no lists yet. <Link href="/lists" className="text-link underline underline-offset-3">Make one</Link> or import contacts.</p>;
  }

  const isChosen = (list: ListView) => selected.includes(list.slug) || selected.includes(list.id);
  const toggle = (list: ListView) => onChange(isChosen(list) ? selected.filter((name) => name !== list.slug && name !== list.id) : [...selected, list.slug]);
  const wanted = search.trim().toLowerCase();
  const shown = lists.filter((list) => wanted === '' || `${list.name} ${list.slug}`.toLowerCase().includes(wanted));
  return (
    <fieldset className="min-w-0 rounded-card border">
      <legend className="sr-only">{legend}</legend>
      {lists.length >= SEARCH_FROM ? (
        <div className="border-b p-2">
          <Input type="search" aria-label={`Search: ${legend}`} placeholder="Search lists" prefixIcon={<Search />} value={search} onChange={(event) => setSearch(event.target.value)} />
        </div>
      ) : null}
      <div className="max-h-72 overflow-y-auto px-3 py-1.5">
        {shown.map((list) => <ListOption key={list.id} list={list} checked={isChosen(list)} onToggle={() => toggle(list)} />)}
        {shown.length === 0 ? <p className="py-2 text-body text-muted-foreground">No list is called “{search}”.</p> : null}
      </div>
    </fieldset>
  );
}

function ListOption({ list, checked, onToggle }: { list: ListView; checked: boolean; onToggle: () => void }) {
  const counts = list.reachable === list.members
    ? formatCount(list.members, 'person', 'people')
    : `${formatCount(list.members, 'person', 'people')}, ${formatNumber(list.reachable)} reachable`;
  return (
    <Checkbox
      className="py-1"
      checked={checked}
      onChange={onToggle}
      label={<span className="flex flex-wrap items-baseline justify-between gap-x-3"><span>{list.name}</span> <span className="text-table text-muted-foreground tabular-nums">{counts}</span></span>}
    />
  );
}
