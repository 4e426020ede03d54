'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { DeviceList } from './device-list.tsx';
import { PushRule } from './push-rule.tsx';
import { ThisBrowser } from './this-browser.tsx';

/** Settings → Devices: this browser, my devices, and the rule of the organisation. */
export function Devices({ timeZones }: { timeZones: readonly string[] }) {
  const trpc = useTRPC();
  const devices = useQuery(trpc.device.list.queryOptions());
  const organization = useQuery(trpc.organization.read.queryOptions());
  const again = () => { void devices.refetch(); void organization.refetch(); };
  if (devices.data && organization.data) {
    return (
      <div className="grid max-w-4xl gap-4">
        <ThisBrowser organizationId={organization.data.id} devices={devices.data} />
        <DeviceList devices={devices.data} organizationId={organization.data.id} timeZones={timeZones} />
        <PushRule organization={organization.data} />
      </div>
    );
  }
  if (devices.error ?? organization.error) return <Alert family="danger" title="Your devices could not be read" action={<Button size="sm" onClick={again}>Try again</Button>}>Check your connection.</Alert>;
  return <SkeletonGroup label="Loading your devices" className="grid max-w-4xl gap-4"><Skeleton className="h-40" /><Skeleton className="h-40" /></SkeletonGroup>;
}
