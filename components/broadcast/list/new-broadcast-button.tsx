'use client';

import { ChevronDown, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { channelNames } from '#components/format/channel.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { notify } from '#components/ui/notify.ts';
import { channelIds } from '#server/channels/channel.ts';
import { usualChannel, useCreateBroadcast } from './use-create-broadcast.ts';

/** Makes a draft and opens it, without a stop on the way; `n` does the same. Other channels are one press further. Not for those who may only look. */
export function NewBroadcastButton() {
  const { start, startWith, isBusy, error } = useCreateBroadcast();
  const mayWrite = useMayWrite();
  useShortcut('n', 'New broadcast', mayWrite ? start : null);
  useEffect(() => { if (error) notify.error('No draft was made', { description: problemMessage(error) }); }, [error]);
  if (!mayWrite) return null;
  return (
    <span className="inline-flex max-sm:w-full">
      <Button variant="primary" icon={<Plus aria-hidden />} loading={isBusy} onClick={start} className="rounded-r-none max-sm:flex-1">New broadcast</Button>
      <DropdownMenu align="end" trigger={<IconButton variant="primary" label="Other channels" icon={<ChevronDown aria-hidden />} className="rounded-l-none border-l border-l-on-primary/40" />}>
        {channelIds.map((channel) => <MenuItem key={channel} onSelect={() => startWith({ channel })}>{channelNames[channel]}{channel === usualChannel ? <span className="text-muted-foreground"> (the usual)</span> : null}</MenuItem>)}
      </DropdownMenu>
    </span>
  );
}
