'use client';

import { Select } from '#components/ui/select.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { ColumnView } from '#server/domain/contact-import/schema.ts';

type Columns = readonly ColumnView[];

const targets = [
  ['phone', 'Phone'], ['firstName', 'First name'], ['lastName', 'Last name'], ['email', 'E-mail'], ['timeZone', 'Time zone'],
  ['consentSource', 'Consent: where from'], ['consentAt', 'Consent: date'], ['tags', 'Tags (commas between them)'], ['optedOut', 'Opted out (yes or no)'],
] as const;

type MappingTableProps = {
  columns: Columns;
  mapping: Record<string, string | null>;
  /** Data of a person in a list needs one. */
  hasList: boolean;
  onChange: (mapping: Record<string, string | null>) => void;
};

/** Which column goes where, with values to recognise it by. */
export function MappingTable({ columns, mapping, hasList, onChange }: MappingTableProps) {
  const current = (column: Columns[number]) => (Object.hasOwn(mapping, column.name) ? mapping[column.name] ?? null : column.mappedTo);
  const set = (column: Columns[number], target: string | null) => {
    // One column for each target: the one that had it is put aside.
    const others = target === null ? [] : columns.filter((other) => other !== column && current(other) === target).map((other) => [other.name, null] as const);
    onChange({ ...mapping, ...Object.fromEntries(others), [column.name]: target });
  };
  return (
    <Table caption="Columns of the file and where they go">
      <TableHeader>
        <TableHead>Column</TableHead>
        <TableHead>Values</TableHead>
        <TableHead>Goes to</TableHead>
      </TableHeader>
      <TableBody>
        {columns.map((column) => (
          <TableRow key={column.name}>
            <TableCell className="max-w-48 font-medium break-words">{column.name}</TableCell>
            <TableCell label="Values" className="max-w-72 text-muted-foreground"><span className="line-clamp-2 break-words">{column.samples.join(' · ') || 'Empty'}</span></TableCell>
            <TableCell className="sm:w-72"><span className="grid w-full"><TargetSelect column={column} value={current(column)} hasList={hasList} onChange={(target) => set(column, target)} />{current(column) === column.mappedTo && column.reason ? <span className="mt-0.5 block text-caption font-normal text-muted-foreground">{column.reason}</span> : null}</span></TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type TargetSelectProps = { column: Columns[number]; value: string | null; hasList: boolean; onChange: (target: string | null) => void };

function TargetSelect({ column, value, hasList, onChange }: TargetSelectProps) {
  const own = ownTargets(column, value, hasList);
  return (
    <Select aria-label={`${column.name} goes to`} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">Nowhere</option>
      <optgroup label="Contact">{targets.map(([target, word]) => <option key={target} value={target}>{word}</option>)}</optgroup>
      <optgroup label="More">{own.map((target) => <option key={target} value={target}>{wordOf(target)}</option>)}</optgroup>
    </Select>
  );
}

/** What this column could be besides a fact of the contact: a field of its own name, or data of the list. */
function ownTargets(column: Columns[number], value: string | null, hasList: boolean): string[] {
  const name = nameFor(column);
  const path = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(column.name) ? column.name : name;
  return [...new Set([`fields.${name}`, ...(hasList ? [`data.${path}`] : []), ...(value?.includes('.') ? [value] : []), ...(column.mappedTo?.startsWith('fields.') ? [column.mappedTo] : [])])];
}

function nameFor(column: Columns[number]): string {
  if (column.mappedTo?.startsWith('fields.')) return column.mappedTo.slice('fields.'.length);
  const words = column.name.normalize('NFKD').split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words.map((word, index) => (index === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1).toLowerCase())).join('').slice(0, 40);
  return /^[a-z]/.test(name) ? name : `column${name}`;
}

const wordOf = (target: string) => (target.startsWith('fields.') ? `Own field: ${target.slice('fields.'.length)}` : `Data in the list: ${target.slice('data.'.length)}`);
