'use client';

import { Smartphone } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { Button } from '#components/ui/button.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

const TestDialog = dynamic(() => import('./test-dialog.tsx').then((module) => module.TestDialog));

type TestButtonProps = {
  broadcast: Pick<BroadcastView, 'id'>;
  /** Writes what is not saved yet; the test is of what stands on the server. */
  save?: () => Promise<boolean>;
};

/** Opens the test send; Ctrl or ⌘ with ⇧ and T as well. */
export function TestButton({ broadcast, save }: TestButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const maySend = useMaySend();
  const open = () => { void save?.(); setWasOpened(true); setOpen(true); };
  useTestKey(open, maySend);
  if (!maySend) return null;
  return (
    <>
      <Button icon={<Smartphone aria-hidden />} aria-keyshortcuts="Control+Shift+T Meta+Shift+T" onClick={open}>Send test…</Button>
      {wasOpened ? <TestDialog id={broadcast.id} open={isOpen} onOpenChange={setOpen} /> : null}
    </>
  );
}

function useTestKey(open: () => void, isOn: boolean) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isOn || !(event.metaKey || event.ctrlKey) || !event.shiftKey || event.key.toLowerCase() !== 't') return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
