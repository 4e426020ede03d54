'use client';

import { BarChart3, Table2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { formatDayLabel, type DayFigure as Figure } from './day-series.ts';

// The chart library is a third of the page's weight, so it comes when a chart is shown, and only in the browser.
const DayChart = dynamic(() => import('./day-chart.tsx'), { ssr: false, loading: () => <Skeleton className="h-[220px]" /> });

type DayFigureProps = { title: string; figure: Figure; /** Chooses what is shown. */ choice?: ReactNode };

/** Days as a chart or as a table, with the sentence that says it all. */
export function DayFigure({ title, figure, choice }: DayFigureProps) {
  const [isTable, setTable] = useState(false);
  const isEmpty = figure.points.every((point) => point.values.every((value) => !value));
  return (
    <Card
      title={title}
      actions={(
        <>
          {choice}
          {isEmpty ? null : <Button size="sm" variant="ghost" icon={isTable ? <BarChart3 aria-hidden /> : <Table2 aria-hidden />} onClick={() => setTable(!isTable)}>{isTable ? 'Chart' : 'Table'}</Button>}
        </>
      )}
    >
      <p className="text-body text-pretty text-muted-foreground">{figure.summary}</p>
      {isEmpty ? null : isTable ? <DayTable title={title} figure={figure} /> : (
        <div aria-hidden className="mt-3">
          <DayChart kind={figure.kind} points={figure.points} series={figure.series} formatAxis={figure.formatAxis} />
          {figure.series.length > 1 ? (
            <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 pl-[52px] text-table text-muted-foreground">
              {figure.series.map((one) => <li key={one.name} className="inline-flex items-center gap-1.5"><span className="size-2 rounded-full" style={{ background: one.color }} />{one.name}</li>)}
            </ul>
          ) : null}
        </div>
      )}
    </Card>
  );
}

function DayTable({ title, figure }: { title: string; figure: Figure }) {
  return (
    <div className="mt-3 max-h-80 overflow-y-auto" tabIndex={0} role="region" aria-label={`${title}, table`}>
      <Table caption={title} density="compact">
        <TableHeader>
          <TableHead>Day (UTC)</TableHead>
          {figure.series.map((one) => <TableHead key={one.name} isNumeric>{one.name}</TableHead>)}
        </TableHeader>
        <TableBody>
          {figure.points.toReversed().map((point) => (
            <TableRow key={point.day}>
              <TableCell>{formatDayLabel(point.day)}</TableCell>
              {figure.series.map((one, index) => <TableCell key={one.name} label={one.name} isNumeric>{point.texts[index]}</TableCell>)}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
