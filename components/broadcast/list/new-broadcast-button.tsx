'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatDay } from '#components/format/time.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';

/** Makes a draft named after the day and opens its editor. */
export function NewBroadcastButton({ hasShortcut = false }: { hasShortcut?: boolean }) {
  const create = useCreateBroadcast();
  return (
    <>
      {hasShortcut ? <NewBroadcastKey onPress={create.start} /> : null}
      <Button variant="primary" icon={<Plus aria-hidden />} loading={create.isBusy} onClick={create.start}>New broadcast</Button>
    </>
  );
}

function NewBroadcastKey({ onPress }: { onPress: () => void }) {
  useShortcut('n', 'New broadcast', onPress);
  return null;
}

function useCreateBroadcast() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(trpc.broadcast.create.mutationOptions({
    onSuccess: (draft) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id: draft.id }), draft);
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router.push(`/broadcasts/${draft.id}`);
    },
    onError: (error) => notify.error('No draft was made', { description: problemMessage(error) }),
  }));
  const start = () => {
    if (!create.isPending) create.mutate({ broadcastName: `SMS, ${formatDay(new Date())}`, channel: 'sms' });
  };
  // The button keeps its spinner until the editor is there.
  return { start, isBusy: create.isPending || create.isSuccess };
}
