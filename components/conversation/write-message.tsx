'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { MessageSquarePlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMayAnswer } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { channelNames } from '#components/format/channel.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { notify } from '#components/ui/notify.ts';
import { channelIds } from '#server/channels/channel.ts';

const icon = <MessageSquarePlus aria-hidden />;

/** Opens the conversation with a contact, over the channels that this organisation has. Nothing is sent by it. */
export function WriteMessage({ contact }: { contact: { id: string; phone: string | null } }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayAnswer = useMayAnswer();
  const { data: senders } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const start = useMutation(trpc.conversation.start.mutationOptions({
    onSuccess: ({ conversationId }) => router.push(`/inbox?view=all&c=${conversationId}`),
    onError: (error) => notify.error('No conversation was opened', { description: problemMessage(error) }),
  }));
  if (!mayAnswer || contact.phone === null) return null;
  const channels = channelIds.filter((id) => senders?.some(({ channel }) => channel === id));
  const [only = channelIds[0]] = channels;
  const write = (channel: (typeof channelIds)[number]) => start.mutate({ contactId: contact.id, channel });
  if (channels.length < 2) return <Button icon={icon} loading={start.isPending} onClick={() => write(only)}>Write a message</Button>;
  return (
    <DropdownMenu trigger={<Button icon={icon} loading={start.isPending}>Write a message</Button>}>
      {channels.map((id) => <MenuItem key={id} onSelect={() => write(id)}>{channelNames[id]}</MenuItem>)}
    </DropdownMenu>
  );
}
