import { deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { formatDuration } from '#components/format/duration.ts';
import { familyFill, type Family } from '#components/ui/family.ts';
import { classNames } from '#components/ui/class-names.ts';
import { Time } from '#components/ui/time.tsx';
import type { DeliveryDetail } from '#server/domain/delivery/schema.ts';

type Moment = { at: string; title: string; detail: string | null; family: Family };

/** All that is known of one message, in the order in which we learned it, each with the time that had passed since the first. */
export function DeliveryLife({ delivery }: { delivery: DeliveryDetail }) {
  const moments = momentsOf(delivery);
  const first = moments[0];
  if (!first) return <p className="text-body text-muted-foreground">Nothing yet.</p>;
  return (
    <ol className="grid">
      {moments.map((moment, index) => (
        <li key={`${moment.at}-${moment.title}`} className="relative flex gap-3 pb-3 last:pb-0">
          {index < moments.length - 1 ? <span aria-hidden className="absolute top-3 bottom-[-0.25rem] left-[4.5px] w-px bg-border" /> : null}
          <span aria-hidden className={classNames('relative mt-1.5 size-2.5 shrink-0 rounded-full', familyFill[moment.family])} />
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-body">
              <span className="font-medium">{moment.title}</span>
              <span className="text-table text-muted-foreground tabular-nums"><Time value={moment.at} mode="absolute" />{index === 0 ? null : ` · +${lag(first.at, moment.at)}`}</span>
            </p>
            {moment.detail ? <p className="text-table text-muted-foreground">{moment.detail}</p> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

function lag(from: string, to: string): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  return seconds < 10 ? `${seconds.toFixed(1)}\u00a0s` : formatDuration(seconds);
}

function momentsOf(delivery: DeliveryDetail): Moment[] {
  const attempts = delivery.attempts.flatMap((attempt): Moment[] => {
    const number = delivery.attempts.length > 1 ? ` (attempt ${attempt.n})` : '';
    const begun: Moment = { at: attempt.intentAt, title: `Handed over${number}`, detail: attempt.sendAt ? 'Scheduled at Twilio, so that it can still be cancelled.' : null, family: 'neutral' };
    const answer = attempt.answeredAt ? answers[attempt.state] : undefined;
    return answer && attempt.answeredAt ? [begun, { ...answer, at: attempt.answeredAt, title: `${answer.title}${number}`, detail: [answer.detail, codes(attempt.errorCode, attempt.httpStatus)].filter(Boolean).join(' ') || null }] : [begun];
  });
  const events = delivery.events.map((event): Moment => {
    const look = deliveryLooks.find((each) => each.state === event.type);
    const word = twilioWords[event.providerEvent] ?? look?.word ?? event.providerEvent;
    return { at: event.at, title: word, detail: [`Twilio: ${event.providerEvent}`, event.errorCode ? `code ${event.errorCode}` : ''].filter(Boolean).join(', '), family: look?.family ?? 'neutral' };
  });
  return [...attempts, ...events].sort((one, other) => one.at.localeCompare(other.at));
}

const codes = (errorCode: number | null, httpStatus: number | null) =>
  errorCode ? `Code ${errorCode}${httpStatus ? `, HTTP ${httpStatus}` : ''}.` : httpStatus && httpStatus >= 400 ? `HTTP ${httpStatus}.` : '';

const answers: Record<string, Omit<Moment, 'at'> | undefined> = {
  accepted: { title: 'Twilio took it', detail: null, family: 'progress' },
  rejected: { title: 'Twilio refused it', detail: null, family: 'danger' },
  uncertain: { title: 'Twilio did not answer', detail: 'It may have been taken. We look for it there before anything is sent again.', family: 'warning' },
  absent: { title: 'Not found at Twilio', detail: 'A message that can still be cancelled takes its place.', family: 'warning' },
  aborted: { title: 'Not handed over', detail: 'It never left us; its turn comes again.', family: 'neutral' },
};

const twilioWords: Record<string, string | undefined> = { accepted: 'Accepted', queued: 'Queued at Twilio', scheduled: 'Scheduled at Twilio', canceled: 'Cancelled at Twilio' };
