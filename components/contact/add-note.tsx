'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useMayOptOut } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import { Textarea } from '#components/ui/textarea.tsx';

/** A note for colleagues. The text stays until it is kept. */
export function AddNote({ contactId }: { contactId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayWrite = useMayOptOut();
  const [text, setText] = useState('');
  const add = useMutation(trpc.contact.addNote.mutationOptions({
    onSuccess: async () => { setText(''); await queryClient.invalidateQueries(trpc.contact.timeline.pathFilter()); },
    onError: (error) => notify.error('The note was not kept', { description: problemMessage(error) }),
  }));
  if (!mayWrite) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !add.isPending) add.mutate({ id: contactId, text });
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-wrap items-end gap-2 border-b p-4">
      <Textarea aria-label="Note for colleagues" placeholder="A note for colleagues" rows={1} maxLength={4096} className="min-h-9 min-w-0 flex-1 basis-60" value={text} onChange={(event) => setText(event.target.value)} />
      <Button size="sm" type="submit" loading={add.isPending} disabled={text.trim() === ''}>Add note</Button>
    </form>
  );
}
