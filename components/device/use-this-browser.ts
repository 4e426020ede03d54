'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { deviceName } from '#components/account/device-name.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import { browserFacts, pushSupport, type PushSupport } from './push-support.ts';
import { useRememberedDevice } from './remembered-device.ts';
import { NotTurnedOn, subscribe } from './subscribe.ts';

const never = () => () => {};

/** Whether this browser may, and how to turn it on. `support` is null until the page's script runs. */
export function useThisBrowser(organizationId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [deviceId, remember] = useRememberedDevice(organizationId);
  const support = useSyncExternalStore<PushSupport | null>(never, () => pushSupport(browserFacts()), () => null);
  const [, look] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const register = useMutation(trpc.device.register.mutationOptions());
  const [isPending, setPending] = useState(false);
  async function turnOn() {
    setPending(true);
    setProblem(null);
    try {
      const { publicKey } = await queryClient.fetchQuery(trpc.device.pushKey.queryOptions());
      const push = await subscribe(publicKey);
      const name = deviceName(navigator.userAgent);
      const { id } = await register.mutateAsync({ name, platform: name, push });
      remember(id);
      await queryClient.invalidateQueries(trpc.device.list.queryFilter());
      notify.success('Notifications are on in this browser');
    } catch (error) {
      setProblem(error instanceof NotTurnedOn || error instanceof Error ? error.message : 'Something failed in this page. Reload it and try again.');
      look((n) => n + 1); // the permission may be another one now
    } finally { setPending(false); }
  }
  return { support, deviceId, isPending, problem, turnOn };
}
