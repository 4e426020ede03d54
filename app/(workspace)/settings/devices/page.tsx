import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { Devices } from '#components/device/devices.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';

export const metadata: Metadata = { title: 'Devices' };

export default async function DevicesPage() {
  await Promise.allSettled([fetchNow(trpc.device.list.queryOptions()), fetchNow(trpc.organization.read.queryOptions())]);
  return (
    <HydrateClient>
      <PageHeader title="Devices" description="Where you want to know at once that somebody wrote." />
      <Devices timeZones={['UTC', ...Intl.supportedValuesOf('timeZone')]} />
    </HydrateClient>
  );
}
