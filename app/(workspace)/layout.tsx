import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { AccountMenu } from '#components/account/account-menu.tsx';
import { callbackPath, doorHref } from '#components/account/callback-path.ts';
import { ChooseOrganization } from '#components/account/choose-organization.tsx';
import { Door } from '#components/account/door.tsx';
import { OrganizationMenu } from '#components/account/organization-menu.tsx';
import { AppShell } from '#components/layout/app-shell.tsx';
import { TestModeBar } from '#components/layout/test-mode-bar.tsx';
import { TRPCReactProvider } from '#components/trpc/client.tsx';
import { Toaster } from '#components/ui/toaster.tsx';
import { signedIn } from '#server/auth.ts';

/** The frame of all signed-in pages. It turns strangers to the door for comfort; what guards the data is each procedure. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const session = await signedIn();
  if (!session) redirect(doorHref('/sign-in', callbackPath((await headers()).get('x-path') ?? '/')));
  const [organizations, { isSimulated }] = await Promise.all([fetchNow(trpc.organization.mine.queryOptions()), fetchNow(trpc.user.instance.queryOptions())]);
  const current = organizations.find(({ id }) => id === session.organizationId);
  if (!current) return <TRPCReactProvider><Door><ChooseOrganization organizations={organizations} /></Door></TRPCReactProvider>;
  // The reader's role decides which buttons stand in the frame and on every page.
  await Promise.allSettled([fetchNow(trpc.organization.read.queryOptions())]);
  return (
    <TRPCReactProvider organizationId={current.id}>
      <HydrateClient>
        <AppShell
          organization={<OrganizationMenu current={current} organizations={organizations} />}
          user={<AccountMenu name={session.name} email={session.email} />}
          testMode={isSimulated ? <TestModeBar /> : null}
        >
          {children}
        </AppShell>
      </HydrateClient>
      <Toaster />
    </TRPCReactProvider>
  );
}
