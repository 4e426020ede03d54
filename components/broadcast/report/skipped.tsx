import Link from 'next/link';
import { deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { formatNumber } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { Definition } from './definition.tsx';
import { CountLink } from './figure.tsx';

/** People who were never given a message, so the log has no rows of them. */
const WITHOUT_MESSAGE = ['no_phone', 'excluded'];

/** Who was left out, and why. */
export function Skipped({ broadcastId, reasons }: { broadcastId: string; reasons: ReportView['skippedByReason'] }) {
  const shown = reasons.filter((reason) => reason.count > 0);
  return (
    <Card
      title={<>Left out <Definition of="Left out">People of the audience who got nothing on purpose, each under one reason. Who has no number or was excluded has no message either, so there are no rows of them.</Definition></>}
      actions={shown.length > 0 ? <Link href={deliveriesHref(broadcastId, { status: 'skipped' })} className="text-body text-link underline underline-offset-3">Show them</Link> : null}
    >
      {shown.length === 0 ? <p className="text-body text-muted-foreground">Nobody was left out.</p> : (
        <dl className="grid gap-1.5 text-body">
          {shown.map((reason) => (
            <div key={reason.reason} className="flex justify-between gap-4">
              <dt>{reason.title}</dt>
              <dd className="font-medium tabular-nums">
                {WITHOUT_MESSAGE.includes(reason.reason) ? formatNumber(reason.count) : <CountLink row={{ name: reason.title, count: reason.count, href: deliveriesHref(broadcastId, { search: `status:skipped reason:${reason.reason}` }) }} />}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
