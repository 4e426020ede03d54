'use client';

import { CircleStop, Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatCount } from '#components/format/number.ts';
import { useCommands, type Command } from '#components/layout/command-registry.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { useSendControl } from './use-send-control.ts';

type SendControlsProps = {
  broadcast: Pick<BroadcastView, 'id' | 'name'>;
  status: BroadcastView['status'];
  /** Still in its hold: the notice of the hold has the buttons. */
  isHeld?: boolean;
  /** People whose turn has not come: those who will not get it after a stop. */
  waiting: number;
  /** Messages that cannot be called back. */
  gone: number;
  /** More to do, beside Stop. */
  children?: ReactNode;
};

/** Pause and resume ask nothing; stop asks and names how many will not get it. */
export function SendControls({ broadcast, status, isHeld = false, waiting, gone, children }: SendControlsProps) {
  const control = useSendControl(broadcast.id);
  const [isAsking, setAsking] = useState(false);
  const isPaused = status === 'paused';
  const maySend = useMaySend();
  const canPause = maySend && status !== 'scheduled';
  const toggle = () => { if (canPause && !control.isBusy) (isPaused ? control.resume : control.pause)(); };

  useShortcut('p', 'Pause or resume', toggle);
  const askToStop = () => { if (maySend) setAsking(true); };
  useShortcut('S', 'Stop sending', askToStop);
  usePaletteCommands(isPaused, toggle, askToStop);

  return (
    <div className="flex flex-wrap gap-2 max-sm:w-full">
      {canPause && !isHeld ? (
        <Button
          variant={isPaused ? 'primary' : 'secondary'}
          icon={isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          loading={control.isBusy}
          onClick={toggle}
          className="max-sm:h-14 max-sm:w-full max-sm:text-reading"
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      ) : null}
      {maySend && !isHeld ? <Button icon={<CircleStop aria-hidden />} onClick={askToStop} className="max-sm:h-11 max-sm:flex-1">Stop…</Button> : null}
      {children}
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Stop “${broadcast.name}”?`}
        consequence={`${formatCount(waiting, 'person', 'people')} will not get it. ${gone > 0 ? `${formatCount(gone, 'message')} left already and cannot be called back. ` : ''}A stopped broadcast cannot be resumed.`}
        confirmLabel="Stop sending"
        cancelLabel="Keep sending"
        isDestructive
        onConfirm={control.stop}
      />
    </div>
  );
}

function usePaletteCommands(isPaused: boolean, toggle: () => void, stop: () => void) {
  const latest = useRef({ toggle, stop });
  useEffect(() => { latest.current = { toggle, stop }; });
  const commands = useMemo<Command[]>(() => [
    { id: 'broadcast-pause', group: 'This broadcast', label: isPaused ? 'Resume sending' : 'Pause sending', icon: isPaused ? Play : Pause, keys: ['p'], run: () => latest.current.toggle() },
    { id: 'broadcast-stop', group: 'This broadcast', label: 'Stop sending…', icon: CircleStop, keywords: 'cancel', run: () => latest.current.stop() },
  ], [isPaused]);
  useCommands(commands);
}
