'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { Switch } from '#components/ui/switch.tsx';
import type { OrganizationView } from '#server/domain/organization/schema.ts';

/** What holds for the devices of everybody in the organisation. */
export function PushRule({ organization }: { organization: OrganizationView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const update = useMutation(trpc.organization.update.mutationOptions({
    onSuccess: (changed) => {
      queryClient.setQueryData(trpc.organization.read.queryKey(), changed);
      notify.success(changed.pushShowsText ? 'Notifications tell names and first words' : 'Notifications tell no names and no texts');
    },
    onError: (error) => notify.error(error.message),
  }));
  const isReader = organization.role !== 'owner' && organization.role !== 'admin';
  return (
    <Card title="Everybody’s devices">
      <Switch
        label="Names and first words in notifications"
        hint={`Off: no notification of ${organization.name} tells who wrote or what, only that somebody did. Lock screens are read by others.${isReader ? ' Only owners and admins can change it.' : ''}`}
        checked={organization.pushShowsText} disabled={isReader || update.isPending} onCheckedChange={(pushShowsText) => update.mutate({ pushShowsText })}
      />
    </Card>
  );
}
