'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';

/** What the dialog books: one moment with the zone in which it was chosen, or an hour on each recipient's wall. */
export type Booking = { scheduledAt: string; timeZone: string; fixAudience: boolean } | { localSendAt: string; fixAudience: boolean };

/** Books the start of a broadcast. An agreement that is still missing is asked for, then the same booking goes on. */
export function useSchedule(id: string, onBooked: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const wanted = useRef<Booking | null>(null);
  const [refusal, setRefusal] = useState<{ code: ReturnType<typeof problemCode>; message: string } | null>(null);
  const [isAgreementOpen, setAgreementOpen] = useState(false);
  const { mutateAsync, isPending } = useMutation(trpc.broadcast.send.mutationOptions({ networkMode: 'always' }));

  /** Never rejects: what went wrong is in `refusal` or opens the agreement. */
  const book = async (booking: Booking) => {
    wanted.current = booking;
    setRefusal(null);
    try {
      await mutateAsync({ id, ...booking });
      await queryClient.invalidateQueries(trpc.broadcast.read.queryFilter({ id }));
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      onBooked();
    } catch (error) {
      const code = problemCode(error);
      if (code === 'agreement_required') return setAgreementOpen(true);
      setRefusal({ code, message: problemMessage(error) });
      void queryClient.invalidateQueries(trpc.broadcast.departures.pathFilter());
    }
  };
  return {
    book, refusal, isBooking: isPending, isAgreementOpen, setAgreementOpen,
    forget: () => setRefusal(null),
    goOn: () => { setAgreementOpen(false); if (wanted.current) void book(wanted.current); },
  };
}
