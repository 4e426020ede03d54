'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { Avatar } from './avatar.tsx';

type Person = NonNullable<ConversationView['assignedTo']>;
type AssignDialogProps = { conversation: ConversationView; open: boolean; onOpenChange: (open: boolean) => void; onAssign: (to: Person | null) => void };

const MANY = 8;

/** Who takes care of it: oneself first. */
export function AssignDialog({ conversation: { assignedTo }, open, onOpenChange, onAssign }: AssignDialogProps) {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const { data, error } = useQuery(trpc.conversation.colleagues.queryOptions(undefined, { enabled: open }));
  const { data: me } = useQuery(trpc.organization.me.queryOptions(undefined, { enabled: open }));
  const wanted = search.trim().toLowerCase();
  const people = (data ?? []).filter(({ name }) => name.toLowerCase().includes(wanted)).toSorted((one, other) => Number(other.id === me?.userId) - Number(one.id === me?.userId));
  const choose = (to: Person | null) => { onOpenChange(false); if (to?.id !== assignedTo?.id) onAssign(to); };
  return (
    <Dialog title="Assign to" open={open} onOpenChange={onOpenChange}>
      {error && !data ? <Alert family="danger" isLive title="The members could not be read">{problemMessage(error)}</Alert> : null}
      {!data && !error ? <SkeletonRows rows={3} label="Loading members" /> : null}
      {data && data.length > MANY ? <Input type="search" aria-label="Search members" placeholder="Search a name" className="mb-2" value={search} autoComplete="off" onChange={(event) => setSearch(event.target.value)} /> : null}
      <ul aria-label="Members" className="grid gap-0.5">
        {people.map((person) => (
          <li key={person.id}>
            <Choice isOn={person.id === assignedTo?.id} onClick={() => choose(person)}><Avatar title={person.name} className="size-7 text-caption" /><span className="min-w-0 flex-1 truncate">{person.name}{person.id === me?.userId ? ' (you)' : ''}</span></Choice>
          </li>
        ))}
        {assignedTo ? <li><Choice isOn={false} onClick={() => choose(null)}><UserRoundX aria-hidden className="mx-1.5 size-4 text-muted-foreground" /><span className="flex-1">Nobody</span></Choice></li> : null}
      </ul>
    </Dialog>
  );
}

function Choice({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: React.ReactNode }) {
  return <button type="button" aria-pressed={isOn} onClick={onClick} className="flex min-h-10 w-full items-center gap-2.5 rounded-control px-2 py-1 text-left text-body hover:bg-hover pointer-coarse:min-h-11">{children}{isOn ? <Check aria-hidden className="size-4 shrink-0" /> : null}</button>;
}
