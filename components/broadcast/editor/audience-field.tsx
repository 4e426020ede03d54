'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { ListView } from '#server/domain/audience/schema.ts';
import type { DraftFields } from './use-draft.ts';

type Audience = Pick<DraftFields, 'recipientMethod' | 'selectedLists'>;
type AudienceFieldProps = { value: Audience; onChange: (value: Partial<Audience>) => void; error?: string };

const SEARCH_FROM = 8; // lists

/** Who gets it: everybody, or the people of chosen lists, each once. */
export function AudienceField({ value, onChange, error }: AudienceFieldProps) {
  return (
    <div className="grid gap-3">
      <RadioGroup
        legend="Recipients"
        name="recipientMethod"
        id="recipients"
        error={error}
        value={value.recipientMethod}
        onValueChange={(method) => onChange({ recipientMethod: method === 'all' ? 'all' : 'lists' })}
        options={[
          { value: 'lists', label: 'People on lists', hint: 'Somebody on several lists gets it once.' },
          { value: 'all', label: 'All contacts', hint: 'Everybody with a phone number who has not opted out.' },
        ]}
      />
      {value.recipientMethod === 'lists' ? <Lists selected={value.selectedLists} onChange={(selectedLists) => onChange({ selectedLists })} /> : null}
    </div>
  );
}

function Lists({ selected, onChange }: { selected: string[]; onChange: (selected: string[]) => void }) {
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
      <legend className="sr-only">Lists</legend>
      {lists.length >= SEARCH_FROM ? (
        <div className="border-b p-2">
          <Input type="search" aria-label="Search lists" placeholder="Search lists" prefixIcon={<Search />} value={search} onChange={(event) => setSearch(event.target.value)} />
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
