import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { DeliveryCounts } from '#components/broadcast/delivery-counts.tsx';
import { countAll, countRecipients } from '#components/broadcast/delivery-states.ts';
import { channelNames } from '#components/format/channel.ts';
import { Mark } from '#components/layout/mark.tsx';
import { LateThemeToggle } from '#components/ui/late-theme-toggle.tsx';
import { Time } from '#components/ui/time.tsx';
import type { SharedReport } from '#server/domain/report-share/schema.ts';
import { DeliveryErrors } from './delivery-errors.tsx';
import { DeliveryTime } from './delivery-time.tsx';
import { Funnel } from './funnel.tsx';
import { ReportCost } from './report-cost.tsx';
import { ResponsesCard } from './responses.tsx';
import { Skipped } from './skipped.tsx';

/** The report as a stranger sees it: figures alone, and no way on to anything. */
export function SharedReportPage({ report }: { report: SharedReport }) {
  return (
    <div className="mx-auto min-h-dvh max-w-5xl px-4 pb-12 sm:px-8">
      <header className="flex h-16 items-center justify-between gap-4">
        <span className="flex min-w-0 items-center gap-2.5 font-semibold"><Mark className="size-7 shrink-0" /><span className="truncate">{report.organization}</span></span>
        <LateThemeToggle />
      </header>
      <main id="main">
        <div className="mb-5">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><BroadcastStatus status={report.status} /><span className="text-table text-muted-foreground">{channelNames[report.channel]}</span></p>
          <h1 className="mt-1 text-h1 font-semibold break-words">{report.name}</h1>
          <p className="text-body text-muted-foreground">
            {report.startedAt ? <>Started <Time value={report.startedAt} mode="absolute" /></> : null}{report.finishedAt ? <>, ended <Time value={report.finishedAt} mode="absolute" /></> : null}.
          </p>
        </div>
        <div className="grid gap-4">
          <Funnel broadcastId={null} steps={report.funnel} />
          <section aria-label="Counts"><DeliveryCounts broadcastId={null} counts={report.counts} /></section>
          {report.cost ? <ReportCost broadcastId={null} cost={report.cost} /> : null}
          <DeliveryErrors broadcastId={null} errors={report.errors} total={countAll(report.counts)} />
          <DeliveryTime broadcastId={null} seconds={report.deliverySeconds} durations={report.durations} />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <ResponsesCard broadcastId={null} responses={report.responses} />
            <Skipped broadcastId={null} reasons={report.skippedByReason} chosen={report.funnel[0]?.count ?? 0} recipients={countRecipients(report.counts)} />
          </div>
        </div>
        <p className="mt-6 text-table text-muted-foreground">Figures only: this page names nobody. The link works until <Time value={report.expiresAt} mode="absolute" />, or until it is revoked.</p>
      </main>
    </div>
  );
}
