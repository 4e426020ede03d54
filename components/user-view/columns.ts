/** A column of a list that may be left out. */
export type Column<Key extends string = string> = { key: Key; label: string };

/** The columns that the address leaves out; what names none is passed over. */
export function hiddenIn<Key extends string>(query: URLSearchParams, columns: readonly Column<Key>[]): ReadonlySet<Key> {
  const named = new Set((query.get('hide') ?? '').split(','));
  return new Set(columns.map(({ key }) => key).filter((key) => named.has(key)));
}

/** The value of `hide` with one column shown or left out; null when all are shown. */
export function hideValue<Key extends string>(hidden: ReadonlySet<Key>, key: Key, isShown: boolean): string | null {
  const next = new Set(hidden);
  if (isShown) next.delete(key);
  else next.add(key);
  return next.size > 0 ? [...next].join(',') : null;
}

/** Where in a list somebody stands is no part of how they look at it. */
const PLACES = ['p', 'cursor', 'back', 'open', 'live'];

/** What of an address is kept as a view, always in the same order, so that equal views are equal text. */
export function viewQuery(query: URLSearchParams): string {
  const kept = new URLSearchParams([...query].filter(([name, value]) => value !== '' && !PLACES.includes(name)));
  kept.sort();
  return kept.toString();
}
