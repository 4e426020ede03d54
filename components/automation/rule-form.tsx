'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { ActionFields } from './action-fields.tsx';
import { faultsOf, inputOf, type RuleDraft } from './rule-draft.ts';
import { matchHints, matchNames, type Match } from './words.ts';

type RuleFormProps = {
  start: RuleDraft; submitLabel: string; isPending: boolean; errors: readonly FieldError[];
  onSubmit: (input: ReturnType<typeof inputOf>) => void;
  /** Something was typed or chosen. */
  onEdit?: () => void;
  children?: ReactNode;
};

const MATCHES: readonly Match[] = ['exact', 'starts_with', 'contains'];

/** The fields of a rule, new or known. */
export function RuleForm({ start, submitLabel, isPending, errors: refused, onSubmit, onEdit, children }: RuleFormProps) {
  const [draft, setDraft] = useState(start);
  const [faults, setFaults] = useState<FieldError[]>([]);
  const errors = faults.length > 0 ? faults : refused;
  const change = (part: Partial<RuleDraft>) => { setDraft({ ...draft, ...part }); onEdit?.(); };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    if (found.length === 0) onSubmit(inputOf(draft));
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <ErrorSummary errors={errors} />
      {children}
      <Card title="When">
        <div className="grid gap-4">
          <Field id="name" label="Name of the rule" error={errorFor(errors, 'name')}><Input value={draft.name} maxLength={100} autoComplete="off" onChange={(event) => change({ name: event.target.value })} /></Field>
          <RadioGroup legend="The message" name="match" value={draft.match} onValueChange={(value) => change({ match: MATCHES.find((match) => match === value) ?? 'exact' })} options={MATCHES.map((match) => ({ value: match, label: matchNames[match], hint: matchHints[match] }))} />
          <Field id="keywords" label="Keywords" hint="One word or several, with commas between. STOP, START, HELP and their like are answered by Twilio and cannot be used." error={errorFor(errors, 'keywords')}>
            <Input value={draft.keywords} maxLength={1400} autoComplete="off" autoCapitalize="characters" onChange={(event) => change({ keywords: event.target.value })} />
          </Field>
          <SenderChoice chosen={draft.senders} error={errorFor(errors, 'senders')} onChange={(senders) => change({ senders })} />
          <Field id="onceHours" label="Once per person within" hint="Hours. It keeps two machines from answering each other for ever." error={errorFor(errors, 'onceHours')} className="sm:max-w-72">
            <Input inputMode="numeric" value={draft.onceHours} maxLength={4} autoComplete="off" onChange={(event) => change({ onceHours: event.target.value })} />
          </Field>
          <Checkbox label="The rule is on" checked={draft.isEnabled} onChange={(event) => change({ isEnabled: event.target.checked })} />
        </div>
      </Card>
      <Card>
        <ActionFields actions={draft.actions} isMessageCounted={draft.senders.length === 0 || draft.senders.some((sender) => sender.startsWith('whatsapp:'))} errors={errors} onChange={(actions) => change({ actions })} />
      </Card>
      <div className="flex flex-col sm:flex-row sm:justify-end"><Button type="submit" variant="primary" loading={isPending}>{submitLabel}</Button></div>
    </form>
  );
}

function SenderChoice({ chosen, error, onChange }: { chosen: string[]; error: string | undefined; onChange: (senders: string[]) => void }) {
  const trpc = useTRPC();
  const { data: senders = [] } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const addresses = [...new Set([...senders.map(({ address }) => address), ...chosen])];
  return (
    <fieldset id="senders" tabIndex={-1} className="min-w-0">
      <legend className="text-body font-medium">On which of your numbers</legend>
      <div className="mt-1">
        <Checkbox label="All of them, also later ones" hint={chosen.length === 0 ? undefined : 'One at least stays chosen.'} checked={chosen.length === 0} onChange={(event) => onChange(event.target.checked ? [] : addresses)} disabled={addresses.length === 0} />
        {chosen.length > 0 ? addresses.map((address) => (
          <Checkbox key={address} className="ml-6" label={<>{formatPhone(address)}{address.startsWith('whatsapp:') ? ' on WhatsApp' : ''}{senders.some((one) => one.address === address) ? '' : ' (no sender of yours any more)'}</>} checked={chosen.includes(address)} disabled={chosen.length === 1 && chosen.includes(address)}
            onChange={() => onChange(chosen.includes(address) ? chosen.filter((one) => one !== address) : [...chosen, address])} />
        )) : null}
      </div>
      {error ? <p className="text-table font-medium text-destructive"><span className="sr-only">Error: </span>{error}</p> : null}
    </fieldset>
  );
}
