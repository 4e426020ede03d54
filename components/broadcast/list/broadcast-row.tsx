import Link from 'next/link';
import { BroadcastMenu } from '#components/broadcast/broadcast-menu.tsx';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { CostSoFar } from '#components/broadcast/cost.tsx';
import { countAll, countDelivered, countTaken } from '#components/broadcast/delivery-states.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPartOf, formatPercent } from '#components/format/percent.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

const channelWord: Record<BroadcastView['channel'], string> = { sms: 'SMS', whatsapp: 'WhatsApp' };

export function BroadcastRow({ broadcast }: { broadcast: BroadcastView }) {
  const isBegun = broadcast.startedAt !== null;
  return (
    <TableRow>
      <TableCell className="max-w-80 max-sm:pr-10">
        <Link href={`/broadcasts/${broadcast.id}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{broadcast.name}</Link>
      </TableCell>
      <TableCell className="max-w-72 max-sm:font-normal">
        <span className="flex min-w-0 flex-col items-start gap-0.5 py-0.5">
          <BroadcastStatus status={broadcast.status} reason={broadcast.statusReason} />
          {broadcast.statusReason ? <span className="text-caption text-pretty text-muted-foreground">{broadcast.statusReason}</span> : null}
        </span>
      </TableCell>
      <TableCell isHiddenOnCard><Badge>{channelWord[broadcast.channel]}</Badge></TableCell>
      <TableCell label="Recipients" className="sm:min-w-36"><Recipients broadcast={broadcast} /></TableCell>
      <TableCell label="Delivered" isNumeric isHiddenOnCard={!isBegun}>{isBegun ? formatPercent(countDelivered(broadcast.counts), broadcast.total) : '–'}</TableCell>
      <TableCell label="Cost" isNumeric isHiddenOnCard={!isBegun}>{isBegun ? <Cost broadcast={broadcast} /> : '–'}</TableCell>
      <TableCell label={timeOf(broadcast).label} className="whitespace-nowrap">
        <span><span className="text-muted-foreground max-sm:sr-only">{timeOf(broadcast).label}</span> <Time value={timeOf(broadcast).value} /></span>
      </TableCell>
      <TableCell className="max-sm:absolute max-sm:top-1.5 max-sm:right-1.5 sm:text-right"><BroadcastMenu broadcast={broadcast} /></TableCell>
    </TableRow>
  );
}

function Recipients({ broadcast }: { broadcast: BroadcastView }) {
  const all = countAll(broadcast.counts);
  if (broadcast.status === 'draft' || broadcast.status === 'scheduled') return <span className="text-muted-foreground">Not sent</span>;
  const isMoving = broadcast.status === 'sending' || broadcast.status === 'paused';
  if (!isMoving) return <span>{formatNumber(broadcast.total)}</span>;
  const taken = countTaken(broadcast.counts);
  return (
    <span className="block w-full min-w-24 max-sm:max-w-40">
      <span className="mb-1 block text-caption text-muted-foreground tabular-nums">{formatPartOf(taken, all)}</span>
      <Progress label={`Progress of ${broadcast.name}`} value={taken} max={all} valueText={formatPartOf(taken, all)} />
    </span>
  );
}

function Cost({ broadcast }: { broadcast: BroadcastView }) {
  return (
    <span className="inline-flex flex-col text-right">
      <CostSoFar figures={broadcast} />
      {broadcast.estimate && broadcast.currency ? <span className="text-caption text-muted-foreground">of est. {formatMoney(broadcast.estimate, broadcast.currency)}</span> : null}
    </span>
  );
}

function timeOf(broadcast: BroadcastView): { label: string; value: string } {
  if (broadcast.finishedAt) return { label: 'Finished', value: broadcast.finishedAt };
  if (broadcast.startedAt) return { label: 'Started', value: broadcast.startedAt };
  if (broadcast.scheduledAt) return { label: 'Starts', value: broadcast.scheduledAt };
  return { label: 'Edited', value: broadcast.updatedAt };
}
