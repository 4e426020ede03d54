'use client';

import { useQuery } from '@tanstack/react-query';
import { Copy, Download, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { ApprovedBy } from '#components/broadcast/approved-by.tsx';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { DeliveryCounts } from '#components/broadcast/delivery-counts.tsx';
import { countAll, countFinal, countRecipients, deliveriesHref, exportHref } from '#components/broadcast/delivery-states.ts';
import { Stopped } from '#components/broadcast/live/stopped.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useDuplicate } from '#components/broadcast/use-duplicate.ts';
import { formatPercent } from '#components/format/percent.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BroadcastView, ReportView } from '#server/domain/broadcast/schema.ts';
import { DeliveryErrors } from './delivery-errors.tsx';
import { DeliveryTime } from './delivery-time.tsx';
import { Funnel } from './funnel.tsx';
import { ReportCost } from './report-cost.tsx';
import { ResponsesCard } from './responses.tsx';
import { SentMessage } from './sent-message.tsx';
import { ShareReport } from './share-report.tsx';
import { Skipped } from './skipped.tsx';

const JUST_ENDED = 3 * 60_000; // ms; most receipts come in this time
const OFTEN = 2_000; // ms
const SELDOM = 15_000; // ms
const RECEIPTS_FOR = 72 * 3_600_000; // ms; after that a missing receipt is not expected any more

/** What became of a broadcast. */
export function Report({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: report, error, refetch, isFetching } = useQuery(trpc.broadcast.report.queryOptions({ id }, {
    refetchInterval: ({ state }) => (state.data ? refreshEvery(state.data) : false),
  }));
  if (report) return <ReportBody report={report} />;
  if (error) return <Alert family="danger" isLive title="The report could not be made" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>;
  return <SkeletonGroup label="Loading the report" className="grid gap-4"><Skeleton className="h-9 w-72" /><Skeleton className="h-64" /><Skeleton className="h-40" /></SkeletonGroup>;
}

function ReportBody({ report }: { report: ReportView }) {
  const { broadcast, counts } = report;
  const duplicate = useDuplicate();
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Broadcasts', href: '/broadcasts' }]}
        title={broadcast.name}
        status={<BroadcastStatus status={broadcast.status} />}
        description={<Dates broadcast={broadcast} />}
        actions={
          <>
            <Button asChild icon={<ListChecks aria-hidden />}><Link href={deliveriesHref(broadcast.id)}>Delivery log</Link></Button>
            <Button asChild icon={<Download aria-hidden />}><a href={exportHref(broadcast.id)} download>CSV<span className="sr-only"> of all messages</span></a></Button>
            <ShareReport broadcastId={broadcast.id} />
            <Button icon={<Copy aria-hidden />} loading={duplicate.isPending || duplicate.isSuccess} onClick={() => duplicate.mutate({ id: broadcast.id })}>Duplicate</Button>
          </>
        }
      />
      <div className="grid gap-4">
        <Notice report={report} />
        <Funnel broadcastId={broadcast.id} steps={report.funnel} />
        <section aria-label="Counts"><DeliveryCounts broadcastId={broadcast.id} counts={counts} /></section>
        <ReportCost broadcastId={broadcast.id} cost={report.cost} />
        <DeliveryErrors broadcastId={broadcast.id} errors={report.errors} total={countAll(counts)} />
        <DeliveryTime broadcastId={broadcast.id} seconds={report.deliverySeconds} durations={report.durations} />
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <ResponsesCard broadcastId={broadcast.id} responses={report.responses} />
          <Skipped broadcastId={broadcast.id} reasons={report.skippedByReason} chosen={report.funnel[0]?.count ?? 0} recipients={countRecipients(counts)} />
        </div>
        <SentMessage broadcast={broadcast} />
      </div>
    </>
  );
}

function Dates({ broadcast }: { broadcast: BroadcastView }) {
  return (
    <>
      {broadcast.startedAt ? <>Started <Time value={broadcast.startedAt} mode="absolute" /></> : null}
      {broadcast.finishedAt ? <>, ended <Time value={broadcast.finishedAt} mode="absolute" /></> : null}
      {broadcast.startedAt && broadcast.approval ? <>. <ApprovedBy approval={broadcast.approval} /></> : null}
    </>
  );
}

/** What one must know before reading the numbers. */
function Notice({ report }: { report: ReportView }) {
  const { broadcast, counts } = report;
  return (
    <>
      {broadcast.status === 'failed' ? <Alert family="danger" title="It did not go out">{broadcast.statusReason ?? 'Nothing more is known.'}</Alert> : null}
      {broadcast.status === 'cancelled' ? <Stopped id={broadcast.id} reason={broadcast.statusReason} counts={counts} /> : null}
      {isYoung(report) ? <Alert family="info">Receipts are still arriving: {formatPercent(countFinal(counts), countAll(counts))} final. Numbers settle within about 72 hours.</Alert> : null}
    </>
  );
}

/** Milliseconds until the report may say something new; false when it is settled. */
function refreshEvery(report: ReportView): number | false {
  const isUnpriced = report.cost.unpricedMessages > 0 && ageOf(report) < RECEIPTS_FOR;
  if (!isYoung(report)) return isUnpriced ? SELDOM : false;
  return ageOf(report) < JUST_ENDED ? OFTEN : SELDOM;
}

const isYoung = (report: ReportView): boolean => ageOf(report) < RECEIPTS_FOR && countFinal(report.counts) < countAll(report.counts);

const ageOf = ({ broadcast }: ReportView): number => (broadcast.finishedAt ? Date.now() - Date.parse(broadcast.finishedAt) : 0);
