'use client';

import { Zap } from 'lucide-react';
import { useState } from 'react';
import { deferred } from '#components/ui/deferred.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';

const dialog = deferred(() => import('./quick-reply-dialog.tsx'));

/** Opens the texts that are kept for answers: to take one, and to keep, change or delete them. */
export function QuickReplyButton({ text, onPick }: { text: string; onPick: (text: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const loaded = dialog.use(isOpen);
  return (
    <>
      <IconButton label="Quick replies" icon={<Zap aria-hidden />} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      {loaded ? <loaded.QuickReplyDialog open={isOpen} onOpenChange={setOpen} written={text} onPick={(picked) => { setOpen(false); onPick(picked); }} /> : null}
    </>
  );
}
