import { formatNumber } from '#components/format/number.ts';
import { classNames } from '#components/ui/class-names.ts';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import type { CountsByStatus } from '#server/domain/broadcast/schema.ts';
import { countAll, deliveryLooks, rowsHref } from './delivery-states.ts';

/** How many stand where, from one snapshot. Every number leads to its people; together they are everybody. */
export function DeliveryCounts({ broadcastId, counts }: { broadcastId: string | null; counts: CountsByStatus }) {
  const shown = deliveryLooks.filter((look) => look.state !== 'read' || counts.read > 0);
  return (
    <StatGroup className="sm:grid-cols-5">
      {shown.map((look) => (
        <StatTile
          key={look.state}
          size="compact"
          label={look.word}
          hint={look.meaning}
          href={rowsHref(broadcastId, { status: look.state }) ?? undefined}
          value={<span className={classNames(counts[look.state] === 0 && 'font-normal text-muted-foreground')}>{formatNumber(counts[look.state])}</span>}
        />
      ))}
      <StatTile size="compact" label="Together" value={formatNumber(countAll(counts))} hint={broadcastId === null ? 'All messages' : 'All in the delivery log'} href={rowsHref(broadcastId) ?? undefined} />
    </StatGroup>
  );
}
