'use client';

import { Megaphone } from 'lucide-react';
import { useEffect } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { useCreateBroadcast } from '#components/broadcast/list/use-create-broadcast.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { CreateBroadcastInput } from '#server/domain/broadcast/schema.ts';

type Audience = Pick<CreateBroadcastInput, 'recipientMethod' | 'selectedLists' | 'selectedFilter'>;

/** Makes a draft to this list and opens its editor. Nothing is sent. */
export const WriteBroadcast = ({ list }: { list: { slug: string; name: string } }) =>
  <StartDraft name={list.name} audience={{ recipientMethod: 'lists', selectedLists: [list.slug] }} label="Write a broadcast" />;

/** Makes a draft to the people of a saved filter, once what is on the screen is saved. */
export const WriteToFilter = ({ filter, beforeStart }: { filter: { id: string; name: string }; beforeStart: () => Promise<boolean> }) =>
  <StartDraft name={filter.name} audience={{ recipientMethod: 'filter', selectedFilter: filter.id }} label="Write to these people" beforeStart={beforeStart} />;

type StartDraftProps = { name: string; audience: Audience; label: string; beforeStart?: () => Promise<boolean> };

function StartDraft({ name, audience, label, beforeStart }: StartDraftProps) {
  const mayWrite = useMayWrite();
  const { startWith, isBusy, error } = useCreateBroadcast();
  useEffect(() => { if (error) notify.error('No draft was made', { description: problemMessage(error) }); }, [error]);
  const start = async () => {
    if (beforeStart && !(await beforeStart())) return;
    startWith({ broadcastName: `To ${name}`, ...audience });
  };
  if (!mayWrite) return null;
  return <Button variant="primary" icon={<Megaphone aria-hidden />} loading={isBusy} onClick={() => void start()}>{label}</Button>;
}
