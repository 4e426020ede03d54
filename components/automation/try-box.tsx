'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Family } from '#components/ui/family.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { Status } from '#components/ui/status.tsx';
import type { CandidateView, TriedView } from '#server/domain/automation/schema.ts';

type Tried = { text: string; sender: string; contactId?: string };

/** Type what somebody might send: which rule wins and why. Nothing is sent. */
export function TryBox() {
  const trpc = useTRPC();
  const { data: senders = [] } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const [text, setText] = useState('');
  const [sender, setSender] = useState('');
  const [who, setWho] = useState('');
  const [asked, setAsked] = useState<Tried | null>(null);
  const { contact, isSearching } = useContact(who);
  const { data: tried, error, isFetching } = useQuery({ ...trpc.automation.try.queryOptions(asked ?? { text: '' }), enabled: asked !== null, placeholderData: keepPreviousData });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked({ text, sender, ...(contact && { contactId: contact.id }) });
  };
  const options = senders.length === 0 ? [{ value: '', label: 'Any number' }] : senders.map(({ address }) => ({ value: address, label: `${formatPhone(address)}${address.startsWith('whatsapp:') ? ' on WhatsApp' : ''}` }));
  return (
    <Card title="Try it" description="What would happen? Nothing is sent.">
      <form onSubmit={submit} className="grid gap-3">
        <Field id="try-text" label="Somebody texts"><Input value={text} maxLength={1600} autoComplete="off" onChange={(event) => setText(event.target.value)} /></Field>
        <Field id="try-sender" label="To"><Select value={sender || (options[0]?.value ?? '')} onChange={(event) => setSender(event.target.value)}>{options.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</Select></Field>
        <Field id="try-who" label="From" optional hint={who.trim() === '' ? 'A contact by name or number; left empty, a stranger.' : contact ? `As ${contact.name}` : isSearching ? 'Searching…' : 'Nobody found: tried as a stranger.'}>
          <Input value={who} maxLength={100} autoComplete="off" onChange={(event) => setWho(event.target.value)} />
        </Field>
        <Button type="submit" variant="primary" loading={isFetching && asked !== null}>Try</Button>
      </form>
      <div role="status" aria-live="polite" className="mt-4 empty:mt-0">
        {error && asked ? <Alert family="danger" title="It could not be tried">{problemMessage(error)}</Alert> : null}
        {tried && asked && !error ? <Result tried={tried} /> : null}
      </div>
    </Card>
  );
}

/** The first contact who fits what is typed. */
function useContact(who: string) {
  const trpc = useTRPC();
  const search = who.trim();
  const { data, isFetching } = useQuery({ ...trpc.contact.list.queryOptions({ search, p: 1, ps: 1 }), enabled: search !== '' });
  const found = search === '' ? undefined : data?.data[0];
  return { contact: found ? { id: found.id, name: [found.firstName, found.lastName].filter(Boolean).join(' ') || found.phone || found.email || 'a contact' } : null, isSearching: isFetching };
}

const families: Record<TriedView['outcome'], Family> = { acted: 'success', held_back: 'warning', near_miss: 'warning', reserved: 'info', no_match: 'neutral' };

function Result({ tried }: { tried: TriedView }) {
  return (
    <div className="grid gap-3">
      <Alert family={families[tried.outcome]} title={tried.title}>
        <p>{tried.why}</p>
        {tried.normalised ? <p className="mt-1 text-table">Compared as <code className="font-mono break-words">{tried.normalised}</code></p> : null}
      </Alert>
      {tried.effects.length > 0 ? (
        <div>
          <h3 className="text-body font-semibold">It would</h3>
          <ol className="mt-1 grid gap-1.5 text-body">
            {tried.effects.map(({ type, description, text }, n) => (
              <li key={`${type}-${n}`}>{n + 1}. {description}{text ? <span className="mt-1 block w-fit max-w-full rounded-bubble rounded-bl-control border bg-surface px-3.5 py-2 break-words whitespace-pre-wrap">{text}</span> : null}</li>
            ))}
          </ol>
        </div>
      ) : null}
      {tried.candidates.length > 0 && tried.outcome !== 'reserved' ? (
        <div>
          <h3 className="text-body font-semibold">Rule by rule</h3>
          <ol className="mt-1 grid gap-2 text-table">{tried.candidates.map((candidate) => <Candidate key={candidate.ruleId} candidate={candidate} />)}</ol>
        </div>
      ) : null}
    </div>
  );
}

const verdicts: Record<CandidateView['verdict'], { word: string; family: Family }> = {
  wins: { word: 'Wins', family: 'success' }, held_back: { word: 'Held back', family: 'warning' }, no_match: { word: 'Does not fit', family: 'neutral' },
  disabled: { word: 'Off', family: 'neutral' }, other_number: { word: 'Other number', family: 'neutral' }, lower_priority: { word: 'Comes later', family: 'neutral' },
};

function Candidate({ candidate: { name, verdict, why } }: { candidate: CandidateView }) {
  return (
    <li>
      <span className="flex flex-wrap items-center gap-x-2"><span className="min-w-0 font-medium break-words">{name}</span><Status look="plain" family={verdicts[verdict].family}>{verdicts[verdict].word}</Status></span>
      <span className="block text-muted-foreground">{why}</span>
    </li>
  );
}
