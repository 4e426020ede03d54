'use client';

import { BarChart3, Table2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { paceBins, paceNow, type PaceBin, type PacePoint } from './pace-series.ts';

const PaceChart = dynamic(() => import('./pace-chart.tsx'), { ssr: false, loading: () => <Skeleton className="h-40" /> });
const rate = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** How fast it went in the last minutes, beside how fast it may, as a chart or as a table. */
export function PaceFigure({ points, limitedBy }: { points: readonly PacePoint[]; limitedBy: string | null }) {
  const [isTable, setTable] = useState(false);
  const bins = paceBins(points);
  const hasFigure = bins.length > 1;
  return (
    <Card
      title="Pace"
      actions={hasFigure ? <Button size="sm" variant="ghost" icon={isTable ? <BarChart3 aria-hidden /> : <Table2 aria-hidden />} onClick={() => setTable(!isTable)}>{isTable ? 'Chart' : 'Table'}</Button> : null}
    >
      <p className="text-body text-pretty text-muted-foreground tabular-nums">{summaryOf(points, bins)}{limitedBy ? ` ${limitedBy}` : ''}</p>
      {!hasFigure ? null : isTable ? <PaceTable bins={bins} /> : (
        <div aria-hidden className="mt-3">
          <PaceChart bins={bins} />
          <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 pl-11 text-table text-muted-foreground">
            <li className="inline-flex items-center gap-1.5"><span className="h-0.5 w-4 bg-(--chart-1)" />Messages a second</li>
            <li className="inline-flex items-center gap-1.5"><span className="w-4 border-t-2 border-dashed border-(--chart-2)" />Allowed</li>
          </ul>
        </div>
      )}
    </Card>
  );
}

function summaryOf(points: readonly PacePoint[], bins: PaceBin[]): string {
  const now = paceNow(points);
  if (now === null || bins.length === 0) return 'The chart begins in a few seconds.';
  const allowed = points.at(-1)?.allowed;
  const fastest = Math.max(...bins.map((bin) => bin.rate));
  return `${rate.format(now)} messages a second now${allowed ? `, ${rate.format(allowed)} are allowed` : ''}; at most ${rate.format(fastest)} since this page was opened.`;
}

function PaceTable({ bins }: { bins: PaceBin[] }) {
  return (
    <div className="mt-3 max-h-64 overflow-y-auto" tabIndex={0} role="region" aria-label="Pace, table">
      <Table caption="Messages per second, newest first" density="compact">
        <TableHeader>
          <TableHead>Until</TableHead>
          <TableHead isNumeric>Messages a second</TableHead>
          <TableHead isNumeric>Allowed</TableHead>
        </TableHeader>
        <TableBody>
          {bins.toReversed().map((bin) => (
            <TableRow key={bin.at}>
              <TableCell>{clock.format(bin.at)}</TableCell>
              <TableCell label="Messages a second" isNumeric>{rate.format(bin.rate)}</TableCell>
              <TableCell label="Allowed" isNumeric>{bin.allowed === null ? '–' : rate.format(bin.allowed)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
