'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { DoorTitle } from './door.tsx';
import { leave } from './leave.ts';
import { NewOrganizationForm } from './new-organization-form.tsx';

type Organization = { id: string; name: string };

/** For somebody who is signed in but works in no organisation: a new one, or one of theirs. */
export function ChooseOrganization({ organizations }: { organizations: readonly Organization[] }) {
  const trpc = useTRPC();
  const choose = useMutation(trpc.organization.switch.mutationOptions({ onSuccess: () => window.location.reload() }));
  return (
    <>
      <DoorTitle title="Choose an organisation">You are signed in, but in no organisation. You may have been taken out of the last one.</DoorTitle>
      {choose.error ? <p role="alert" className="mb-4 font-medium text-destructive">{choose.error.message}</p> : null}
      <ul className="mb-8 grid gap-2 empty:hidden">
        {organizations.map(({ id, name }) => (
          <li key={id}><Button size="lg" className="w-full" onClick={() => choose.mutate({ organizationId: id })}>{name}</Button></li>
        ))}
      </ul>
      <h2 className="mb-3 text-h3 font-semibold">Start a new one</h2>
      <NewOrganizationForm />
      <Button variant="link" className="mt-8 justify-self-start" onClick={leave}>Sign out</Button>
    </>
  );
}
