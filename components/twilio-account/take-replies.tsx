'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';

/** Brings replies here from wherever they go; who had them so far has them no more. */
export function TakeReplies() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const take = useMutation(trpc.connection.takeReplies.mutationOptions({
    onSuccess: async (account) => {
      queryClient.setQueryData(trpc.twilioAccount.read.queryKey(), account);
      await queryClient.invalidateQueries(trpc.connection.pathFilter());
      notify.success('Replies come here');
    },
    onError: (error) => notify.error('Not changed', { description: error.message }),
  }));
  return (
    <AlertDialog
      title="Have replies come here?"
      consequence="Twilio's messaging service will hand what people write to all of its numbers to this application. Whatever receives it now, receives it no more."
      confirmLabel="Have replies come here"
      onConfirm={() => take.mutateAsync()}
      trigger={<Button size="sm" loading={take.isPending}>Have replies come here</Button>}
    />
  );
}
