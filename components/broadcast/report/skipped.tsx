import Link from 'next/link';
import { deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { formatNumber } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';

/** Who was left out, and why. */
export function Skipped({ broadcastId, reasons }: { broadcastId: string; reasons: ReportView['skippedByReason'] }) {
  const shown = reasons.filter((reason) => reason.count > 0);
  return (
    <Card
      title="Left out"
      actions={shown.length > 0 ? <Link href={deliveriesHref(broadcastId, { status: 'skipped' })} className="text-body text-link underline underline-offset-3">Show them</Link> : null}
    >
      {shown.length === 0 ? <p className="text-body text-muted-foreground">Nobody was left out.</p> : (
        <dl className="grid gap-1.5 text-body">
          {shown.map((reason) => (
            <div key={reason.reason} className="flex justify-between gap-4">
              <dt>{reason.title}</dt>
              <dd className="font-medium tabular-nums">{formatNumber(reason.count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
