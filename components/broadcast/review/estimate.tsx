import { FinishTime } from '#components/broadcast/finish-time.tsx';
import { formatMoney, formatUnitPrice } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

/** Price and time, each with how it was worked out. */
export function Estimate({ preview }: { preview: PreviewView }) {
  const { estimate, segments, pace } = preview;
  return (
    <dl className="grid gap-4">
      <div>
        <dt className="text-table text-muted-foreground">Estimated cost</dt>
        <dd className="figures text-h1 font-semibold">{preview.recipients > 0 ? `about ${formatMoney(estimate.amount, estimate.currency)}` : '–'}</dd>
        {preview.recipients > 0 ? (
          <dd className="text-table text-muted-foreground tabular-nums">
            {formatCount(segments.total, 'segment')} × {formatUnitPrice(estimate.perSegment, estimate.currency)} per segment, by {estimate.source}.
          </dd>
        ) : null}
      </div>
      <div>
        <dt className="text-table text-muted-foreground">Time to send</dt>
        <dd className="text-reading font-semibold tabular-nums">{pace && preview.recipients > 0 ? <FinishTime seconds={preview.seconds} /> : '–'}</dd>
        {pace ? <dd className="text-table text-muted-foreground tabular-nums">Up to {formatCount(Number(pace.segmentsPerSecond), 'segment')} per second: {pace.source}.</dd> : null}
      </div>
    </dl>
  );
}
