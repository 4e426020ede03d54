'use client';

import type { MouseEvent } from 'react';
import { formatUnitPrice } from '#components/format/money.ts';
import { formatPhone } from '#components/format/phone.ts';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeliveryLogRow } from '#server/domain/delivery/schema.ts';
import { DeliveryStatus } from './delivery-status.tsx';

type DeliveryRowProps = { delivery: DeliveryLogRow; href: string; isOpen: boolean; onOpen: (href: string) => void };

/** The link that opened a panel gets the focus back when the panel closes. */
export const rowLinkId = (id: string) => `message-${id}`;

/** One message; the whole row opens its panel. */
export function DeliveryRow({ delivery, href, isOpen, onOpen }: DeliveryRowProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(href);
  };
  return (
    <TableRow isSelected={isOpen} className="relative">
      <TableCell className="whitespace-nowrap">
        <a
          id={rowLinkId(delivery.id)} href={href} onClick={open} aria-haspopup="dialog"
          className="font-medium tabular-nums after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          {formatPhone(delivery.recipient)}
        </a>
      </TableCell>
      <TableCell label="Name" className="sm:max-w-44 sm:truncate" isHiddenOnCard={!delivery.contactName}>{delivery.contactName ? <span className="min-w-0 max-sm:wrap-anywhere">{delivery.contactName}</span> : <span className="text-muted-foreground">–</span>}</TableCell>
      <TableCell label="State" className="sm:max-w-72">
        <span className="flex min-w-0 flex-col items-start max-sm:items-end">
          <DeliveryStatus status={delivery.status} look="plain" />
          {delivery.errorReason ? <span className="max-w-full truncate text-caption text-muted-foreground">{delivery.errorReason}</span> : null}
        </span>
      </TableCell>
      <TableCell label="Broadcast" className="sm:max-w-52"><span className="block min-w-0 truncate">{delivery.broadcastName}</span></TableCell>
      <TableCell isNumeric isHiddenOnCard>{delivery.segments ?? '–'}</TableCell>
      <TableCell isNumeric isHiddenOnCard className="whitespace-nowrap">{delivery.cost ? formatUnitPrice(delivery.cost.value, delivery.cost.unit) : <span className="text-muted-foreground">–</span>}</TableCell>
      <TableCell label="Time" className="whitespace-nowrap"><Time value={delivery.at} /></TableCell>
    </TableRow>
  );
}
