'use client';

import { formatNumber } from '#components/format/number.ts';
import { Input } from '#components/ui/input.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { ColumnView, Finding, UploadRowView } from '#server/domain/contact-import/schema.ts';

/** By row and column: the cell as it should have been. */
export type Edits = Record<string, { row: number; column: string; value: string }>;
type RepairGridProps = { rows: readonly UploadRowView[]; columns: readonly ColumnView[]; edits: Edits; isEditable: boolean; onEdit: (edits: Edits) => void };

/** Each problem beside the cell that it stands in. */
export function RepairGrid({ rows, columns, edits, isEditable, onEdit }: RepairGridProps) {
  return (
    <Table caption="Refused rows">
      <TableHeader>
        <TableHead isNumeric>Row</TableHead>
        <TableHead>Column</TableHead>
        <TableHead>Value</TableHead>
        <TableHead>Problem and how to fix it</TableHead>
      </TableHeader>
      <TableBody>
        {rows.flatMap((row) => row.findings.map((finding, index) => (
          <TableRow key={`${row.row}-${index}`}>
            <TableCell isNumeric className="tabular-nums sm:w-16"><span><span className="sm:hidden">Row </span>{formatNumber(row.row)}</span></TableCell>
            <TableCell className="max-w-40 break-words max-sm:font-normal">{finding.column ?? <span className="text-muted-foreground">Whole row</span>}</TableCell>
            <TableCell className="sm:w-64"><Value row={row} finding={finding} columns={columns} edits={edits} isEditable={isEditable} onEdit={onEdit} /></TableCell>
            <TableCell className="max-sm:font-normal"><span className="grid"><span>{finding.problem}</span><span className="text-muted-foreground">{finding.howToFix}</span></span></TableCell>
          </TableRow>
        )))}
      </TableBody>
    </Table>
  );
}

type ValueProps = Omit<RepairGridProps, 'rows'> & { row: UploadRowView; finding: Finding };

function Value({ row, finding, columns, edits, isEditable, onEdit }: ValueProps) {
  const { column } = finding;
  const index = columns.findIndex(({ name }) => name === column);
  if (column === null || index < 0 || !isEditable) return <span className="font-mono break-words max-sm:font-normal">{finding.value || <span className="font-sans text-muted-foreground">Empty</span>}</span>;
  const key = JSON.stringify([row.row, column]);
  const original = row.cells[index] ?? '';
  const change = (value: string) => {
    const { [key]: _, ...others } = edits;
    onEdit(value === original ? others : { ...others, [key]: { row: row.row, column, value } });
  };
  return <Input aria-label={`${column} of row ${row.row}`} autoComplete="off" maxLength={5000} className="font-mono" value={edits[key]?.value ?? original} onChange={(event) => change(event.target.value)} />;
}
