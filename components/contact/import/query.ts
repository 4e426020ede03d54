import { keepPreviousData } from '@tanstack/react-query';
import { pageIn } from '#components/layout/page-query.ts';
import type { CheckResult, ListUploadRowsInput } from '#server/domain/contact-import/schema.ts';

export const PATH = '/contacts/import';
export const PAGE_SIZE = 20;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const uploadIn = (query: URLSearchParams): string | null => {
  const id = query.get('upload') ?? '';
  return uuid.test(id) ? id : null;
};

export type Group = ListUploadRowsInput['group'];
export const groups: readonly { group: Group; label: string }[] = [
  { group: 'created', label: 'New' }, { group: 'updated', label: 'Updated' }, { group: 'unchanged', label: 'Unchanged' }, { group: 'refused', label: 'Refused' },
];

/** The group that is open: as the address says, else the first that asks for a look. */
export function groupIn(query: URLSearchParams, result: CheckResult): Group {
  const named = groups.find(({ group }) => group === query.get('group'));
  if (named) return named.group;
  return result.refused > 0 ? 'refused' : groups.find(({ group }) => result[group] > 0)?.group ?? 'created';
}

export const rowsInput = (id: string, group: Group, query: URLSearchParams): ListUploadRowsInput =>
  ({ id, group, kind: (group === 'refused' && query.get('kind')?.slice(0, 50)) || undefined, p: pageIn(query), ps: PAGE_SIZE });

/** Each check makes the rows anew, perhaps from another tab: what is kept of them only stands until they have been asked for again. */
export const keptRows = { placeholderData: keepPreviousData, staleTime: 0 };
