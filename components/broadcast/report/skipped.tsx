import Link from 'next/link';
import type { ReactNode } from 'react';
import { rowsHref } from '#components/broadcast/delivery-states.ts';
import { formatNumber } from '#components/format/number.ts';
import { classNames } from '#components/ui/class-names.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { Definition } from './definition.tsx';
import { CountLink } from './figure.tsx';

/** People who were never given a message, so the log has no rows of them. */
const WITHOUT_MESSAGE = ['no_phone', 'excluded'];

type SkippedProps = { broadcastId: string | null; reasons: ReportView['skippedByReason']; /** Everybody in the audience. */ chosen: number; recipients: number };

/** From everybody chosen to the recipients: who was left out, and why. The lines add up. */
export function Skipped({ broadcastId, reasons, chosen, recipients }: SkippedProps) {
  const shown = reasons.filter((reason) => reason.count > 0);
  const showHref = rowsHref(broadcastId, { status: 'skipped' });
  return (
    <Card
      title={<>Left out <Definition of="Left out">People of the audience who got nothing on purpose, each under one reason, before the send or at their turn. Recipients are all the others; the review counts them the same way. Who has no number or was excluded has no message either, so there are no rows of them.</Definition></>}
      actions={showHref && shown.length > 0 ? <Link href={showHref} className="text-body text-link underline underline-offset-3">Show them</Link> : null}
    >
      <dl className="grid gap-1.5 text-body">
        <Line label="In the audience">{formatNumber(chosen)}</Line>
        {shown.map((reason) => (
          <Line key={reason.reason} label={reason.title}>
            <span aria-hidden>−</span>
            {WITHOUT_MESSAGE.includes(reason.reason) ? formatNumber(reason.count) : <CountLink row={{ name: reason.title, count: reason.count, href: rowsHref(broadcastId, { search: `status:skipped reason:${reason.reason}` }) }} />}
          </Line>
        ))}
        <Line label="Recipients" className="border-t pt-1.5 font-semibold">{formatNumber(recipients)}</Line>
      </dl>
      {shown.length === 0 ? <p className="mt-2 text-table text-muted-foreground">Nobody was left out.</p> : null}
    </Card>
  );
}

function Line({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return <div className={classNames('flex justify-between gap-4', className)}><dt>{label}</dt><dd className="font-medium tabular-nums">{children}</dd></div>;
}
