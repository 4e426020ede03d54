import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ReleaseView } from '#server/domain/number/schema.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { useSenderAct } from './use-sender-act.ts';

/** Gives the number back to Twilio, after its consequences in figures and its last four digits. */
export function ReleaseNumber({ sender }: { sender: SenderView }) {
  const trpc = useTRPC();
  const act = useSenderAct();
  const [isOpen, setOpen] = useState(false);
  const [confirmation, setConfirmation] = useState('');
  const { data } = useQuery(trpc.number.readRelease.queryOptions({ id: sender.id }, { enabled: isOpen, staleTime: 0 }));
  const release = useMutation(trpc.number.release.mutationOptions({
    onSuccess: async () => { await act.refresh(); notify.success('Released', { description: `${formatPhone(sender.address)} belongs to Twilio again.` }); },
    onError: act.refused('Not released'),
  }));
  const number = formatPhone(sender.address);
  return (
    <AlertDialog
      title={`Release ${number}?`} consequence="Twilio takes it back at once and may sell it to others; nobody can promise it to you again. Its monthly fee ends."
      confirmLabel="Release the number" isDestructive open={isOpen} onOpenChange={(open) => { setOpen(open); setConfirmation(''); }}
      onConfirm={() => release.mutateAsync({ id: sender.id, confirmation })} trigger={<Button size="sm" variant="ghost">Release…</Button>}
    >
      <div className="grid gap-3">
        {data ? <Consequences found={data} /> : null}
        <Field label={`Type the last four digits of ${number}`} required><Input inputMode="numeric" autoComplete="off" maxLength={4} value={confirmation} onChange={(event) => { setConfirmation(event.currentTarget.value); }} /></Field>
      </div>
    </AlertDialog>
  );
}

function Consequences({ found }: { found: ReleaseView }) {
  return (
    <ul className="grid list-disc gap-1 pl-5 text-body">
      {found.busyBroadcasts > 0 ? <li>{formatCount(found.busyBroadcasts, 'broadcast is', 'broadcasts are')} sending, paused or scheduled from it. Let them end first.</li> : null}
      {found.drafts > 0 ? <li>{formatCount(found.drafts, 'draft needs', 'drafts need')} another sender.</li> : null}
      <li>{formatCount(found.people, 'person has', 'people have')} a conversation with it; {formatCount(found.openConversations, 'is', 'are')} open. Their answers no longer arrive.</li>
      {found.isSystem ? <li>It is the default: broadcasts that name no sender have none until you choose another.</li> : null}
    </ul>
  );
}
