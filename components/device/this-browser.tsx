'use client';

import { BellOff, BellRing } from 'lucide-react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Status } from '#components/ui/status.tsx';
import type { DeviceView } from '#server/domain/device/schema.ts';
import type { PushSupport } from './push-support.ts';
import { useThisBrowser } from './use-this-browser.ts';

/** Notifications in the browser that shows the page. */
export function ThisBrowser({ organizationId, devices }: { organizationId: string; devices: DeviceView[] }) {
  const { support, deviceId, isPending, problem, turnOn } = useThisBrowser(organizationId);
  const isOn = support === 'ready' && devices.some((device) => device.id === deviceId && device.isPushed);
  return (
    <Card
      title="This browser"
      description="You learn at once when somebody writes, also while no page of this application is open."
      actions={isOn ? <Status family="success" icon={BellRing}>On</Status> : <Status family="neutral" icon={BellOff}>Off</Status>}
    >
      <div className="grid justify-items-start gap-3">
        {problem ? <Alert family="danger" isLive title="Notifications are not on" className="w-full">{problem}</Alert> : null}
        {support === null || support === 'ready' ? <Offer isOn={isOn} isPending={isPending} turnOn={turnOn} /> : <Hint support={support} />}
      </div>
    </Card>
  );
}

function Offer({ isOn, isPending, turnOn }: { isOn: boolean; isPending: boolean; turnOn: () => Promise<void> }) {
  if (isOn) return <p className="max-w-prose text-body">Clicking a notification opens the conversation. Quiet times and what is told stand in the settings of the device below; removing it there turns notifications off.</p>;
  return (
    <>
      <p className="max-w-prose text-body">Your browser asks whether you allow it. What is sent is encrypted for this browser; its push service cannot read it.</p>
      <Button variant="primary" icon={<BellRing />} loading={isPending} onClick={() => void turnOn()}>Turn on notifications</Button>
    </>
  );
}

const hints: Record<Exclude<PushSupport, 'ready'>, { title: string; text: string }> = {
  denied: { title: 'This browser blocks notifications of this site', text: 'Only you can change that: click the sign left of the address, find Notifications under the permissions of the site and allow them. Then reload this page. On a phone look in its settings under the name of the browser.' },
  install_on_ios: { title: 'On an iPhone or iPad, put this application on the home screen first', text: 'Tap Share, then “Add to Home Screen”, open it from there and come back to this page. It needs iOS 16.4 or newer.' },
  insecure: { title: 'Notifications need https', text: 'This page was opened without encryption, and browsers allow notifications on https only. Open the application at its https address.' },
  unsupported: { title: 'This browser cannot receive notifications', text: 'Use a current Chrome, Edge, Firefox or Safari. Private windows cannot do it either.' },
};

const Hint = ({ support }: { support: Exclude<PushSupport, 'ready'> }) => <Alert family="warning" title={hints[support].title} className="w-full">{hints[support].text}</Alert>;
