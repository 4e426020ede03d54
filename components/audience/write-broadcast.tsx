'use client';

import { useMutation } from '@tanstack/react-query';
import { Megaphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';

/** Makes a draft to this list and opens its editor. Nothing is sent. */
export function WriteBroadcast({ list }: { list: { slug: string; name: string } }) {
  const trpc = useTRPC();
  const router = useRouter();
  const create = useMutation(trpc.broadcast.create.mutationOptions({
    onSuccess: ({ id }) => router.push(`/broadcasts/${id}`),
    onError: (error) => notify.error('No draft was made', { description: problemMessage(error) }),
  }));
  const start = () => create.mutate({ broadcastName: `To ${list.name}`, channel: 'sms', content: '', selectedLists: [list.slug] });
  return <Button variant="primary" icon={<Megaphone aria-hidden />} loading={create.isPending || create.isSuccess} onClick={start}>Write a broadcast</Button>;
}
