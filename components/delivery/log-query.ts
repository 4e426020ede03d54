import { searchIn } from '#components/layout/page-query.ts';
import { deliveryStatuses } from '#server/domain/broadcast/states.ts';
import type { SearchDeliveriesInput } from '#server/domain/delivery/schema.ts';

const PAGE_SIZE = 50;

/** Besides the number, which is always there. */
export const logColumns = [
  { key: 'name', label: 'Name' }, { key: 'state', label: 'State' }, { key: 'broadcast', label: 'Broadcast' }, { key: 'method', label: 'Sent as' }, { key: 'segments', label: 'Segments' }, { key: 'cost', label: 'Cost' }, { key: 'time', label: 'Time' },
] as const;
export type LogColumn = (typeof logColumns)[number]['key'];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const place = /^[0-9a-f-]{36}-\d{1,10}$/i;

/** The log's state as it stands in the URL; what does not fit is left out. Server and browser must read the same. */
export function logInputFrom(query: URLSearchParams): Omit<SearchDeliveriesInput, 'errorCode'> & { errorCode: number | undefined } {
  const errorCode = Number(query.get('errorCode') || NaN);
  const broadcastId = query.get('broadcastId') ?? '';
  const cursor = query.get('cursor') ?? '';
  return {
    search: searchIn(query),
    status: deliveryStatuses.find((status) => status === query.get('status')),
    broadcastId: uuid.test(broadcastId) ? broadcastId : undefined,
    errorCode: Number.isInteger(errorCode) && errorCode > 0 && errorCode < 1_000_000 ? errorCode : undefined,
    cursor: place.test(cursor) ? cursor : undefined,
    limit: PAGE_SIZE,
  };
}

/** The message whose panel is open. */
export function openFrom(query: URLSearchParams): string | null {
  const open = query.get('open') ?? '';
  return place.test(open) ? open : null;
}

/** The same page with something changed; another search or filter begins at the newest message again. */
export function logHref(query: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  const keepsPlace = Object.keys(changes).every((name) => ['open', 'cursor', 'back', 'live', 'hide'].includes(name));
  if (!keepsPlace) for (const name of ['cursor', 'back', 'open']) next.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  return text ? `/deliveries?${text}` : '/deliveries';
}

const NEWEST = 'newest';
const REMEMBERED = 10;

/** One page on. The places where the pages before began travel along, because a log is only read downwards. */
export function olderHref(query: URLSearchParams, nextCursor: string): string {
  const back = [...placesBehind(query), query.get('cursor') ?? NEWEST].slice(-REMEMBERED);
  return logHref(query, { cursor: nextCursor, back: back.join('~'), open: null });
}

/** One page up; from a shared link, whose way is not known, to the newest message. Nothing on the first page. */
export function newerHref(query: URLSearchParams): string | null {
  if (!query.get('cursor')) return null;
  const back = placesBehind(query);
  const last = back.pop() ?? NEWEST;
  return logHref(query, { cursor: last === NEWEST ? null : last, back: back.join('~') || null, open: null });
}

const placesBehind = (query: URLSearchParams) => (query.get('back') ?? '').split('~').filter(Boolean);

/** The file with all that the page's search and filters find. */
export function fileHref(query: URLSearchParams, format: 'csv' | 'ndjson'): string {
  const { search, status, broadcastId, errorCode } = logInputFrom(query);
  const filters = new URLSearchParams(Object.entries({ search, status, broadcastId, errorCode: errorCode?.toString() }).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `/api/export/deliveries.${format}${filters.size > 0 ? `?${filters.toString()}` : ''}`;
}
