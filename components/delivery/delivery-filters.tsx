'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/select.tsx';
import { ColumnMenu } from '#components/user-view/column-menu.tsx';
import { hiddenIn } from '#components/user-view/columns.ts';
import { ViewMenu } from '#components/user-view/view-menu.tsx';
import { logColumns, logHref, logInputFrom } from './log-query.ts';
import { SyntaxHelp } from './syntax-help.tsx';

/** One box for numbers, names and SIDs, and what narrows it; all of it stands in the URL. */
export function DeliveryFilters() {
  const router = useRouter();
  const query = useSearchParams();
  const { status, broadcastId, errorCode } = logInputFrom(query);
  const change = (changes: Record<string, string | null>) => router.replace(logHref(query, changes), { scroll: false });
  return (
    <search className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      <div className="flex items-center gap-1 sm:w-80">
        <div className="min-w-0 flex-1"><SearchBox label="Search messages" placeholder="Number, name, SID or status:failed to:US" hrefFor={(search) => logHref(query, { search })} /></div>
        <SyntaxHelp />
      </div>
      <Select aria-label="State" className="sm:w-40" value={status ?? ''} onChange={(event) => change({ status: event.target.value })}>
        <option value="">All states</option>
        {deliveryLooks.map((look) => <option key={look.state} value={look.state}>{look.word}</option>)}
      </Select>
      <BroadcastSelect value={broadcastId ?? ''} onChange={(id) => change({ broadcastId: id })} />
      {errorCode ? (
        <Button icon={<X aria-hidden />} onClick={() => change({ errorCode: null })} aria-label={`Show all, not only error ${errorCode}`}>Error {errorCode}</Button>
      ) : null}
      <div className="flex gap-2 max-sm:[&>*]:flex-1 sm:ml-auto">
        <ViewMenu page="deliveries" />
        <ColumnMenu columns={logColumns} hidden={hiddenIn(query, logColumns)} hrefFor={(hide) => logHref(query, { hide })} />
      </div>
    </search>
  );
}

/** The latest broadcasts that have messages; one that is older is added when it is the one chosen. */
function BroadcastSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const trpc = useTRPC();
  const { data: latest } = useQuery(trpc.broadcast.list.queryOptions({ ps: 100 }));
  const begun = latest?.data.filter((broadcast) => broadcast.startedAt !== null) ?? [];
  const isListed = value === '' || begun.some((broadcast) => broadcast.id === value);
  const { data: chosen } = useQuery(trpc.broadcast.read.queryOptions({ id: value }, { enabled: latest !== undefined && !isListed }));
  return (
    <Select aria-label="Broadcast" className="sm:w-48" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">All broadcasts</option>
      {isListed ? null : <option value={value}>{chosen?.name ?? 'This broadcast'}</option>}
      {begun.map((broadcast) => <option key={broadcast.id} value={broadcast.id}>{broadcast.name}</option>)}
    </Select>
  );
}
