'use client';

import { useMutation } from '@tanstack/react-query';
import { OrganizationSwitcher } from '#components/layout/organization-switcher.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';

type Organization = { id: string; name: string };

export function OrganizationMenu({ current, organizations }: { current: Organization; organizations: readonly Organization[] }) {
  const trpc = useTRPC();
  const change = useMutation(trpc.organization.switch.mutationOptions({
    // A new page: nothing that was read for the other organisation may stay.
    onSuccess: () => window.location.assign('/'),
    onError: (error) => notify.error(error.message),
  }));
  return <OrganizationSwitcher current={current} organizations={organizations} onSwitch={(organizationId) => change.mutate({ organizationId })} />;
}
