'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { channelNames } from '#components/format/channel.ts';
import { formatDay } from '#components/format/time.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { ChannelId } from '#server/channels/channel.ts';
import type { CreateBroadcastInput } from '#server/domain/broadcast/schema.ts';

/** What the big button makes; the menu beside it has the others. */
export const usualChannel: ChannelId = 'sms';
/** Whether a draft begins with the organisation's last line: carriers ask for it in a text; in WhatsApp people block with a tap. */
const hasOptOutLine: Record<ChannelId, boolean> = { sms: true, whatsapp: false };

/**
 * Makes a draft named after channel and day, and opens its editor. `replace`: the page that asks is no place to come
 * back to.
 */
export function useCreateBroadcast({ replace = false } = {}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { mutateAsync } = useMutation(trpc.broadcast.create.mutationOptions());
  const create = useMutation({
    mutationFn: async (wishes: Partial<CreateBroadcastInput>) => {
      const channel = wishes.channel ?? usualChannel;
      const { optOutLine } = await queryClient.ensureQueryData(trpc.organization.read.queryOptions());
      return mutateAsync({ broadcastName: `${channelNames[channel]}, ${formatDay(new Date())}`, channel, optOutLine: hasOptOutLine[channel] ? optOutLine : null, ...wishes });
    },
    onSuccess: (draft) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id: draft.id }), draft);
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router[replace ? 'replace' : 'push'](`/broadcasts/${draft.id}`);
    },
  });
  const startWith = (wishes: Partial<CreateBroadcastInput>) => {
    if (!create.isPending) create.mutate(wishes);
  };
  // Busy until the editor is there.
  return { start: () => startWith({}), startWith, isBusy: create.isPending || create.isSuccess, error: create.error };
}
