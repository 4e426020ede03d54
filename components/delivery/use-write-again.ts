'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { DeliveryDetail } from '#server/domain/delivery/schema.ts';

/** Makes a draft of the same text for one person and opens it. */
export function useWriteAgain() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(trpc.broadcast.create.mutationOptions({
    onSuccess: (draft) => {
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router.push(`/broadcasts/${draft.id}`);
      notify.success('A draft for this person: nothing is sent yet');
    },
    onError: (error) => notify.error('Not prepared', { description: problemMessage(error) }),
  }));
  const begin = (delivery: DeliveryDetail) => create.mutate({
    broadcastName: `Again: ${delivery.broadcastName}`.slice(0, 200), channel: delivery.channel, content: delivery.template, recipientMethod: 'numbers', selectedNumbers: [delivery.recipient.replace(/^whatsapp:/, '')],
  });
  return { begin, isPending: create.isPending || create.isSuccess };
}
