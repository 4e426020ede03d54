'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { CheckList } from './check-list.tsx';
import { ConnectForm } from './connect-form.tsx';
import { SenderList } from './sender-list.tsx';
import { TemplateEvents } from './template-events.tsx';
import { useConnect } from './use-connect.ts';

const NOW_AND_THEN = 60_000; // ms

/** Everything about the organisation's Twilio account on one page. */
export function TwilioSettings() {
  const trpc = useTRPC();
  const { data: account } = useSuspenseQuery(trpc.twilioAccount.read.queryOptions());
  const { data: setup } = useSuspenseQuery(trpc.twilioAccount.setup.queryOptions());
  const { data: organization } = useSuspenseQuery(trpc.organization.read.queryOptions());
  const { data: links } = useSuspenseQuery(trpc.connection.read.queryOptions(undefined, { refetchInterval: NOW_AND_THEN }));
  const connection = useConnect();
  const isAdmin = organization.role === 'owner' || organization.role === 'admin';
  return (
    <div className="grid max-w-3xl gap-4">
      {setup.simulatedAccountsUrl ? <SimulatorHint url={setup.simulatedAccountsUrl} /> : null}
      {account && links ? <CheckList connection={links} mayCheck={isAdmin} isChecking={connection.isChecking} onCheck={connection.check} /> : null}
      <ConnectForm key={account?.accountSid ?? 'new'} account={account} mayWrite={isAdmin} connection={connection} />
      {account ? <TemplateEvents account={account} mayWrite={isAdmin} /> : null}
      <SenderList brand={organization.name} mayWrite={isAdmin} />
    </div>
  );
}

function SimulatorHint({ url }: { url: string }) {
  return (
    <Alert
      title="Twilio is simulated here"
      action={<Button asChild size="sm"><a href={url} target="_blank" rel="noreferrer">Simulated accounts</a></Button>}
    >
      Nothing reaches a phone and nothing costs money. Connect one of the simulated accounts, or set TWILIO_BASE_URL to nothing for real Twilio.
    </Alert>
  );
}
