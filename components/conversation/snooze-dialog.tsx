'use client';

import { useState, type FormEvent } from 'react';
import { formatMoment } from '#components/format/time.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { dateOf, fieldOf, snoozeTimes } from './snooze-times.ts';

type SnoozeDialogProps = { conversation: ConversationView; open: boolean; onOpenChange: (open: boolean) => void; onSnooze: (until: Date | null) => void };

/** Out of sight until a moment; their next message brings it back earlier. */
export function SnoozeDialog({ conversation, open, onOpenChange, onSnooze }: SnoozeDialogProps) {
  const choose = (until: Date | null) => { onOpenChange(false); onSnooze(until); };
  return (
    <Dialog title="Snooze until" description="It comes back then, or as soon as they write." open={open} onOpenChange={onOpenChange}>
      {open ? <Moments isSnoozed={conversation.status === 'snoozed'} onChoose={choose} /> : null}
    </Dialog>
  );
}

function Moments({ isSnoozed, onChoose }: { isSnoozed: boolean; onChoose: (until: Date | null) => void }) {
  const [now] = useState(() => new Date());
  const [own, setOwn] = useState(() => fieldOf(snoozeTimes(now).find(({ label }) => label === 'Tomorrow morning')?.at ?? now));
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = dateOf(own);
    if (!at || at <= new Date()) return setError('Choose a moment that is still ahead.');
    onChoose(at);
  };
  return (
    <div className="grid gap-4">
      <ul aria-label="Moments" className="-mx-2 grid gap-0.5">
        {snoozeTimes(now).map(({ label, at }) => (
          <li key={label}><button type="button" onClick={() => onChoose(at)} className="flex min-h-10 w-full items-center justify-between gap-4 rounded-control px-2 text-left text-body hover:bg-hover pointer-coarse:min-h-11"><span>{label}</span><span className="text-table text-muted-foreground tabular-nums">{formatMoment(at, { now })}</span></button></li>
        ))}
      </ul>
      <form noValidate onSubmit={submit} className="flex items-end gap-2 border-t pt-4">
        <Field label="Another moment" error={error} className="flex-1"><Input type="datetime-local" value={own} onChange={(event) => { setError(undefined); setOwn(event.target.value); }} /></Field>
        <Button type="submit">Snooze</Button>
      </form>
      {isSnoozed ? <Button onClick={() => onChoose(null)}>Bring it back now</Button> : null}
    </div>
  );
}
