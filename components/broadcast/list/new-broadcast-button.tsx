'use client';

import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import { useCreateBroadcast } from './use-create-broadcast.ts';

/** Makes a draft and opens it, without a stop on the way; `n` does the same. */
export function NewBroadcastButton() {
  const { start, isBusy, error } = useCreateBroadcast();
  useShortcut('n', 'New broadcast', start);
  useEffect(() => { if (error) notify.error('No draft was made', { description: problemMessage(error) }); }, [error]);
  return <Button variant="primary" icon={<Plus aria-hidden />} loading={isBusy} onClick={start}>New broadcast</Button>;
}
