'use client';

import { Download } from 'lucide-react';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { ImportResult } from '#server/domain/contact-import/schema.ts';
import { download } from './download.ts';

const SHOWN = 50;

/** The four groups, and what is wrong with the refused. */
export function CheckResult({ result, fileName }: { result: ImportResult; fileName: string }) {
  return (
    <div className="grid gap-4">
      <StatGroup>
        <StatTile size="compact" label="New" value={formatNumber(result.created)} />
        <StatTile size="compact" label="Updated" value={formatNumber(result.updated)} hint="Empty cells erase nothing." />
        <StatTile size="compact" label="Unchanged" value={formatNumber(result.unchanged)} />
        <StatTile size="compact" label="Refused" value={formatNumber(result.refused)} hint={result.duplicates > 0 ? `${formatNumber(result.duplicates)} because a later row has the same number.` : undefined} />
      </StatGroup>
      {result.optedOut > 0 ? (
        <Alert family="optOut" title={`${formatCount(result.optedOut, 'person has', 'people have')} opted out and stay so`}>An import never brings anybody back. Broadcasts skip them.</Alert>
      ) : null}
      {result.refused > 0 ? <Refused result={result} fileName={fileName} /> : null}
    </div>
  );
}

function Refused({ result, fileName }: { result: ImportResult; fileName: string }) {
  const shown = result.refusedRows.slice(0, SHOWN);
  const more = result.refused - shown.length;
  const { errorCsv } = result;
  const save = () => { if (errorCsv) download(`${fileName.replace(/\.\w+$/, '')}-refused.csv`, errorCsv); };
  return (
    <Card
      isFlush
      title="Refused rows"
      description="They are left out; the others can go in. Correct the error file and import it by itself."
      actions={errorCsv ? <Button size="sm" icon={<Download aria-hidden />} onClick={save}>Download error file</Button> : undefined}
      footer={more > 0 ? `And ${formatNumber(more)} more in the error file.` : undefined}
    >
      <Table caption="Refused rows">
        <TableHeader>
          <TableHead isNumeric>Row</TableHead>
          <TableHead>Value</TableHead>
          <TableHead>Problem</TableHead>
          <TableHead>How to fix it</TableHead>
        </TableHeader>
        <TableBody>
          {shown.map((row) => (
            <TableRow key={row.row}>
              <TableCell isNumeric className="tabular-nums"><span><span className="sm:hidden">Row </span>{formatNumber(row.row)}</span></TableCell>
              <TableCell className="max-w-48 font-mono break-words max-sm:font-normal">{row.value || <span className="font-sans text-muted-foreground">Empty</span>}</TableCell>
              <TableCell className="max-sm:font-normal">{row.problem}</TableCell>
              <TableCell className="text-muted-foreground max-sm:font-normal">{row.howToFix}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
