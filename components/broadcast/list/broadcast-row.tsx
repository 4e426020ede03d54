import Link from 'next/link';
import { BroadcastMenu } from '#components/broadcast/broadcast-menu.tsx';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { CostSoFar } from '#components/broadcast/cost.tsx';
import { countAll, countDelivered, countRecipients, countTaken, deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { FinishTime } from '#components/broadcast/finish-time.tsx';
import { channelNames } from '#components/format/channel.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPartOf, formatPercent } from '#components/format/percent.ts';
import { Progress } from '#components/ui/progress.tsx';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { BroadcastColumn } from './list-query.ts';

export function BroadcastRow({ broadcast, hidden }: { broadcast: BroadcastView; hidden: ReadonlySet<BroadcastColumn> }) {
  const isBegun = broadcast.startedAt !== null;
  const why = broadcast.statusReason ?? broadcast.limitedBy;
  return (
    <TableRow>
      <TableCell className="max-w-64 max-sm:max-w-none max-sm:pr-10">
        <Link href={`/broadcasts/${broadcast.id}`} data-broadcast={broadcast.id} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{broadcast.name}</Link>
        <span className="block text-caption font-normal text-muted-foreground">{channelNames[broadcast.channel]}</span>
      </TableCell>
      {hidden.has('status') ? null : (
        <TableCell className="max-w-72 max-sm:font-normal">
          <span className="flex min-w-0 flex-col items-start gap-0.5 py-0.5">
            <BroadcastStatus status={broadcast.status} waitsFor={broadcast.waitsFor} reason={broadcast.statusReason ?? (isStanding(broadcast) ? broadcast.limitedBy : null)} />
            {why ? <span className="line-clamp-3 text-caption text-pretty text-muted-foreground" title={why}>{why}</span> : null}
          </span>
        </TableCell>
      )}
      {hidden.has('recipients') ? null : <TableCell label="Recipients" className="sm:min-w-36"><Recipients broadcast={broadcast} /></TableCell>}
      {hidden.has('delivered') ? null : <TableCell label="Delivered" isNumeric isHiddenOnCard={!isBegun}>{isBegun ? formatPercent(countDelivered(broadcast.counts), countRecipients(broadcast.counts)) : '–'}</TableCell>}
      {hidden.has('failed') ? null : <TableCell label="Failed" isNumeric isHiddenOnCard={countFailed(broadcast) === 0}>{isBegun ? <Failed broadcast={broadcast} /> : '–'}</TableCell>}
      {hidden.has('cost') ? null : <TableCell label="Cost" isNumeric isHiddenOnCard={!isBegun}>{isBegun ? <Cost broadcast={broadcast} /> : '–'}</TableCell>}
      {hidden.has('time') ? null : (
        <TableCell label={isUnderWay(broadcast) ? 'Finish' : timeOf(broadcast).label} className="whitespace-nowrap">
          <WhenOf broadcast={broadcast} />
        </TableCell>
      )}
      <TableCell className="max-sm:absolute max-sm:top-1.5 max-sm:right-1.5 sm:text-right"><BroadcastMenu broadcast={broadcast} /></TableCell>
    </TableRow>
  );
}

function Recipients({ broadcast }: { broadcast: BroadcastView }) {
  const all = countAll(broadcast.counts);
  if (broadcast.status === 'draft' || broadcast.status === 'scheduled') return <span className="text-muted-foreground">Not sent</span>;
  const isMoving = broadcast.status === 'sending' || broadcast.status === 'paused';
  if (!isMoving) return <span>{formatNumber(countRecipients(broadcast.counts))}</span>;
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

const countFailed = ({ counts }: BroadcastView) => counts.failed + counts.undelivered;
const isUnderWay = ({ status, secondsLeft }: BroadcastView) => status === 'sending' && secondsLeft !== null;

/** It stands still for a reason of its own, and is not only slow. */
const isStanding = ({ limit }: BroadcastView) => limit !== null && limit !== 'pace' && limit !== 'receipts';

/** Of those that Twilio took or refused. */
function Failed({ broadcast }: { broadcast: BroadcastView }) {
  const tried = countTaken(broadcast.counts) - broadcast.counts.skipped - broadcast.counts.cancelled;
  const failed = countFailed(broadcast);
  if (tried === 0 || failed === 0) return <span className="text-muted-foreground">{tried === 0 ? '–' : '0%'}</span>;
  return <Link href={deliveriesHref(broadcast.id, { search: 'status:failed,undelivered' })} className="underline-offset-3 hover:underline" aria-label={`${formatPercent(failed, tried)} failed: ${formatPartOf(failed, tried)}`}>{formatPercent(failed, tried)}</Link>;
}

/** While it sends: how long still, and until when. */
function WhenOf({ broadcast }: { broadcast: BroadcastView }) {
  if (isUnderWay(broadcast)) return <FinishTime seconds={broadcast.secondsLeft ?? 0} isStacked />;
  const { label, value } = timeOf(broadcast);
  return <span><span className="text-muted-foreground max-sm:sr-only">{label}</span> <Time value={value} /></span>;
}

function timeOf(broadcast: BroadcastView): { label: string; value: string } {
  if (broadcast.finishedAt) return { label: 'Finished', value: broadcast.finishedAt };
  if (broadcast.startedAt) return { label: 'Started', value: broadcast.startedAt };
  if (broadcast.scheduledAt) return { label: 'Starts', value: broadcast.scheduledAt };
  return { label: 'Edited', value: broadcast.updatedAt };
}
