import { hrefWith, searchIn } from '#components/layout/page-query.ts';
import { channelIds } from '#server/channels/channel.ts';
import type { ListConversationsInput } from '#server/domain/conversation/schema.ts';

type View = NonNullable<ListConversationsInput['view']>;
/** What a phone shows of the three columns. */
export type Screen = 'list' | 'thread' | 'details';

const PATH = '/inbox';
/** Conversations that are asked for at first, and by how many more; the API gives at most 200 in a page. */
export const STEP = 50;
export const MOST = 200;

export const viewWords: Readonly<Record<View, string>> = { open: 'Open', mine: 'Mine', unassigned: 'Unassigned', snoozed: 'Snoozed', closed: 'Closed', all: 'All' };
export const views: readonly View[] = ['open', 'mine', 'unassigned', 'snoozed', 'closed', 'all'];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The conversation that is open: `?c=`. */
export function openIn(query: URLSearchParams): string | null {
  const id = query.get('c');
  return id && uuid.test(id) ? id : null;
}

export function screenIn(query: URLSearchParams): Screen {
  if (!openIn(query)) return 'list';
  return query.get('panel') === 'details' ? 'details' : 'thread';
}

/** The list as its address asks for it. Server and browser read the same. */
export function listInputFrom(query: URLSearchParams, ps: number = STEP): ListConversationsInput {
  const channel = channelIds.find((id) => id === query.get('channel'));
  return {
    view: views.find((view) => view === query.get('view')) ?? 'open', sort: query.get('sort') === 'time_left' ? 'time_left' : 'newest', search: searchIn(query), ps,
    ...(channel ? { channel } : {}), ...(query.get('unread') === '1' ? { isUnread: true } : {}),
  };
}

/** Another list leaves the open conversation where it is. */
export const inboxHref = (query: URLSearchParams, changes: Record<string, string | null>): string => hrefWith(PATH, query, changes);

export const conversationHref = (query: URLSearchParams, id: string | null): string => inboxHref(query, { c: id, panel: null });

/** Changes the address without asking the server for the page again: the browser has, or asks for, what it shows. */
export function show(href: string, how: 'push' | 'replace' = 'push') {
  if (how === 'push') window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
}
