import type { PreviewView } from '#server/domain/broadcast/schema.ts';

/** Lines of the waterfall whose people can be looked at: who lacks a field is known only once the text is written. */
export const lineKeys = ['members', 'duplicate', 'excluded', 'noPhone', 'optedOut', 'frequencyCap', 'recipients'] as const;
export type LineKey = (typeof lineKeys)[number];
export const changeSides = ['joined', 'left'] as const;
export type ChangeSide = (typeof changeSides)[number];
export type PeopleKey = LineKey | ChangeSide;

export const isLineKey = (key: PreviewView['waterfall'][number]['key'] | PeopleKey): key is LineKey => lineKeys.some((line) => line === key);

/** Whose people the open panel shows, as it stands in the URL. */
export function peopleFrom(query: URLSearchParams): PeopleKey | null {
  const key = query.get('people');
  return [...lineKeys, ...changeSides].find((known) => known === key) ?? null;
}

export function pageFrom(query: URLSearchParams): number {
  const page = Number(query.get('peoplePage'));
  return Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 1;
}

/** The same page with the panel of other people, or closed. */
export function peopleHref(path: string, query: URLSearchParams, key: PeopleKey | null, page = 1): string {
  const next = new URLSearchParams(query);
  next.delete('people');
  next.delete('peoplePage');
  if (key) next.set('people', key);
  if (key && page > 1) next.set('peoplePage', String(page));
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}
