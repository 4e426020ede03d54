'use client';

import { CircleHelp } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Popover } from '#components/ui/popover.tsx';

const lines: ReadonlyArray<[example: string, meaning: string]> = [
  ['+14155550132', 'a number in any usual form'],
  ['0132', 'the last digits of a number'],
  ['Ann Lee', 'a name, or part of it'],
  ['SM0123…', 'a message by Twilio’s SID'],
  ['status:undelivered,failed', 'one state or several'],
  ['code:30007', 'Twilio’s error code'],
  ['reason:opted_out', 'why it was skipped or failed'],
  ['to:US · to:+1415', 'a country, or how the number begins'],
  ['from:+14155550100', 'the sender'],
  ['since:yesterday · until:2026-11-30', 'days of your organisation; also 24h, 7d, 2026-11-01T09:30'],
  ['broadcast:"March promo"', 'a part of the broadcast’s name'],
  ['took:>60s · took:5s-10s', 'time to deliver'],
  ['method:template · method:freeform', 'what a WhatsApp message went out as'],
  ['response:opt_out', 'people who opted out because of it'],
];

/** What the box of the log understands. */
export function SyntaxHelp() {
  return (
    <Popover label="What the search understands" align="start" className="max-w-[min(30rem,var(--radix-popover-content-available-width))]" trigger={<IconButton label="What the search understands" icon={<CircleHelp aria-hidden />} />}>
      <p className="mb-2 font-medium">Put together what you need; all of it must fit.</p>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)]">
        {lines.map(([example, meaning]) => (
          <div key={example} className="contents">
            <dt className="font-mono text-caption sm:leading-5">{example}</dt>
            <dd className="text-muted-foreground max-sm:mb-1">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
