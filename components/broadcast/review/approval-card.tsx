'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, ShieldCheck, X } from 'lucide-react';
import { useState } from 'react';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Family } from '#components/ui/family.ts';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ApprovalView } from '#server/domain/broadcast/schema.ts';
import { useApproval } from './use-approval.ts';

const looks: Record<ApprovalView['state'], { family: Family; title: string }> = {
  none: { family: 'warning', title: 'A second person must approve this' }, pending: { family: 'info', title: 'Waiting for a second person' },
  approved: { family: 'success', title: 'Approved' }, rejected: { family: 'danger', title: 'Rejected' }, void: { family: 'warning', title: 'The approval no longer holds' },
};

type ApprovalCardProps = { id: string; approval: ApprovalView };

/** Where the second person's word stands: who asked, who decided, what changed since; and the buttons for those whose turn it is. */
export function ApprovalCard({ id, approval }: ApprovalCardProps) {
  const { family, title } = looks[approval.state];
  const control = useApproval(id);
  const maySend = useMaySend();
  const asks = approval.state === 'none' || approval.state === 'void' || approval.state === 'rejected';
  return (
    <Alert family={family} icon={ShieldCheck} title={approval.mayDecide ? 'Your approval is asked for' : title} action={
      approval.mayDecide ? <Decide approval={approval} control={control} />
        : asks && maySend ? <Button size="sm" variant="primary" loading={control.isAsking} onClick={control.ask}>{approval.state === 'none' ? 'Ask for approval' : 'Ask again'}</Button> : null
    }>
      <p><Story approval={approval} /></p>
      {approval.state === 'none' || approval.state === 'pending' ? <WhoMay isHidden={approval.mayDecide} /> : null}
    </Alert>
  );
}

function Story({ approval }: { approval: ApprovalView }) {
  const limit = `at most ${formatCount(approval.recipients, 'person', 'people')} and ${formatMoney(approval.amount, approval.currency)}`;
  const asked = approval.requestedAt ? <>{approval.requestedBy ?? 'Somebody'} asked <Time value={approval.requestedAt} />, for {limit}.</> : null;
  switch (approval.state) {
    case 'none': return <>Your organisation asks for it above a number of people or a cost. It is bound to the text, the recipients, the sender and the rules: change any of them and it is void.</>;
    case 'pending': return asked;
    case 'approved': return <>By {approval.decidedBy ?? 'a second person'}{approval.decidedAt ? <> <Time value={approval.decidedAt} /></> : null}, for {limit}.{approval.note ? ` “${approval.note}”` : ''} Any change makes it void.</>;
    case 'rejected': return <>By {approval.decidedBy ?? 'a second person'}{approval.decidedAt ? <> <Time value={approval.decidedAt} /></> : null}.{approval.note ? ` “${approval.note}”` : ''} Change it, then ask again.</>;
    case 'void': return <>{sentence(approval.changed)} changed since {approval.decidedAt ? `${approval.decidedBy ?? 'a second person'} approved it` : 'it was asked for'}.</>;
  }
}

const sentence = (changed: string[]) => new Intl.ListFormat('en').format(changed).replace(/^./, (first) => first.toUpperCase());

function WhoMay({ isHidden }: { isHidden: boolean }) {
  const trpc = useTRPC();
  const { data: members } = useQuery(trpc.organization.members.queryOptions());
  const names = (members ?? []).filter(({ role }) => role === 'owner' || role === 'admin').map(({ name }) => name);
  if (isHidden || names.length === 0) return null;
  return <p className="mt-1">{names.length === 1 ? `Only ${names[0]} may approve, and nobody what they asked for themselves: an owner can make somebody else an admin.` : `${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)} may approve, but nobody what they asked for themselves.`}</p>;
}

function Decide({ approval, control }: { approval: ApprovalView; control: ReturnType<typeof useApproval> }) {
  const [asking, setAsking] = useState<'approved' | 'rejected' | null>(null);
  const [note, setNote] = useState('');
  const people = formatCount(approval.recipients, 'person', 'people');
  const isYes = asking === 'approved';
  const confirm = async () => { if (asking && approval.id) await control.decide(approval.id, asking, note.trim()); };
  return (
    <>
      <Button className="max-sm:flex-1" icon={<X aria-hidden />} onClick={() => setAsking('rejected')}>Reject…</Button>
      <Button className="max-sm:flex-1" variant="primary" icon={<Check aria-hidden />} onClick={() => setAsking('approved')}>Approve…</Button>
      <AlertDialog
        open={asking !== null}
        onOpenChange={(open) => { if (!open) setAsking(null); }}
        title={isYes ? `Approve the send to ${people}?` : 'Reject it?'}
        consequence={isYes ? `For at most ${people} and ${formatMoney(approval.amount, approval.currency)}. ${approval.requestedBy ?? 'Who asked'} can then send it; any change makes your approval void.` : `${approval.requestedBy ?? 'Who asked'} reads your reason and can change it and ask again.`}
        confirmLabel={isYes ? 'Approve' : 'Reject'}
        isDestructive={!isYes}
        onConfirm={confirm}
      >
        <Field label={isYes ? 'Note' : 'Reason'} optional><Textarea maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      </AlertDialog>
    </>
  );
}
