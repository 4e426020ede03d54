'use client';

import { BarChartHorizontal, Download, Table2 } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { formatNumber } from '#components/format/number.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Definition } from './definition.tsx';
import { csvOf, saveText } from './save-text.ts';

/** A row of the table twin: its name, the count with the link to its messages, and what else stands beside it. */
export type FigureRow = { name: string; count: number; href: string | null; shares: string[] };
export type FigureTable = { heading: string; counted: string; shares: string[]; rows: FigureRow[] };

type FigureProps = {
  title: string; definition: ReactNode; /** The figure in one sentence. */ summary: string;
  table: FigureTable; fileName: string; /** The picture; the table says the same. */ children: ReactNode; footer?: ReactNode;
};

/** A chart with its sentence, its table and its file. */
export function Figure({ title, definition, summary, table, fileName, children, footer }: FigureProps) {
  const [isTable, setTable] = useState(false);
  const save = () => saveText(fileName, csvOf([[table.heading, table.counted, ...table.shares], ...table.rows.map((row) => [row.name, String(row.count), ...row.shares])]));
  return (
    <Card
      title={<>{title} <Definition of={title}>{definition}</Definition></>}
      description={summary}
      actions={(
        <>
          <Button size="sm" variant="ghost" icon={isTable ? <BarChartHorizontal aria-hidden /> : <Table2 aria-hidden />} onClick={() => setTable(!isTable)}>{isTable ? 'Chart' : 'Table'}<span className="sr-only">: {title}</span></Button>
          <Button size="sm" variant="ghost" icon={<Download aria-hidden />} onClick={save}>CSV<span className="sr-only">: {title}</span></Button>
        </>
      )}
      footer={footer}
    >
      {isTable ? <FigureTwin title={title} table={table} /> : children}
    </Card>
  );
}

function FigureTwin({ title, table }: { title: string; table: FigureTable }) {
  return (
    <Table caption={title} density="compact">
      <TableHeader>
        <TableHead>{table.heading}</TableHead>
        <TableHead isNumeric>{table.counted}</TableHead>
        {table.shares.map((share) => <TableHead key={share} isNumeric>{share}</TableHead>)}
      </TableHeader>
      <TableBody>
        {table.rows.map((row) => (
          <TableRow key={row.name}>
            <TableCell>{row.name}</TableCell>
            <TableCell label={table.counted} isNumeric><CountLink row={row} /></TableCell>
            {row.shares.map((share, index) => <TableCell key={table.shares[index]} label={table.shares[index]} isNumeric>{share}</TableCell>)}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** A number that leads to its messages. */
export function CountLink({ row }: { row: Pick<FigureRow, 'name' | 'count' | 'href'> }) {
  if (!row.href || row.count === 0) return <>{formatNumber(row.count)}</>;
  return <Link href={row.href} className="text-link underline underline-offset-3 pointer-coarse:py-3">{formatNumber(row.count)}<span className="sr-only">: {row.name}, show them</span></Link>;
}
