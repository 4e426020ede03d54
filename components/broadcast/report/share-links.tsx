'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Field } from '#components/ui/field.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ShareView } from '#server/domain/report-share/schema.ts';

const periods = [[7, 'in a week'], [30, 'in a month'], [90, 'in three months']] as const;

export function ShareLinks({ broadcastId }: { broadcastId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = trpc.reportShare.list.queryOptions({ broadcastId });
  const { data: shares = [], error } = useQuery(options);
  const again = () => queryClient.invalidateQueries(options);
  const create = useMutation(trpc.reportShare.create.mutationOptions({ onSuccess: again }));
  const revoke = useMutation(trpc.reportShare.revoke.mutationOptions({
    onSuccess: () => { notify.success('The link shows nothing any more.'); return again(); },
    onError: (failure) => notify.error('The link was not revoked', { description: problemMessage(failure) }),
  }));
  const failure = create.error ?? error;
  // The link that was just made may be revoked right away: then its address is gone with it.
  const made = shares.some(({ id }) => id === create.data?.id) ? create.data : undefined;
  return (
    <div className="grid gap-5 pt-1.5">
      {failure ? <Alert family="danger" isLive>{problemMessage(failure)}</Alert> : null}
      {made ? (
        <Alert family="success" isLive title="The link is ready. Copy it now: it is not shown again.">
          <Copyable value={`${window.location.origin}${made.path}`} label="link" className="mt-1" />
        </Alert>
      ) : null}
      <NewLink isPending={create.isPending} onCreate={(days, showsCost) => create.mutate({ broadcastId, days, showsCost })} />
      {shares.length > 0 ? (
        <section aria-label="Links that work">
          <h3 className="text-table font-medium text-muted-foreground">Links that work</h3>
          <ul className="divide-y">{shares.map((share) => <Share key={share.id} share={share} isPending={revoke.isPending && revoke.variables.id === share.id} onRevoke={() => revoke.mutate({ id: share.id })} />)}</ul>
        </section>
      ) : null}
    </div>
  );
}

function NewLink({ isPending, onCreate }: { isPending: boolean; onCreate: (days: number, showsCost: boolean) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onCreate(Number(form.get('days')), form.has('showsCost'));
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-3">
      <Field label="Expires" id="share-days"><Select name="days" defaultValue="30">{periods.map(([days, words]) => <option key={days} value={days}>{words}</option>)}</Select></Field>
      <Checkbox name="showsCost" label="Show what it cost" />
      <Button type="submit" variant="primary" loading={isPending} className="justify-self-start max-sm:w-full">Make link</Button>
    </form>
  );
}

function Share({ share, isPending, onRevoke }: { share: ShareView; isPending: boolean; onRevoke: () => void }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <span className="min-w-0 text-body">
        Until <Time value={share.expiresAt} mode="absolute" />
        <span className="block text-table text-muted-foreground">{share.createdBy ? `By ${share.createdBy}, ` : ''}made <Time value={share.createdAt} />, {share.showsCost ? 'with' : 'without'} the cost</span>
      </span>
      <Button size="sm" loading={isPending} onClick={onRevoke}>Revoke</Button>
    </li>
  );
}
