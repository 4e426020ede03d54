'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ImportView, UndoResult } from '#server/domain/contact-import/schema.ts';

/** Takes an import back after asking: what it made is deleted. */
export function UndoImport({ done, size }: { done: ImportView; size?: 'sm' }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayWrite = useMayWrite();
  const undo = useMutation(trpc.contactImport.undo.mutationOptions({
    onSuccess: (result) => {
      notify.success('The import was undone', { description: told(result) });
      for (const router of [trpc.contactImport, trpc.contact, trpc.audience]) void queryClient.invalidateQueries(router.pathFilter());
    },
    onError: (error) => notify.error('The import was not undone', { description: problemMessage(error) }),
  }));
  if (!mayWrite) return null;
  const list = done.list ? ` They leave ${done.list.name}.` : '';
  return (
    <AlertDialog
      isDestructive
      title={`Undo the import of ${done.fileName}?`}
      consequence={`${formatCount(done.created, 'new person is', 'new people are')} deleted and ${formatCount(done.updated, 'person gets', 'people get')} the old values back.${list} Who was messaged, edited or opted out since stays; opt-outs are never undone.`}
      confirmLabel="Undo import"
      onConfirm={() => undo.mutateAsync({ id: done.id })}
      trigger={<Button size={size} icon={<Undo2 aria-hidden />} aria-label={`Undo import of ${done.fileName}`}>Undo import</Button>}
    />
  );
}

const told = ({ deleted, restored, kept, left }: UndoResult) => [
  `${formatCount(deleted, 'person', 'people')} deleted`, `${formatCount(restored, 'person', 'people')} as before`,
  kept > 0 ? `${formatCount(kept, 'person', 'people')} kept, because of what happened since` : '', left > 0 ? `${formatCount(left, 'person', 'people')} with later changes keep those` : '',
].filter(Boolean).join(', ').concat('.');
