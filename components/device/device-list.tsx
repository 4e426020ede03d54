'use client';

import { LogOut, Smartphone } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeviceView } from '#server/domain/device/schema.ts';
import { DeviceActs } from './device-acts.tsx';
import { useRememberedDevice } from './remembered-device.ts';

type DeviceListProps = { devices: DeviceView[]; organizationId: string; timeZones: readonly string[] };

export function DeviceList({ devices, organizationId, timeZones }: DeviceListProps) {
  const [thisOne] = useRememberedDevice(organizationId);
  if (devices.length === 0) return <Card title="Your devices"><EmptyState icon={<Smartphone />} headingLevel={3} title="No devices yet">Browsers in which you turn notifications on stand here, and softphones that register by the API.</EmptyState></Card>;
  return (
    <Card title="Your devices" description="Yours only; colleagues have lists of their own. A subscription that a browser has ended is removed by itself." isFlush>
      <Table caption="Your devices">
        <TableHeader><TableHead>Device</TableHead><TableHead>Last seen</TableHead><TableHead>Last push</TableHead><TableHead>Quiet</TableHead><TableHead><span className="sr-only">Acts</span></TableHead></TableHeader>
        <TableBody>
          {devices.map((device) => (
            <TableRow key={device.id}>
              <TableCell>
                <span className="min-w-0">
                  <span className="flex flex-wrap items-center gap-2 font-medium">{device.name}{device.id === thisOne ? <Badge>This one</Badge> : null}</span>
                  <span className="block text-table font-normal text-muted-foreground">{[device.platform === device.name ? '' : device.platform, ...device.capabilities].filter(Boolean).join(' · ')}</span>
                </span>
              </TableCell>
              <TableCell label="Last seen" className="whitespace-nowrap"><Time value={device.lastSeenAt} /></TableCell>
              <TableCell label="Last push"><LastPush device={device} /></TableCell>
              <TableCell label="Quiet" className="whitespace-nowrap">{device.quietFrom && device.quietUntil ? `${device.quietFrom}–${device.quietUntil}` : '–'}</TableCell>
              <TableCell className="max-sm:mt-2 sm:text-right"><DeviceActs device={device} timeZones={timeZones} /></TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function LastPush({ device: { isPushed, isSignedIn, lastPushedAt, lastPushError } }: { device: DeviceView }) {
  if (!isSignedIn) return <Status family="neutral" look="plain" icon={LogOut}>Signed out</Status>;
  if (lastPushError) return <span className="grid max-w-64 gap-0.5 max-sm:justify-items-end"><Status family="danger" look="plain">Failed</Status><span className="text-caption whitespace-normal text-muted-foreground">{lastPushError}</span></span>;
  if (lastPushedAt) return <Status family="success" look="plain"><Time value={lastPushedAt} /></Status>;
  return <span className="text-muted-foreground">{isPushed ? 'None yet' : 'Listens to its stream'}</span>;
}
