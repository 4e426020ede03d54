'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { hrefWith } from '#components/layout/page-query.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Select } from '#components/ui/select.tsx';
import { contactsInputFrom } from './query.ts';
import { SaveView } from './save-view.tsx';

type Choice = { value: string; label: string };

/** Search, list, tag, saved filter and opt-out, kept in the URL; together they can be kept as a filter. */
export function ContactFilters() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const view = contactsInputFrom(query);
  const mayWrite = useMayWrite();
  const { data: lists = [] } = useQuery(trpc.audience.lists.queryOptions());
  const { data: filters = [] } = useQuery(trpc.audience.filters.queryOptions());
  const { data: vocabulary } = useQuery(trpc.audience.vocabulary.queryOptions());
  const list = lists.find(({ slug, id }) => slug === view.list || id === view.list)?.slug ?? view.list ?? '';
  return (
    <search className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      <div className="sm:w-72"><SearchBox label="Search contacts" placeholder="Name, phone or e-mail" hrefFor={(search) => hrefWith('/contacts', query, { search })} /></div>
      <div className="grid grid-cols-2 gap-2 sm:contents">
        <Filter name="list" label="List" all="All lists" value={list} choices={lists.map(({ slug, name }) => ({ value: slug, label: name }))} />
        <Filter name="tag" label="Tag" all="All tags" value={view.tag ?? ''} choices={(vocabulary?.tags ?? []).map(({ tag }) => ({ value: tag, label: tag }))} />
        <Filter name="filter" label="Saved filter" all="No saved filter" value={view.filter ?? ''} choices={filters.map(({ id, name }) => ({ value: id, label: name }))} />
        <Filter name="optedOut" label="Opt-out" all="Opted out or not" value={view.optedOut ?? ''} choices={[{ value: 'no', label: 'Not opted out' }, { value: 'yes', label: 'Opted out' }]} />
      </div>
      {mayWrite && (view.search || view.list || view.tag || view.filter) ? <SaveView view={view} /> : null}
    </search>
  );
}

/** One choice in the URL. A value that is not among the choices keeps its place, so that nothing is narrowed unseen. */
function Filter({ name, label, all, value, choices }: { name: string; label: string; all: string; value: string; choices: readonly Choice[] }) {
  const router = useRouter();
  const query = useSearchParams();
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return (
    <Select aria-label={label} className="sm:w-40" value={value} onChange={(event) => router.replace(hrefWith('/contacts', query, { [name]: event.target.value }), { scroll: false })}>
      <option value="">{all}</option>
      {isKnown ? null : <option value={value}>{name === 'filter' ? 'A deleted filter' : value}</option>}
      {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
    </Select>
  );
}
