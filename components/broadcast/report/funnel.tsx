import { rowsHref } from '#components/broadcast/delivery-states.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { CountLink, Figure, type FigureRow } from './figure.tsx';

type Step = ReportView['funnel'][number];

const meanings: Record<Step['key'], string> = {
  audience: 'everybody who was chosen: those with a message and those left out.',
  handed: 'Twilio took the message and did not give it back.',
  sent: 'it reached the carrier, also when the carrier gave it back later.',
  delivered: 'the carrier confirmed that the phone has it.',
  read: 'the person opened it.',
};

/** From everybody chosen to those who got it, as bars or as a table. */
export function Funnel({ broadcastId, steps }: { broadcastId: string | null; steps: ReportView['funnel'] }) {
  const all = steps[0]?.count ?? 0;
  const rows = steps.map((step, index): FigureRow => ({
    name: step.step, count: step.count, href: rowsHref(broadcastId, step.statuses.length > 0 ? { search: `status:${step.statuses.join(',')}` } : {}),
    shares: [formatPercent(step.count, all), index === 0 ? '–' : formatPercent(step.count, steps[index - 1]?.count ?? 0)],
  }));
  const last = steps.at(-1);
  return (
    <Figure
      title="From the audience to the phones" fileName="funnel.csv" summary={last ? `${last.step} ${formatNumber(last.count)} of ${formatNumber(all)}, ${formatPercent(last.count, all)} of the audience.` : ''}
      definition={<dl className="grid gap-1.5">{steps.map((step) => <div key={step.key}><dt className="inline font-medium">{step.step}: </dt><dd className="inline text-muted-foreground">{meanings[step.key]}</dd></div>)}</dl>}
      table={{ heading: 'Step', counted: 'People', shares: ['Of all', 'Of the step before'], rows }}
    >
      {all === 0 ? <EmptyState headingLevel={3} title="Nobody was chosen" /> : <Bars rows={rows} all={all} />}
    </Figure>
  );
}

function Bars({ rows, all }: { rows: FigureRow[]; all: number }) {
  return (
    <ol className="grid gap-3">
      {rows.map((row, index) => (
        <li key={row.name}>
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-body">
            <span className="font-medium">{row.name}</span>
            <span className="tabular-nums">
              <span className="font-semibold"><CountLink row={row} /></span>
              <span className="text-table text-muted-foreground">{index === 0 ? '' : ` · ${row.shares[0]} of all, ${row.shares[1]} of the step before`}</span>
            </span>
          </p>
          <div aria-hidden className="mt-1 h-5 overflow-hidden rounded-control bg-hover forced-colors:border">
            <div className="h-full rounded-control bg-chart-1 forced-colors:bg-[Highlight]" style={{ width: `${(row.count / all) * 100}%`, minWidth: row.count > 0 ? 2 : 0 }} />
          </div>
        </li>
      ))}
    </ol>
  );
}
