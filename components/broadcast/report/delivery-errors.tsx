import Link from 'next/link';
import { deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';

type DeliveryErrorsProps = { broadcastId: string; errors: ReportView['errors']; total: number };

/** What went wrong, in plain words, the most frequent first; Twilio's code stands second. */
export function DeliveryErrors({ broadcastId, errors, total }: DeliveryErrorsProps) {
  const sorted = [...errors].sort((one, other) => other.count - one.count);
  return (
    <Card title="What went wrong" isFlush={sorted.length > 0}>
      {sorted.length === 0 ? <p className="text-body text-muted-foreground">Nothing. No message was returned or refused.</p> : (
        <ul className="divide-y">
          {sorted.map((error) => (
            <li key={`${error.code}-${error.title}`} className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto]">
              <div className="min-w-0">
                <h3 className="text-body font-medium">
                  {error.title}
                  {error.code === null ? null : <> <CodeLink code={error.code} /></>}
                </h3>
                <p className="text-table text-muted-foreground">{error.help}</p>
                {error.action && error.action !== '–' ? <p className="mt-0.5 text-table"><span className="font-medium">What to do:</span> {error.action}</p> : null}
              </div>
              <p className="text-body tabular-nums sm:text-right">
                <Link href={deliveriesHref(broadcastId, error.code === null ? { status: 'failed' } : { errorCode: error.code })} className="font-semibold text-link underline underline-offset-3 pointer-coarse:py-3">
                  {formatNumber(error.count)}<span className="sr-only"> messages: {error.title}</span>
                </Link>
                <span className="text-table text-muted-foreground"> · {formatPercent(error.count, total)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function CodeLink({ code }: { code: number }) {
  return (
    <a href={`https://www.twilio.com/docs/api/errors/${code}`} target="_blank" rel="noreferrer" className="ml-1 font-mono text-caption font-normal text-muted-foreground underline underline-offset-3">
      {code}<span className="sr-only"> at Twilio, opens a new tab</span>
    </a>
  );
}
