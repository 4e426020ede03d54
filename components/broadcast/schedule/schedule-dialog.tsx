'use client';

import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { AgreementDialog } from '#components/agreement/agreement-dialog.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { fixFor } from '#components/broadcast/review/fix.ts';
import { formatCount } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { AudienceMoment } from './audience-moment.tsx';
import { useChoice } from './choice.ts';
import { Departures } from './departures.tsx';
import { QuietSwitch } from './quiet-switch.tsx';
import { TimeFields } from './time-fields.tsx';
import { useDepartures } from './use-departures.ts';
import { useSchedule } from './use-schedule.ts';
import { momentIn } from './zone.ts';

type Scheduled = Pick<BroadcastView, 'id' | 'status' | 'scheduledAt' | 'localSendAt' | 'timeZone' | 'audienceFixedAt' | 'ignoresQuietHours'>;
type ScheduleDialogProps = { broadcast: Scheduled; open: boolean; onOpenChange: (open: boolean) => void; onBooked?: () => void };

/** Books a broadcast for later, or books it anew: one moment for all, or the same hour for each; it says who would get it when before anything is booked. */
export function ScheduleDialog({ broadcast, open, onOpenChange, onBooked }: ScheduleDialogProps) {
  const booking = useSchedule(broadcast.id, () => { onOpenChange(false); onBooked?.(); });
  const close = (next: boolean) => { booking.forget(); onOpenChange(next); };
  return (
    <>
      <Dialog open={open} onOpenChange={close} size="md" title={broadcast.status === 'scheduled' ? 'Change the time' : 'Schedule'} description="Nothing is sent before that time, and you can take it back until then.">
        {open ? <ScheduleForm broadcast={broadcast} booking={booking} /> : null}
      </Dialog>
      <AgreementDialog open={booking.isAgreementOpen} onOpenChange={booking.setAgreementOpen} onAccepted={booking.goOn} />
    </>
  );
}

function ScheduleForm({ broadcast, booking }: { broadcast: Scheduled; booking: ReturnType<typeof useSchedule> }) {
  const choice = useChoice(broadcast);
  const [fixAudience, setFixAudience] = useState(broadcast.audienceFixedAt !== null);
  const { data: view, isFetching, isPlaceholderData: isStale, error } = useDepartures(choice.question(broadcast.id), { isWanted: choice.isComplete });
  const book = (event: FormEvent) => {
    event.preventDefault();
    if (!choice.isComplete || !view || isStale || view.problem || booking.isBooking) return;
    void booking.book(choice.isLocal ? { localSendAt: choice.wall, fixAudience } : { scheduledAt: view.startsAt, timeZone: choice.zone, fixAudience });
  };
  const problem = !choice.isComplete ? 'Choose a day and a time.' : view?.problem ?? (error && !view ? problemMessage(error) : null);
  const fix = booking.refusal ? fixFor(booking.refusal.code, broadcast.id) : null;
  return (
    <form noValidate onSubmit={book} className="grid grid-cols-1 gap-5">
      {booking.refusal ? (
        <Alert family="danger" isLive title="Not scheduled" action={fix ? <Button asChild size="sm"><Link href={fix.href}>{fix.label}</Link></Button> : null}>{booking.refusal.message}</Alert>
      ) : null}
      <TimeFields choice={choice} problem={problem} />
      <AudienceMoment isFixed={fixAudience} onChange={setFixAudience} people={view?.people ?? null} />
      {view ? <QuietSwitch broadcast={broadcast} view={view} /> : null}
      {view && !problem ? (
        <section aria-label="What will happen" aria-busy={isFetching} className="grid gap-2 rounded-card border bg-surface p-3">
          <p role="status" className="text-body">{sentence(choice.isLocal, view.startsAt, choice.zone, choice.ownZone)}</p>
          {view.clockChange ? <Alert family="warning">{clockWords[view.clockChange]}</Alert> : null}
          {view.departures.length > 0 ? <Departures view={view} zone={choice.ownZone} /> : null}
        </section>
      ) : null}
      <div className="flex flex-col-reverse gap-2 border-t pt-4 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={booking.isBooking || isStale}>{view && !problem ? `Schedule for ${formatCount(view.people, 'person', 'people')}` : 'Schedule'}</Button>
      </div>
    </form>
  );
}

const clockWords = {
  left_out: 'The clocks go forward that night and leave this time out: it begins when they jump.',
  twice: 'The clocks go back that night and show this time twice: it begins the first time.',
};

/** In both zones, when they differ. */
function sentence(isLocal: boolean, startsAt: string, zone: string, ownZone: string): string {
  if (isLocal) return `It begins ${momentIn(startsAt, ownZone)}, when the first clocks on earth show that hour; each person gets it at theirs.`;
  const [there, here] = [momentIn(startsAt, zone), momentIn(startsAt, ownZone)];
  return zone === ownZone ? `It begins ${there}.` : `It begins ${there}: that is ${here}.`;
}
