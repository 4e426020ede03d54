'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BellRing, Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { deferred } from '#components/ui/deferred.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { DeviceView } from '#server/domain/device/schema.ts';

const settings = deferred(() => import('./device-settings.tsx'));

export function DeviceActs({ device, timeZones }: { device: DeviceView; timeZones: readonly string[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const form = settings.use(isOpen);
  const onSettled = () => queryClient.invalidateQueries(trpc.device.list.queryFilter());
  const test = useMutation(trpc.device.test.mutationOptions({ onSuccess: () => notify.success('Test sent', { description: 'It shows within seconds.' }), onError: (error) => notify.error(error.message), onSettled }));
  const remove = useMutation(trpc.device.remove.mutationOptions({ onSuccess: () => notify.success('Removed'), onError: (error) => notify.error(error.message), onSettled }));
  return (
    <div className="flex items-center gap-1 sm:justify-end">
      {device.isPushed ? <Button size="sm" icon={<BellRing />} loading={test.isPending} onClick={() => test.mutate({ deviceId: device.id })}>Test</Button> : null}
      <Dialog
        title={device.name} description="What this device is told, and when it is left in peace." open={isOpen} onOpenChange={setOpen}
        trigger={<IconButton size="sm" label={`Settings of ${device.name}`} icon={<Settings2 />} onPointerEnter={settings.want} />}
      >
        {form ? <form.DeviceSettings device={device} timeZones={timeZones} onSaved={() => { setOpen(false); }} /> : null}
      </Dialog>
      <AlertDialog
        title={`Remove ${device.name}?`} consequence="It hears nothing more. You can turn notifications on again in its browser at any time." confirmLabel="Remove" isDestructive
        onConfirm={() => remove.mutateAsync({ deviceId: device.id })} trigger={<IconButton size="sm" label={`Remove ${device.name}`} icon={<Trash2 />} />}
      />
    </div>
  );
}
