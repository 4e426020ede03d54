'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { UploadView } from '#server/domain/contact-import/schema.ts';
import { PATH } from './query.ts';

/** Puts a file away. Cells that were repaired go with it, therefore it asks. */
export function Discard({ upload }: { upload: UploadView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const mayWrite = useMayWrite();
  const discard = useMutation(trpc.contactImport.discard.mutationOptions({
    onSuccess: () => { router.push(PATH); void queryClient.invalidateQueries(trpc.contactImport.uploads.pathFilter()); },
    onError: (error) => notify.error('The file was not put away', { description: problemMessage(error) }),
  }));
  if (!mayWrite) return null;
  return (
    <AlertDialog
      isDestructive
      title={`Put ${upload.fileName} away?`}
      consequence="Nothing of it was imported. Choices and repaired cells are lost; the file on your computer stays."
      confirmLabel="Put away"
      onConfirm={() => discard.mutateAsync({ id: upload.id })}
      trigger={<Button size="sm" icon={<Trash2 aria-hidden />}>Put away</Button>}
    />
  );
}
