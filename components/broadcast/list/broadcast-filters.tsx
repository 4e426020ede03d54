'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { broadcastLook } from '#components/broadcast/broadcast-status.tsx';
import { channelNames } from '#components/format/channel.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { Select } from '#components/ui/select.tsx';
import { ColumnMenu } from '#components/user-view/column-menu.tsx';
import { hiddenIn } from '#components/user-view/columns.ts';
import { ViewMenu } from '#components/user-view/view-menu.tsx';
import { channelIds } from '#server/channels/channel.ts';
import { broadcastStatuses } from '#server/domain/broadcast/states.ts';
import { broadcastColumns, listHref } from './list-query.ts';

/** Search, status, channel and columns, kept in the URL, and views of them. */
export function BroadcastFilters() {
  const router = useRouter();
  const query = useSearchParams();
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
        {broadcastStatuses.map((status) => <option key={status} value={status}>{broadcastLook[status].word}</option>)}
      </Select>
      <Select
        aria-label="Channel"
        className="sm:w-36"
        value={query.get('channel') ?? ''}
        onChange={(event) => router.replace(listHref(query, { channel: event.target.value }), { scroll: false })}
      >
        <option value="">All channels</option>
        {channelIds.map((channel) => <option key={channel} value={channel}>{channelNames[channel]}</option>)}
      </Select>
      <div className="flex gap-2 max-sm:[&>*]:flex-1 sm:ml-auto">
        <ViewMenu page="broadcasts" />
        <ColumnMenu columns={broadcastColumns} hidden={hiddenIn(query, broadcastColumns)} hrefFor={(hide) => listHref(query, { hide })} />
      </div>
    </search>
  );
}
