import { hrefWith, pageIn, searchIn } from '#components/layout/page-query.ts';
import { channelIds, type ChannelId } from '#server/channels/channel.ts';
import type { ListBroadcastsInput } from '#server/domain/broadcast/schema.ts';
import { broadcastStatuses } from '#server/domain/broadcast/states.ts';

export const PAGE_SIZE = 25;

/** Besides the name, which is always there. */
export const broadcastColumns = [
  { key: 'status', label: 'Status' }, { key: 'recipients', label: 'Recipients' }, { key: 'delivered', label: 'Delivered' }, { key: 'failed', label: 'Failed' }, { key: 'cost', label: 'Cost so far' }, { key: 'time', label: 'Time' },
] as const;
export type BroadcastColumn = (typeof broadcastColumns)[number]['key'];

/** The list's state as it stands in the URL; what does not fit is left out. Server and browser must read the same. */
export function listInputFrom(query: URLSearchParams): ListBroadcastsInput {
  return {
    search: searchIn(query),
    status: broadcastStatuses.find((status) => status === query.get('status')),
    channel: channelIn(query.get('channel')),
    sender: (query.get('sender') ?? '').trim().slice(0, 40) || undefined,
    author: uuidIn(query.get('author')),
    from: dayIn(query.get('from')),
    to: dayIn(query.get('to')),
    p: pageIn(query),
    ps: PAGE_SIZE,
  };
}

/** A channel as an address names it; nothing for what is none. */
export const channelIn = (name: unknown): ChannelId | undefined => channelIds.find((channel) => channel === name);

const uuidIn = (text: string | null) => (text && /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(text) ? text : undefined);

/** A day that exists, from the year 2000 on. */
export function dayIn(text: string | null): string | undefined {
  if (!text || !/^2\d{3}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : undefined;
}

/** The same page with something changed. */
export const listHref = (query: URLSearchParams, changes: Record<string, string | null>): string => hrefWith('/broadcasts', query, changes);
