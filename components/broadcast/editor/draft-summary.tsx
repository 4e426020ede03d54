import { AudienceChange } from '#components/broadcast/audience/audience-change.tsx';
import { Waterfall } from '#components/broadcast/audience/waterfall.tsx';
import { channelUnits } from '#components/format/channel.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatMoney, formatMoneyRange } from '#components/format/money.ts';
import { formatNumber } from '#components/format/number.ts';
import { classNames } from '#components/ui/class-names.ts';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';

type DraftSummaryProps = { broadcast: Pick<BroadcastView, 'id' | 'channel'>; preview: PreviewView | undefined; isCounting: boolean; isBroken: boolean };

const unitWords = { segment: 'Segments', message: 'Messages' } as const;

/** What this draft comes to, as saved: people, segments, money, time. The old numbers stay while it is counted anew. */
export function DraftSummary({ broadcast: { id: broadcastId, channel }, preview, isCounting, isBroken }: DraftSummaryProps) {
  if (isBroken) return <p className="text-table text-muted-foreground">The totals could not be counted. They are tried again with your next change.</p>;
  const rows: [label: string, value: string, detail?: string][] = [
    [unitWords[channelUnits[channel]], preview ? formatNumber(preview.segments.total) : '–'],
    ['Cost', preview && preview.recipients > 0 ? `about ${formatMoney(preview.estimate.amount, preview.estimate.currency)}` : '–', preview && preview.recipients > 0 ? formatMoneyRange(preview.estimate.low, preview.estimate.high, preview.estimate.currency) : undefined],
    ['Time to send', preview && preview.recipients > 0 && preview.pace ? `about ${formatDuration(preview.seconds)}` : '–'],
  ];
  return (
    <div className="grid gap-4">
      <section aria-label="Who gets it">
        {preview ? <Waterfall steps={preview.waterfall} isCounting={isCounting} /> : <SkeletonRows rows={3} label="Counting recipients" />}
        <AudienceChange broadcastId={broadcastId} />
      </section>
      <dl aria-busy={isCounting} className={classNames('relative grid grid-cols-2 gap-x-4 gap-y-2 border-t pt-3', isCounting && '[&_dd]:text-muted-foreground')}>
        {rows.map(([label, value, detail]) => (
          <div key={label}>
            <dt className="text-table text-muted-foreground">{label}</dt>
            <dd className="text-reading font-semibold tabular-nums">{value}</dd>
            {detail ? <dd className="text-caption text-muted-foreground tabular-nums">{detail}</dd> : null}
          </div>
        ))}
      </dl>
    </div>
  );
}
