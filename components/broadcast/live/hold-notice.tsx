'use client';

import { SendHorizontal, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import { useSendControl } from './use-send-control.ts';

type HoldNoticeProps = { id: string; until: string; /** When `until` was told, by the same clock. */ asOf: string };

/** The moments in which a send can still be taken back whole. */
export function HoldNotice({ id, until, asOf }: HoldNoticeProps) {
  const left = useSecondsLeft(until, asOf);
  const control = useSendControl(id);
  const maySend = useMaySend();
  const cancel = () => { control.stop().catch((error: unknown) => notify.error('Not cancelled', { description: problemMessage(error) })); };
  return (
    <section aria-label="Hold" className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-card border bg-info-tint p-4 text-info-text">
      <div className="min-w-0">
        <p className="text-h2 font-semibold tabular-nums" role="timer">{left > 0 ? `Sending in ${clockOf(left)}` : 'Sending starts'}</p>
        <p className="text-body">Nothing has been handed to Twilio. Cancel now and nobody gets it.</p>
      </div>
      {maySend && left > 0 ? (
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <Button icon={<Undo2 aria-hidden />} loading={control.isBusy} onClick={cancel} className="max-sm:h-14 max-sm:flex-1 max-sm:text-reading">Cancel</Button>
          <Button variant="primary" icon={<SendHorizontal aria-hidden />} loading={control.isBusy} onClick={control.release} className="max-sm:h-14 max-sm:flex-1 max-sm:text-reading">Send now</Button>
        </div>
      ) : null}
    </section>
  );
}

/** Counted on this page's own clock from the moment of the snapshot, whatever the two clocks say. */
function useSecondsLeft(until: string, asOf: string): number {
  const whole = Math.max(0, Math.ceil((Date.parse(until) - Date.parse(asOf)) / 1_000));
  const [left, setLeft] = useState(whole);
  const latest = useRef(whole);
  useEffect(() => { latest.current = whole; });
  useEffect(() => {
    const end = performance.now() + latest.current * 1_000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1_000))), 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

/** 58 → 0:58 */
const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
