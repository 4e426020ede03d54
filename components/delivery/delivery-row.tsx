'use client';

import type { MouseEvent } from 'react';
import { methodNames } from '#components/format/channel.ts';
import { formatUnitPrice } from '#components/format/money.ts';
import { formatPhone } from '#components/format/phone.ts';
import { classNames } from '#components/ui/class-names.ts';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeliveryLogRow } from '#server/domain/delivery/schema.ts';
import { DeliveryStatus } from './delivery-status.tsx';
import type { LogColumn } from './log-query.ts';

type DeliveryRowProps = { delivery: DeliveryLogRow; hidden: ReadonlySet<LogColumn>; href: string; isOpen: boolean; onOpen: (href: string) => void };

/** The link that opened a panel gets the focus back when the panel closes. */
export const rowLinkId = (id: string) => `message-${id}`;

/** On a phone a row is a card of three lines, without words before the values: number and time, name and state, broadcast. */
const besides = 'max-sm:text-table max-sm:font-normal max-sm:text-muted-foreground';

/** One message; the whole row opens its panel. */
export function DeliveryRow({ delivery, hidden, href, isOpen, onOpen }: DeliveryRowProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(href);
  };
  return (
    <TableRow isSelected={isOpen} className="relative max-sm:grid-cols-[minmax(0,1fr)_minmax(0,auto)] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:px-3 max-sm:py-2.5">
      <TableCell className="whitespace-nowrap max-sm:row-start-1">
        <a
          id={rowLinkId(delivery.id)} href={href} onClick={open} aria-haspopup="dialog"
          className="font-medium tabular-nums after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          {formatPhone(delivery.recipient)}
        </a>
      </TableCell>
      {hidden.has('name') ? null : <TableCell className={classNames(besides, 'max-sm:row-start-2 sm:max-w-44 sm:truncate')} isHiddenOnCard={!delivery.contactName}>{delivery.contactName ? <span className="min-w-0 max-sm:truncate">{delivery.contactName}</span> : <span className="text-muted-foreground">–</span>}</TableCell>}
      {hidden.has('state') ? null : (
        <TableCell className="max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-2 max-sm:justify-end max-sm:font-normal sm:max-w-72">
          <span className="flex min-w-0 flex-col items-start max-sm:items-end">
            <DeliveryStatus status={delivery.status} look="plain" />
            {delivery.errorReason ?? delivery.waits ? <span className="max-w-full truncate text-caption text-muted-foreground" title={delivery.errorReason ?? delivery.waits ?? undefined}>{delivery.errorReason ?? delivery.waits}</span> : null}
          </span>
        </TableCell>
      )}
      {hidden.has('broadcast') ? null : <TableCell className={classNames(besides, 'max-sm:row-start-3 sm:max-w-44')}><span className="block min-w-0 truncate">{delivery.broadcastName}</span></TableCell>}
      {hidden.has('method') ? null : <TableCell isHiddenOnCard className="whitespace-nowrap">{delivery.method ? methodNames[delivery.method] : <span className="text-muted-foreground">–</span>}</TableCell>}
      {hidden.has('segments') ? null : <TableCell isNumeric isHiddenOnCard>{delivery.segments ?? '–'}</TableCell>}
      {hidden.has('cost') ? null : <TableCell isNumeric isHiddenOnCard className="whitespace-nowrap">{delivery.cost ? formatUnitPrice(delivery.cost.value, delivery.cost.unit) : <span className="text-muted-foreground">–</span>}</TableCell>}
      {hidden.has('time') ? null : <TableCell className={classNames(besides, 'whitespace-nowrap max-sm:col-start-2 max-sm:row-start-1 max-sm:justify-end')}><Time value={delivery.at} /></TableCell>}
    </TableRow>
  );
}
