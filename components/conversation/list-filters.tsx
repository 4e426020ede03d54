'use client';

import { ArrowDownWideNarrow, ListFilter } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { channelNames } from '#components/format/channel.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { DropdownMenu, MenuCheckboxItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import { channelIds } from '#server/channels/channel.ts';
import { inboxHref, listInputFrom, show, views, viewWords } from './inbox-query.ts';

/** Which conversations stand in the list, and in what order. */
export function ListFilters() {
  const query = useSearchParams();
  const { view, sort, channel, isUnread } = listInputFrom(query);
  const change = (changes: Record<string, string | null>) => show(inboxHref(query, changes), 'replace');
  const isFiltered = channel !== undefined || isUnread === true;
  return (
    <div className="grid gap-2 border-b px-4 pb-3">
      <SearchBox label="Search conversations" placeholder="Name, number or words" hrefFor={(search) => inboxHref(query, { search })} />
      <div className="flex items-center gap-1">
        <Select aria-label="View" className="flex-1" value={view} onChange={(event) => change({ view: event.target.value === 'open' ? null : event.target.value })}>
          {views.map((each) => <option key={each} value={each}>{viewWords[each]}</option>)}
        </Select>
        <DropdownMenu trigger={<IconButton label={isFiltered ? 'Filter, on' : 'Filter'} icon={<ListFilter aria-hidden className={classNames(isFiltered && 'text-primary')} />} />}>
          <MenuLabel>Channel</MenuLabel>
          <MenuRadioGroup value={channel ?? ''} onValueChange={(value) => change({ channel: value || null })}>
            <MenuRadioItem value="">All channels</MenuRadioItem>
            {channelIds.map((id) => <MenuRadioItem key={id} value={id}>{channelNames[id]}</MenuRadioItem>)}
          </MenuRadioGroup>
          <MenuSeparator />
          <MenuCheckboxItem checked={isUnread === true} onCheckedChange={(checked) => change({ unread: checked === true ? '1' : null })}>Unread only</MenuCheckboxItem>
        </DropdownMenu>
        <DropdownMenu trigger={<IconButton label={sort === 'time_left' ? 'Order: time left' : 'Order: newest'} icon={<ArrowDownWideNarrow aria-hidden className={classNames(sort === 'time_left' && 'text-primary')} />} />}>
          <MenuLabel>Order</MenuLabel>
          <MenuRadioGroup value={sort ?? 'newest'} onValueChange={(value) => change({ sort: value === 'time_left' ? value : null })}>
            <MenuRadioItem value="newest">Newest first</MenuRadioItem>
            <MenuRadioItem value="time_left">Time left: what closes first</MenuRadioItem>
          </MenuRadioGroup>
        </DropdownMenu>
      </div>
    </div>
  );
}
