'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import { Time } from '#components/ui/time.tsx';

/** When Twilio was asked last, and the button that asks again: states of all templates, and templates that were made elsewhere. */
export function CheckNow({ checkedAt }: { checkedAt: string | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayWrite = useMayWrite();
  const sync = useMutation(trpc.template.sync.mutationOptions({
    onSuccess: ({ found, added, changed }) => {
      void queryClient.invalidateQueries(trpc.template.pathFilter());
      notify.success(added + changed === 0 ? `Nothing changed: ${formatCount(found, 'template')} at Twilio.` : `${formatCount(found, 'template')} at Twilio: ${added} new here, ${changed} changed.`);
    },
    onError: (error) => notify.error('Twilio could not be asked', { description: problemMessage(error) }),
  }));
  return (
    <span className="flex items-center gap-2 max-sm:justify-between">
      <span className="text-table text-muted-foreground">{checkedAt ? <>Last checked <Time value={checkedAt} /></> : 'Not checked yet'}</span>
      {mayWrite ? <Button icon={<RefreshCw aria-hidden />} loading={sync.isPending} onClick={() => sync.mutate()}>Check now</Button> : null}
    </span>
  );
}
