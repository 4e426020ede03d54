'use client';

import { Zap } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';

const QuickReplyDialog = dynamic(() => import('./quick-reply-dialog.tsx').then((module) => module.QuickReplyDialog));

/** Opens the texts that are kept for answers: to take one, and to keep, change or delete them. */
export function QuickReplyButton({ text, onPick }: { text: string; onPick: (text: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <>
      <IconButton label="Quick replies" icon={<Zap aria-hidden />} aria-haspopup="dialog" onClick={() => { setWasOpened(true); setOpen(true); }} />
      {wasOpened ? <QuickReplyDialog open={isOpen} onOpenChange={setOpen} written={text} onPick={(picked) => { setOpen(false); onPick(picked); }} /> : null}
    </>
  );
}
