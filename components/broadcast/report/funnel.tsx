'use client';

import { BarChartHorizontal, Table2 } from 'lucide-react';
import { useState } from 'react';
import { formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';

type Step = ReportView['funnel'][number] & { ofPrevious: string; ofAll: string; share: number };

/** From everybody chosen to those who got it, as bars or as a table. */
export function Funnel({ steps }: { steps: ReportView['funnel'] }) {
  const [isTable, setTable] = useState(false);
  const rows = withShares(steps);
  const first = rows[0];
  const last = rows.at(-1);
  return (
    <Card
      title="From the audience to the phones"
      description={first && last ? `${formatNumber(last.count)} of ${formatNumber(first.count)}: ${last.step.toLowerCase()}.` : undefined}
      actions={<Button size="sm" variant="ghost" aria-pressed={isTable} icon={isTable ? <BarChartHorizontal aria-hidden /> : <Table2 aria-hidden />} onClick={() => setTable(!isTable)}>{isTable ? 'Bars' : 'Table'}</Button>}
    >
      {!first || first.count === 0 ? <EmptyState headingLevel={3} title="Nobody was chosen" /> : isTable ? <FunnelTable rows={rows} /> : <FunnelBars rows={rows} />}
    </Card>
  );
}

function withShares(steps: ReportView['funnel']): Step[] {
  const all = steps[0]?.count ?? 0;
  return steps.map((step, index) => ({
    ...step,
    ofPrevious: index === 0 ? '–' : formatPercent(step.count, steps[index - 1]?.count ?? 0),
    ofAll: formatPercent(step.count, all),
    share: all > 0 ? step.count / all : 0,
  }));
}

function FunnelBars({ rows }: { rows: Step[] }) {
  return (
    <ol className="grid gap-3">
      {rows.map((row, index) => (
        <li key={row.step}>
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-body">
            <span className="font-medium">{row.step}</span>
            <span className="tabular-nums">
              <span className="font-semibold">{formatNumber(row.count)}</span>
              <span className="text-table text-muted-foreground">{index === 0 ? '' : ` · ${row.ofAll} of all, ${row.ofPrevious} of the step before`}</span>
            </span>
          </p>
          <div aria-hidden className="mt-1 h-5 overflow-hidden rounded-control bg-hover forced-colors:border">
            <div className="h-full rounded-control bg-chart-1 forced-colors:bg-[Highlight]" style={{ width: `${row.share * 100}%`, minWidth: row.count > 0 ? 2 : 0 }} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function FunnelTable({ rows }: { rows: Step[] }) {
  return (
    <Table caption="From the audience to the phones">
      <TableHeader>
        <TableHead>Step</TableHead>
        <TableHead isNumeric>People</TableHead>
        <TableHead isNumeric>Of all</TableHead>
        <TableHead isNumeric>Of the step before</TableHead>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.step}>
            <TableCell>{row.step}</TableCell>
            <TableCell label="People" isNumeric>{formatNumber(row.count)}</TableCell>
            <TableCell label="Of all" isNumeric>{row.ofAll}</TableCell>
            <TableCell label="Of the step before" isNumeric>{row.ofPrevious}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
