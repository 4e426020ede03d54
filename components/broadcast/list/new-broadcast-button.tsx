'use client';

import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import { useCreateBroadcast } from './use-create-broadcast.ts';

/** Makes a draft and opens it, without a stop on the way; `n` does the same. Not for those who may only look. */
export function NewBroadcastButton() {
  const { start, isBusy, error } = useCreateBroadcast();
  const mayWrite = useMayWrite();
  useShortcut('n', 'New broadcast', mayWrite ? start : null);
  useEffect(() => { if (error) notify.error('No draft was made', { description: problemMessage(error) }); }, [error]);
  if (!mayWrite) return null;
  return <Button variant="primary" icon={<Plus aria-hidden />} loading={isBusy} onClick={start}>New broadcast</Button>;
}
