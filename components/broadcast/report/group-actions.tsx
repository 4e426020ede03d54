'use client';

import { RotateCcw, UserRoundMinus, Wrench } from 'lucide-react';
import Link from 'next/link';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatCount } from '#components/format/number.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import type { RetryFailedInput } from '#server/domain/broadcast/schema.ts';
import type { FailureGroup } from './delivery-errors.tsx';
import { useRemoveFailed } from './use-remove-failed.ts';
import { useRetryFailed } from './use-retry-failed.ts';

type GroupActionsProps = { broadcastId: string; group: FailureGroup; causes: NonNullable<RetryFailedInput['causes']>; count: number };

/** What can be done about all failures of one group at once. */
export function GroupActions({ broadcastId, group, causes, count }: GroupActionsProps) {
  const maySend = useMaySend();
  if (!maySend || group === 'nothing') return null;
  return (
    <div className="flex flex-wrap gap-2">
      {group === 'fix_registration' ? <Button size="sm" asChild><Link href="/settings/twilio"><Wrench aria-hidden />Check the sender</Link></Button> : null}
      {group === 'fix_list' ? <RemoveFromList broadcastId={broadcastId} causes={causes} count={count} /> : <Retry broadcastId={broadcastId} causes={causes} count={count} />}
    </div>
  );
}

type ActionProps = Omit<GroupActionsProps, 'group'>;

function Retry({ broadcastId, causes, count }: ActionProps) {
  const retry = useRetryFailed();
  return <Button size="sm" icon={<RotateCcw aria-hidden />} loading={retry.isPending || retry.isSuccess} onClick={() => retry.mutate({ id: broadcastId, causes })}>Retry {count === 1 ? 'this one' : `these ${count.toLocaleString('en-US')}`}…</Button>;
}

function RemoveFromList({ broadcastId, causes, count }: ActionProps) {
  const remove = useRemoveFailed();
  const people = formatCount(count, 'person', 'people');
  return (
    <AlertDialog
      title={`Remove ${people} from the list?`} confirmLabel="Remove from the list" isDestructive
      consequence={`They leave every list that this broadcast went to and stay your contacts, with the tag “undeliverable”, so that a filter can leave them out elsewhere. What the list holds about them is deleted.`}
      onConfirm={() => remove.mutateAsync({ id: broadcastId, causes })}
      trigger={<Button size="sm" icon={<UserRoundMinus aria-hidden />} loading={remove.isPending}>Remove {count === 1 ? 'this one' : `these ${count.toLocaleString('en-US')}`} from the list…</Button>}
    />
  );
}
