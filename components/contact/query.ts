import type { ListContactsInput } from '#server/domain/contact/schema.ts';

export const PAGE_SIZE = 50;

/** The list's state as it stands in the URL; what does not fit is left out. Server and browser must read the same. */
export function contactsInputFrom(query: URLSearchParams): ListContactsInput {
  const optedOut = query.get('optedOut');
  return {
    search: searchIn(query),
    list: query.get('list')?.slice(0, 100) || undefined,
    optedOut: optedOut === 'yes' || optedOut === 'no' ? optedOut : undefined,
    p: pageIn(query),
    ps: PAGE_SIZE,
  };
}

export const searchIn = (query: URLSearchParams) => (query.get('search') ?? '').slice(0, 200).trim();

export function pageIn(query: URLSearchParams): number {
  const page = Number(query.get('p'));
  return Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 1;
}

/** The same page with something changed; any change but the page's leads back to page 1. */
export function hrefWith(path: string, query: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  if (!('p' in changes)) next.delete('p');
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}
