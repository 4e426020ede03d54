'use client';

import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { Button } from '#components/ui/button.tsx';
import { deferred } from '#components/ui/deferred.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

const view = deferred(() => import('./share-links.tsx'));

/** Links for people without an account: made, listed and revoked in one place. Not for those who may only look. */
export function ShareReport({ broadcastId }: { broadcastId: string }) {
  const [isOpen, setOpen] = useState(false);
  const loaded = view.use(isOpen);
  if (!useMayWrite()) return null;
  return (
    <Dialog
      title="Share this report" description="Whoever has the link sees the figures without signing in: no numbers, no names, no text. It can be revoked at any time."
      open={isOpen} onOpenChange={setOpen} trigger={<Button icon={<Share2 aria-hidden />}>Share</Button>}
    >
      {isOpen && loaded ? <loaded.ShareLinks broadcastId={broadcastId} /> : null}
    </Dialog>
  );
}
