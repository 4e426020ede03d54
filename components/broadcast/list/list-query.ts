import { broadcastStatuses, channelId, type ListBroadcastsInput } from '#server/domain/broadcast/schema.ts';

export const PAGE_SIZE = 25;

/** The list's state as it stands in the URL; what does not fit is left out. Server and browser must read the same. */
export function listInputFrom(query: URLSearchParams): ListBroadcastsInput {
  const page = Number(query.get('p'));
  return {
    search: (query.get('search') ?? '').slice(0, 200).trim(),
    status: broadcastStatuses.find((status) => status === query.get('status')),
    channel: channelId.options.find((channel) => channel === query.get('channel')),
    p: Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 1,
    ps: PAGE_SIZE,
  };
}

/** The same page with something changed; any change but the page's leads back to page 1. */
export function listHref(query: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  if (!('p' in changes)) next.delete('p');
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  return text ? `/broadcasts?${text}` : '/broadcasts';
}
