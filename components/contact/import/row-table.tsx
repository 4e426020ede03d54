'use client';

import Link from 'next/link';
import { formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { FieldChange, UploadRowView } from '#server/domain/contact-import/schema.ts';
import type { Group } from './query.ts';

/** Rows that go in: who, and what of them changes. */
export function RowTable({ rows, group }: { rows: readonly UploadRowView[]; group: Group }) {
  const hasChanges = group !== 'unchanged';
  return (
    <Table caption="Rows of this group">
      <TableHeader>
        <TableHead isNumeric>Row</TableHead>
        <TableHead>Person</TableHead>
        {hasChanges ? <TableHead>{group === 'created' ? 'Values' : 'Changes'}</TableHead> : null}
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.row}>
            <TableCell isNumeric className="tabular-nums sm:w-16"><span><span className="sm:hidden">Row </span>{formatNumber(row.row)}</span></TableCell>
            <TableCell className="min-w-44">
              <span className="grid">
                <span className="font-medium">{row.contactId ? <Link href={`/contacts/${row.contactId}`} className="underline-offset-3 hover:underline">{nameOf(row)}</Link> : nameOf(row)}</span>
                {row.name && row.phone ? <span className="font-mono text-table font-normal text-muted-foreground">{formatPhone(row.phone)}</span> : null}
                {row.optedOut ? <Status family="optOut" look="plain">Opted out, stays so</Status> : null}
              </span>
            </TableCell>
            {hasChanges ? <TableCell className="max-sm:font-normal"><Changes changes={row.changes} isShort={group === 'created'} /></TableCell> : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const nameOf = ({ name, phone, email }: UploadRowView) => name ?? (phone ? formatPhone(phone) : email ?? 'Nameless');

function Changes({ changes, isShort }: { changes: readonly FieldChange[]; isShort: boolean }) {
  if (changes.length === 0) return <span className="text-muted-foreground">The number only</span>;
  return (
    <ul className={isShort ? 'flex flex-wrap gap-x-4' : 'grid gap-0.5'}>
      {changes.map(({ field, before, after }) => (
        <li key={field} className="break-words">
          <span className="text-muted-foreground">{field}: </span>
          {before === null ? null : <><del className="text-muted-foreground">{before}</del><span className="sr-only"> becomes </span><span aria-hidden className="text-muted-foreground"> → </span></>}
          <ins className="no-underline">{after}</ins>
        </li>
      ))}
    </ul>
  );
}
