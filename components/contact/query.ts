import { pageIn, searchIn } from '#components/layout/page-query.ts';
import type { ListContactsInput } from '#server/domain/contact/schema.ts';

export const PAGE_SIZE = 50;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The list's state as it stands in the URL; what does not fit is left out. Server and browser must read the same. */
export function contactsInputFrom(query: URLSearchParams): ListContactsInput {
  const optedOut = query.get('optedOut');
  const filter = query.get('filter') ?? '';
  return {
    search: searchIn(query),
    list: query.get('list')?.slice(0, 100) || undefined,
    filter: uuid.test(filter) ? filter : undefined,
    tag: query.get('tag')?.slice(0, 50) || undefined,
    optedOut: optedOut === 'yes' || optedOut === 'no' ? optedOut : undefined,
    p: pageIn(query),
    ps: PAGE_SIZE,
  };
}
