'use client';

import { Archive, ArchiveRestore, ChevronLeft, Clock, Info, MailOpen, MoreVertical, UserRoundPlus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatPhone } from '#components/format/phone.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { Avatar } from './avatar.tsx';
import { ChannelMark } from './channel-mark.tsx';
import { titleOf } from './title-of.ts';

export type ThreadActs = { close: () => void; reopen: () => void; assign: () => void; snooze: () => void; markUnread: () => void };
type ThreadHeaderProps = { conversation: ConversationView; mayAnswer: boolean; acts: ThreadActs; onBack: () => void; onDetails: () => void };

/** Who it is, and what colleagues can do with it. */
export function ThreadHeader({ conversation, mayAnswer, acts, onBack, onDetails }: ThreadHeaderProps) {
  const { channel, recipient, assignedTo, status, snoozedUntil, contact } = conversation;
  const title = titleOf(conversation);
  const phone = formatPhone(recipient);
  const isClosed = status === 'closed';
  return (
    <header className="flex items-center gap-1 border-b py-2 pr-2 pl-2 md:pl-4">
      <IconButton label="Back to the list" icon={<ChevronLeft aria-hidden />} className="md:hidden" onClick={onBack} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-reading font-semibold">{title}</h2>
        <p className="flex h-4 min-w-0 items-center gap-x-2 overflow-hidden text-caption whitespace-nowrap text-muted-foreground">
          {contact?.optedOut ? <Status family="optOut" look="plain" className="shrink-0 text-caption">Opted out</Status> : null}
          {isClosed ? <span className="shrink-0">Closed</span> : null}
          {status === 'snoozed' && snoozedUntil ? <span className="shrink-0">Until <Time value={snoozedUntil} mode="absolute" /></span> : null}
          <ChannelMark channel={channel} className="shrink-0" />
          {title === phone ? null : <span className="truncate tabular-nums">{phone}</span>}
        </p>
      </div>
      {mayAnswer ? (
        <>
          {assignedTo ? <Button size="sm" variant="ghost" aria-keyshortcuts="a" aria-label={`Assigned to ${assignedTo.name}. Change`} title={assignedTo.name} onClick={acts.assign} className="px-1 max-sm:hidden"><Avatar title={assignedTo.name} className="size-6 text-caption" /></Button>
            : <IconButton size="sm" label="Assign" icon={<UserRoundPlus aria-hidden />} aria-keyshortcuts="a" onClick={acts.assign} className="max-sm:hidden" />}
          <IconButton size="sm" label="Snooze" icon={<Clock aria-hidden />} aria-keyshortcuts="z" onClick={acts.snooze} className="max-sm:hidden" />
          {isClosed ? <IconButton size="sm" label="Open again" icon={<ArchiveRestore aria-hidden />} aria-keyshortcuts="e" onClick={acts.reopen} /> : <Button size="sm" icon={<Archive aria-hidden />} aria-keyshortcuts="e" onClick={acts.close}>Close</Button>}
        </>
      ) : null}
      <DropdownMenu trigger={<IconButton size="sm" label="More" icon={<MoreVertical aria-hidden />} />}>
        {mayAnswer ? <MenuItem icon={<UserRoundPlus aria-hidden />} onSelect={acts.assign}>Assign…</MenuItem> : null}
        {mayAnswer ? <MenuItem icon={<Clock aria-hidden />} onSelect={acts.snooze}>Snooze…</MenuItem> : null}
        {mayAnswer ? <MenuItem icon={<MailOpen aria-hidden />} onSelect={acts.markUnread}>Mark as unread</MenuItem> : null}
        <MenuItem icon={<Info aria-hidden />} onSelect={onDetails} className="xl:hidden">Details</MenuItem>
      </DropdownMenu>
    </header>
  );
}
