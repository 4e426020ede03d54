'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { Status } from '#components/ui/status.tsx';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';

/** How decisions about templates come here: read from time to time, or told at once as well (P59). */
export function TemplateEvents({ account: { pushesTemplates }, mayWrite }: { account: TwilioAccountView; mayWrite: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const connect = useMutation(trpc.twilioAccount.connectEvents.mutationOptions({
    onSuccess: (account) => { queryClient.setQueryData(trpc.twilioAccount.read.queryKey(), account); notify.success('Twilio tells at once', { description: 'Decisions about templates come here as they are made.' }); },
    onError: (error) => notify.error('Not set up', { description: error.message }),
  }));
  return (
    <Card
      title="Decisions about WhatsApp templates"
      actions={mayWrite && !pushesTemplates ? <Button size="sm" loading={connect.isPending} onClick={() => connect.mutate()}>Have Twilio tell at once</Button> : null}
    >
      <div className="grid justify-items-start gap-1">
        {pushesTemplates ? <Status family="success">Told at once</Status> : <Status family="neutral">Read from time to time</Status>}
        <p className="max-w-prose text-body text-muted-foreground">
          {pushesTemplates
            ? 'Twilio pushes every decision here as it is made. The status is read from time to time as well.'
            : 'The status of a template is read every 2 minutes in the first hour, then every 15, and daily after two days. Twilio can push decisions as well; then they are here within seconds.'}
        </p>
      </div>
    </Card>
  );
}
