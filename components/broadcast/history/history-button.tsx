'use client';

import { History } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

const HistorySheet = dynamic(() => import('./history-sheet.tsx').then((module) => module.HistorySheet));

type HistoryButtonProps = {
  id: string;
  /** Writes what is not saved yet, so that the history holds it too. */
  save: () => Promise<boolean>;
  onRestored: (draft: BroadcastView) => void;
};

/** Opens how the draft stood before. */
export function HistoryButton({ id, save, onRestored }: HistoryButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const open = () => { void save().then(() => { setWasOpened(true); setOpen(true); }); };
  return (
    <>
      <IconButton label="History" icon={<History aria-hidden />} onClick={open} className="max-sm:flex-none!" />
      {wasOpened ? <HistorySheet id={id} open={isOpen} onOpenChange={setOpen} onRestored={(draft) => { setOpen(false); onRestored(draft); }} /> : null}
    </>
  );
}
