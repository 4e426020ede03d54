'use client';

import { useEffect, useRef } from 'react';
import { ApprovedBy } from '#components/broadcast/approved-by.tsx';
import { BroadcastMenu } from '#components/broadcast/broadcast-menu.tsx';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { BudgetNotices } from '#components/broadcast/budget-notices.tsx';
import { CostSoFar } from '#components/broadcast/cost.tsx';
import { DeliveryCounts } from '#components/broadcast/delivery-counts.tsx';
import { countAll, countTaken, deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { FinishTime } from '#components/broadcast/finish-time.tsx';
import { useDuplicate } from '#components/broadcast/use-duplicate.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPartOf, formatPercent } from '#components/format/percent.ts';
import { announce } from '#components/layout/announcer.tsx';
import { LiveChip } from '#components/layout/live-chip.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { SegmentedProgress } from '#components/ui/progress.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BroadcastView, ProgressView } from '#server/domain/broadcast/schema.ts';
import { HoldNotice } from './hold-notice.tsx';
import { PaceFigure } from './pace-figure.tsx';
import { PaceMeter } from './pace-meter.tsx';
import { paceNow, type PacePoint } from './pace-series.ts';
import { isOwnBudget, PauseNotice } from './pause-notice.tsx';
import { SendControls } from './send-controls.tsx';
import { usePacePoints } from './use-pace.ts';
import { useProgress } from './use-progress.ts';

/** A broadcast on its way: counts that add up, pace and what limits it, cost, hold, pause and stop. */
export function Live({ broadcast }: { broadcast: BroadcastView }) {
  const { progress, live } = useProgress(broadcast);
  const points = usePacePoints(progress);
  const duplicate = useDuplicate();
  useShortcut('d', 'Duplicate', () => { if (!duplicate.isPending) duplicate.mutate({ id: broadcast.id }); });
  const counts = progress?.counts ?? broadcast.counts;
  const status = progress?.status ?? broadcast.status;
  const reason = progress ? progress.statusReason : broadcast.statusReason;
  const hold = status === 'sending' && progress?.holdUntil ? { until: progress.holdUntil, asOf: progress.asOf } : null;
  const all = countAll(counts);
  const taken = countTaken(counts);
  const gone = taken - counts.skipped - counts.cancelled;
  const obstacle = progress && status === 'sending' ? obstacleOf(progress) : null;
  useTitle(broadcast.name, hold ? 'Held' : status === 'paused' ? `Paused at ${formatPercent(taken, all)}` : formatPercent(taken, all));
  useSpokenProgress(status, taken, all);

  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Broadcasts', href: '/broadcasts' }]}
        title={broadcast.name}
        description={broadcast.approval ? <ApprovedBy approval={broadcast.approval} /> : undefined}
        status={<><BroadcastStatus status={status} waitsFor={broadcast.waitsFor} reason={reason ?? obstacle?.detail ?? (hold ? 'Held' : null)} /><LiveChip state={live} age={progress ? <Time value={progress.asOf} /> : null} /></>}
        actions={<SendControls broadcast={broadcast} status={status} isHeld={hold !== null} waiting={counts.queued} gone={gone}><BroadcastMenu broadcast={broadcast} /></SendControls>}
      />
      <div className="grid gap-4">
        {hold ? <HoldNotice key={hold.until} id={broadcast.id} {...hold} /> : null}
        {status === 'paused' ? <PauseNotice broadcast={broadcast} reason={reason} counts={counts} /> : reason ? <Alert family="warning" isLive title="Waiting">{reason}</Alert> : null}
        {obstacle ? <Alert family="warning" isLive title={obstacle.title}>{obstacle.detail}</Alert> : null}
        <BudgetNotices id={broadcast.id} isMoving={status === 'sending'} isOwnHidden={status === 'paused' && isOwnBudget(reason)} />
        <Summary broadcast={broadcast} progress={progress} counts={counts} status={status} points={points} />
        <section aria-label="Counts"><DeliveryCounts broadcastId={broadcast.id} counts={counts} /></section>
        {status === 'sending' && !hold ? <PaceFigure points={points} limitedBy={obstacle ? null : progress?.limitedBy ?? null} /> : null}
      </div>
    </>
  );
}

const obstacles: Partial<Record<NonNullable<ProgressView['limit']>, string>> = {
  worker: 'Messages are waiting', halt: 'Twilio is not answering', callbacks: 'No receipts come in', hours: 'Waiting for the right hour', tier: 'Waiting for room in the daily limit', retry: 'Waiting to try again',
};

/** What keeps it from moving, as opposed to what sets its pace. */
function obstacleOf({ limit, limitedBy }: ProgressView) {
  const title = limit && obstacles[limit];
  return title && limitedBy ? { title, detail: limitedBy } : null;
}

type SummaryProps = { broadcast: BroadcastView; progress: ProgressView | undefined; counts: ProgressView['counts']; status: BroadcastView['status']; points: readonly PacePoint[] };

/** How far, how long, how fast, how dear. */
function Summary({ broadcast, progress, counts, status, points }: SummaryProps) {
  const all = countAll(counts);
  const taken = countTaken(counts);
  const figures = progress ? { ...progress, currency: broadcast.currency } : broadcast;
  return (
    <Card>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="figures text-figure font-semibold">{formatPercent(taken, all)}</span>
        <span className="text-body text-muted-foreground tabular-nums">{formatPartOf(taken, all)} handled</span>
        {progress?.pauseAtSeq && status === 'sending' ? <span className="text-body text-muted-foreground">It pauses after the first {formatNumber(progress.pauseAtSeq)}.</span> : null}
      </p>
      <SegmentedProgress
        className="mt-3"
        label="Messages by state"
        hideLegend
        total={all}
        segments={barOrder(counts)}
      />
      <div className="mt-4 grid gap-4 border-t pt-4 sm:grid-cols-3">
        <Fact label="Time left">{timeLeft(status, progress)}</Fact>
        {progress ? <Fact label="Pace"><PaceMeter pace={status === 'sending' && !progress.holdUntil ? paceNow(points) : null} allowed={progress.allowedPerSecond} /></Fact> : <SkeletonGroup><Skeleton /></SkeletonGroup>}
        <Fact label="Cost so far">
          <CostSoFar figures={figures} />
          {broadcast.estimate && broadcast.currency ? <span className="block text-table font-normal text-muted-foreground">of about {formatMoney(broadcast.estimate, broadcast.currency)} in all</span> : null}
          {figures.unpricedMessages > 0 ? <span className="block text-table font-normal text-muted-foreground">{formatNumber(figures.unpricedMessages)} not priced yet</span> : null}
        </Fact>
      </div>
    </Card>
  );
}

/** In the bar the good news stands left and the queue right. */
function barOrder(counts: ProgressView['counts']) {
  const order = ['read', 'delivered', 'sent', 'sending', 'unknown', 'undelivered', 'failed', 'skipped', 'cancelled'] as const;
  return order.flatMap((state) => deliveryLooks.filter((look) => look.state === state).map((look) => ({ family: look.family, label: look.word, value: counts[state] })));
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="text-table text-muted-foreground">{label}</p>
      <div className="text-reading font-semibold tabular-nums">{children}</div>
    </div>
  );
}

function timeLeft(status: BroadcastView['status'], progress: ProgressView | undefined) {
  if (status === 'paused') return 'Paused';
  if (progress && progress.counts.queued === 0) return 'All handed over, finishing';
  if (!progress || progress.secondsLeft === null) return '–';
  return <FinishTime seconds={progress.secondsLeft} since={progress.asOf} />;
}

/** "62% · Spring sale" in the tab. */
function useTitle(name: string, state: string) {
  useEffect(() => {
    const [title, own] = [`${state} · ${name}`, `${name} · Hailer`];
    document.title = title;
    // The page's own title may arrive after its content.
    const observer = new MutationObserver(() => { if (document.title === own) document.title = title; });
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    // On the way to another page the new title stands already.
    return () => { observer.disconnect(); if (document.title === title) document.title = own; };
  }, [name, state]);
}

const SPEAK_EVERY = 30_000; // ms

/** Tells screen readers how far it is, at most twice a minute, and only when it has moved. */
function useSpokenProgress(status: BroadcastView['status'], taken: number, all: number) {
  const latest = useRef({ status, taken, all });
  useEffect(() => { latest.current = { status, taken, all }; });
  useEffect(() => {
    let spoken = latest.current.taken;
    const timer = setInterval(() => {
      const now = latest.current;
      if (now.taken === spoken || now.status !== 'sending') return;
      spoken = now.taken;
      announce(`${formatPercent(now.taken, now.all)} handled: ${formatNumber(now.taken)} of ${formatNumber(now.all)}.`);
    }, SPEAK_EVERY);
    return () => clearInterval(timer);
  }, []);
}
