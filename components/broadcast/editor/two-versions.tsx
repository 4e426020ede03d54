'use client';

import { useQuery } from '@tanstack/react-query';
import { Differences } from '#components/draft/differences.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { DraftFields } from './use-draft.ts';

const words: Record<Exclude<keyof DraftFields, 'wrongNumbers'>, string> = {
  broadcastName: 'Name', senderPhone: 'From', recipientMethod: 'Recipients', selectedLists: 'Lists', selectedNumbers: 'Numbers', selectedFilter: 'Saved filter',
  excludedLists: 'Left out: lists', excludedFilter: 'Left out: saved filter', recipientCeiling: 'Stop if more than', content: 'Text', mediaUrls: 'Files', templateSid: 'Template', templateVariables: 'Template fields',
  missingValues: 'Missing values', optOutLine: 'Opt-out line',
};
const names = Object.keys(words) as (keyof typeof words)[]; // the keys of an object literal are those of its type

/** In which fields two versions of a draft differ. */
export function TwoVersions({ mine, theirs }: { mine: DraftFields; theirs: DraftFields }) {
  const { data: filters } = useQuery(useTRPC().audience.filters.queryOptions());
  const filterName = (id: string | null) => filters?.find((filter) => filter.id === id)?.name ?? null;
  const named = (fields: DraftFields): DraftFields => ({ ...fields, selectedFilter: filterName(fields.selectedFilter), excludedFilter: filterName(fields.excludedFilter) });
  // Filters by their names: an id says nothing to a person.
  return <Differences rows={names.map((name) => ({ label: words[name], mine: textOf(name, named(mine)), theirs: textOf(name, named(theirs)) }))} />;
}

const methods: Record<DraftFields['recipientMethod'], string> = { lists: 'Chosen lists', filter: 'A saved filter', numbers: 'Chosen numbers', all: 'All contacts' };

function textOf(name: keyof typeof words, fields: DraftFields): string {
  const value = fields[name];
  if (name === 'recipientMethod') return methods[fields.recipientMethod];
  if (name === 'missingValues') return Object.entries(fields.missingValues).map(([field, { policy, value: own }]) => `${field}: ${policy}${own ? ` “${own}”` : ''}`).join('\n');
  if (name === 'templateVariables') return Object.entries(fields.templateVariables ?? {}).map(([position, source]) => `{{${position}}} = ${source}`).join('\n');
  if (Array.isArray(value)) return value.join(', ');
  if (value === null) return name === 'senderPhone' ? 'System number' : 'None';
  return String(value);
}
