import Link from 'next/link';
import { deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import type { CountsByStatus } from '#server/domain/broadcast/schema.ts';

type StoppedProps = { id: string; reason: string | null; counts: CountsByStatus };

/** States of messages that Twilio got, or may have got. */
const SENT = ['unknown', 'sending', 'sent', 'delivered', 'read', 'undelivered', 'failed'] as const;
const NOT_SENT = ['cancelled', 'skipped'] as const;

/** After a stop: exactly who was sent something and who was not, as rows of the log and as files. */
export function Stopped({ id, reason, counts }: StoppedProps) {
  const lists = [{ word: 'were sent something', states: SENT }, { word: 'were not', states: NOT_SENT }]
    .map(({ word, states }) => ({ word, search: `status:${states.join(',')}`, count: states.reduce<number>((sum, state) => sum + counts[state], 0) }));
  return (
    <Alert family="neutral" title="Stopped">
      <p>{formatCount(counts.cancelled, 'person', 'people')} did not get it.{reason ? ` ${reason}` : ''}</p>
      <ul className="mt-1 grid gap-x-6 gap-y-1 sm:flex sm:flex-wrap">
        {lists.filter(({ count }) => count > 0).map(({ word, search, count }) => (
          <li key={word}>
            <Link href={deliveriesHref(id, { search })} className="font-medium underline underline-offset-3">{formatNumber(count)} {word}</Link>
            {' · '}
            <a href={`/api/export/deliveries.csv?${new URLSearchParams({ broadcastId: id, search }).toString()}`} download className="underline underline-offset-3">CSV<span className="sr-only"> of those who {word}</span></a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
