import Link from 'next/link';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { countAll, countTaken } from '#components/broadcast/delivery-states.ts';
import { formatPartOf, formatPercent } from '#components/format/percent.ts';
import { Card } from '#components/ui/card.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

/** How far each of them is. Nothing while nothing goes on. */
export function ActiveBroadcasts({ broadcasts }: { broadcasts: BroadcastView[] }) {
  if (broadcasts.length === 0) return null;
  return (
    <Card title="Going on now" isFlush actions={<Link href="/broadcasts" className="text-table text-link underline underline-offset-3">All broadcasts</Link>}>
      <ul className="divide-y max-sm:-m-2">
        {broadcasts.map((broadcast) => (
          <li key={broadcast.id} className="relative grid gap-x-6 gap-y-2 px-4 py-3 hover:bg-surface sm:grid-cols-[minmax(0,1fr)_8rem_16rem] sm:items-center">
            <Link
              href={`/broadcasts/${broadcast.id}`}
              className="min-w-0 truncate text-body font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
            >
              {broadcast.name}
            </Link>
            <span><BroadcastStatus status={broadcast.status} waitsFor={broadcast.waitsFor} reason={broadcast.statusReason} /></span>
            <HowFar broadcast={broadcast} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function HowFar({ broadcast }: { broadcast: BroadcastView }) {
  if (broadcast.status === 'scheduled') return <p className="text-table text-muted-foreground">{broadcast.scheduledAt ? <>Starts <Time value={broadcast.scheduledAt} /></> : 'Not begun'}</p>;
  const all = countAll(broadcast.counts);
  const taken = countTaken(broadcast.counts);
  if (all === 0) return <p className="text-table text-muted-foreground">Nothing handed over yet</p>;
  return (
    <div className="min-w-0">
      <p className="mb-1 flex justify-between gap-3 text-table tabular-nums"><span className="font-medium">{formatPercent(taken, all)}</span><span className="text-muted-foreground">{formatPartOf(taken, all)}</span></p>
      <Progress label={`Progress of ${broadcast.name}`} value={taken} max={all} valueText={formatPartOf(taken, all)} />
    </div>
  );
}
