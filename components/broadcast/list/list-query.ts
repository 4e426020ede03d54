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
    p: pageIn(query),
    ps: PAGE_SIZE,
  };
}

/** A channel as an address names it; nothing for what is none. */
export const channelIn = (name: unknown): ChannelId | undefined => channelIds.find((channel) => channel === name);

/** The same page with something changed. */
export const listHref = (query: URLSearchParams, changes: Record<string, string | null>): string => hrefWith('/broadcasts', query, changes);
