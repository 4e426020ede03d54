import { rowsHref } from '#components/broadcast/delivery-states.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { Definition } from './definition.tsx';
import { Figure, type FigureRow } from './figure.tsx';

const TITLE = 'Time to deliver';
/** Of one bar, in rem. */
const WIDEST = 5;
const words = [['p50', 'Half within'], ['p90', '90% within'], ['p99', '99% within']] as const;
const definition = 'From the moment Twilio took a message until its receipt reached us. Messages without a receipt are not in it. The times are counted in steps, so a percentage lies somewhere within its step.';

type DeliveryTimeProps = { broadcastId: string | null; seconds: ReportView['deliverySeconds']; durations: ReportView['durations'] };

/** How long the way from Twilio's yes to the carrier's receipt was, as a histogram or as a table. */
export function DeliveryTime({ broadcastId, seconds, durations }: DeliveryTimeProps) {
  const rows = rowsOf(broadcastId, durations);
  if (seconds.p50 === null) return <Card title={<>{TITLE} <Definition of={TITLE}>{definition}</Definition></>}><p className="text-body text-muted-foreground">No receipt has come yet.</p></Card>;
  return (
    <Figure
      title={TITLE} fileName="time-to-deliver.csv" definition={definition} table={{ heading: 'Within', counted: 'Messages', shares: ['Of all', 'Together'], rows }}
      summary={`Half of the messages arrived within ${formatDuration(seconds.p50)}, 99% within ${formatDuration(seconds.p99 ?? 0)}.`}
    >
      <dl className="grid grid-cols-3 gap-3">
        {words.map(([name, label]) => (
          <div key={name} className="min-w-0">
            <dt className="text-table text-muted-foreground">{label}</dt>
            <dd className="text-reading font-semibold tabular-nums">{seconds[name] === null ? '–' : formatDuration(seconds[name])}</dd>
          </div>
        ))}
      </dl>
      <Histogram rows={rows} />
    </Figure>
  );
}

/** From the first step that holds something to the last, the empty ones between included. */
function rowsOf(broadcastId: string | null, durations: ReportView['durations']): FigureRow[] {
  const all = durations.reduce((sum, { count }) => sum + count, 0);
  let together = 0;
  const rows = durations.map(({ upTo, count }, index): FigureRow => {
    const from = durations[index - 1]?.upTo ?? 0;
    together += count;
    return {
      name: upTo === null ? `over ${formatDuration(from)}` : from === 0 ? `under ${formatDuration(upTo)}` : `${formatDuration(from)} – ${formatDuration(upTo)}`, count,
      href: rowsHref(broadcastId, { search: upTo === null ? `took:>${from}s` : `took:${from}s-${upTo}s` }), shares: [formatPercent(count, all), formatPercent(together, all)],
    };
  });
  return rows.slice(durations.findIndex(({ count }) => count > 0), durations.findLastIndex(({ count }) => count > 0) + 1);
}

function Histogram({ rows }: { rows: FigureRow[] }) {
  const most = Math.max(...rows.map(({ count }) => count), 1);
  return (
    <div aria-hidden className="mt-4" style={{ maxWidth: `${rows.length * WIDEST}rem` }}>
      <div className="flex h-28 items-end gap-px border-b">
        {rows.map((row) => (
          <div key={row.name} title={`${row.name}: ${formatNumber(row.count)}`} className="min-w-1 flex-1 rounded-t-control bg-chart-1 forced-colors:bg-[Highlight]" style={{ height: `${(row.count / most) * 100}%`, minHeight: row.count > 0 ? 2 : 0 }} />
        ))}
      </div>
      <p className="mt-1 flex justify-between text-caption text-muted-foreground tabular-nums"><span>{rows[0]?.name}</span>{rows.length > 1 ? <span>{rows.at(-1)?.name}</span> : null}</p>
    </div>
  );
}
