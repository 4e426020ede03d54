'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { broadcastLook } from '#components/broadcast/broadcast-status.tsx';
import { channelNames } from '#components/format/channel.ts';
import { formatNumber } from '#components/format/number.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Select } from '#components/ui/select.tsx';
import { ColumnMenu } from '#components/user-view/column-menu.tsx';
import { hiddenIn } from '#components/user-view/columns.ts';
import { ViewMenu } from '#components/user-view/view-menu.tsx';
import { channelIds } from '#server/channels/channel.ts';
import { broadcastStatuses } from '#server/domain/broadcast/states.ts';
import { MoreFilters } from './list-filters.tsx';
import { broadcastColumns, listHref, listInputFrom } from './list-query.ts';

/** Search, status, channel, sender, author, days and columns, kept in the URL, and views of them; each choice says how many it would show. */
export function BroadcastFilters() {
  const router = useRouter();
  const query = useSearchParams();
  const trpc = useTRPC();
  const { p: _, ps: __, ...filters } = listInputFrom(query);
  const { data: choices } = useQuery(trpc.broadcast.listChoices.queryOptions(filters, { placeholderData: keepPreviousData }));
  const counted = (word: string, found: Array<{ value: string; count: number }> | undefined, value: string) =>
    (choices ? `${word} (${formatNumber(found?.find((choice) => choice.value === value)?.count ?? 0)})` : word);
  return (
    <search className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      <div className="sm:w-72"><SearchBox label="Search broadcasts" placeholder="Search name or text" hrefFor={(search) => listHref(query, { search })} /></div>
      <Select
        aria-label="Status"
        className="sm:w-44"
        value={query.get('status') ?? ''}
        onChange={(event) => router.replace(listHref(query, { status: event.target.value }), { scroll: false })}
      >
        <option value="">All statuses</option>
        {broadcastStatuses.map((status) => <option key={status} value={status}>{counted(broadcastLook[status].word, choices?.statuses, status)}</option>)}
      </Select>
      <Select
        aria-label="Channel"
        className="sm:w-36"
        value={query.get('channel') ?? ''}
        onChange={(event) => router.replace(listHref(query, { channel: event.target.value }), { scroll: false })}
      >
        <option value="">All channels</option>
        {channelIds.map((channel) => <option key={channel} value={channel}>{counted(channelNames[channel], choices?.channels, channel)}</option>)}
      </Select>
      <MoreFilters choices={choices} />
      <div className="flex gap-2 max-sm:[&>*]:flex-1 sm:ml-auto">
        <ViewMenu page="broadcasts" />
        <ColumnMenu columns={broadcastColumns} hidden={hiddenIn(query, broadcastColumns)} hrefFor={(hide) => listHref(query, { hide })} />
      </div>
    </search>
  );
}
