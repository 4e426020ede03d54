/** The search of a list as it stands in its URL. Server and browser must read the same. */
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

/** What a page gets as `searchParams`, read as the browser reads it. */
export function queryOf(searchParams: Record<string, string | string[] | undefined>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) if (typeof value === 'string') query.set(name, value);
  return query;
}
