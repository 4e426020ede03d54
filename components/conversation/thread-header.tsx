'use client';

import { Archive, ArchiveRestore, ChevronLeft, Clock, Info, MailOpen, MoreVertical, UserRoundPlus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatPhone } from '#components/format/phone.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { ChannelMark } from './channel-mark.tsx';
import { titleOf } from './title-of.ts';

export type ThreadActs = { close: () => void; reopen: () => void; assign: () => void; snooze: () => void; markUnread: () => void };
type ThreadHeaderProps = { conversation: ConversationView; mayAnswer: boolean; acts: ThreadActs; onBack: () => void; onDetails: () => void };

/** Who it is, and what colleagues can do with it. */
export function ThreadHeader({ conversation, mayAnswer, acts, onBack, onDetails }: ThreadHeaderProps) {
  const { channel, sender, recipient, assignedTo, status, snoozedUntil, contact } = conversation;
  const title = titleOf(conversation);
  const phone = formatPhone(recipient);
  const isClosed = status === 'closed';
  return (
    <header className="flex items-center gap-1 border-b py-2 pr-2 pl-2 md:pl-4">
      <IconButton label="Back to the list" icon={<ChevronLeft aria-hidden />} className="md:hidden" onClick={onBack} />
      <div className="min-w-0 flex-1">
        <h2 className="flex min-w-0 items-center gap-2 text-reading font-semibold"><span className="truncate">{title}</span>{contact?.optedOut ? <Status family="optOut">Opted out</Status> : null}</h2>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-caption text-muted-foreground">
          <ChannelMark channel={channel} />
          {title === phone ? null : <span className="tabular-nums">{phone}</span>}
          <span className="hidden tabular-nums sm:inline">to {formatPhone(sender)}</span>
          {status === 'snoozed' && snoozedUntil ? <span>Snoozed until <Time value={snoozedUntil} mode="absolute" /></span> : null}
          {isClosed ? <span>Closed</span> : null}
        </p>
      </div>
      {mayAnswer ? (
        <>
          <Button size="sm" variant="ghost" icon={<UserRoundPlus aria-hidden />} aria-keyshortcuts="a" aria-label={assignedTo ? `Assigned to ${assignedTo.name}. Change` : 'Assign'} onClick={acts.assign} className="hidden max-w-40 sm:inline-flex"><span className="truncate">{assignedTo?.name ?? 'Assign'}</span></Button>
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
