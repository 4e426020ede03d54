'use client';

import { useMutation } from '@tanstack/react-query';
import { KeyRound, Send } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { RuleCallView, RuleView } from '#server/domain/automation/schema.ts';
import { useRefreshRules } from './use-rules.ts';

/** A secret, this once. */
export function NewSecret({ secret, action }: { secret: string; action?: ReactNode }) {
  return (
    <Alert family="info" isLive icon={KeyRound} title="The secret of this rule’s webhooks, shown this once" action={action}>
      <p>Your server checks with it that a call is from here: the header X-Hailer-Signature holds t=time,v1=HMAC-SHA256 of “time.body”.</p>
      <p className="mt-2"><Copyable value={secret} label="webhook secret" /></p>
    </Alert>
  );
}

/** Test calls, the secret, and what became of the last calls. */
export function Webhooks({ rule, calls, mayWrite }: { rule: RuleView; calls: readonly RuleCallView[]; mayWrite: boolean }) {
  const trpc = useTRPC();
  const refresh = useRefreshRules();
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useMutation(trpc.automation.rotateSecret.mutationOptions({ onSuccess: (made) => { setSecret(made.secret); void refresh(); } }));
  const urls = rule.actions.flatMap((action) => (action.type === 'webhook' ? action.url : []));
  return (
    <Card
      title="Webhooks" description="Each call is signed. What is not taken with 2xx is tried again for a day, with the same id."
      actions={mayWrite ? (
        <AlertDialog trigger={<Button size="sm" icon={<KeyRound aria-hidden />}>New secret</Button>} title="Make a new secret?" consequence="The old one signs nothing from now on, also not calls that wait. Put the new one into your server right away." confirmLabel="Make new secret" onConfirm={() => rotate.mutateAsync({ id: rule.id })}>
          {rotate.error ? <Alert family="danger" isLive title="No secret was made">{problemMessage(rotate.error)}</Alert> : null}
        </AlertDialog>
      ) : undefined}
    >
      <div className="grid gap-3">
        {secret ? <NewSecret secret={secret} /> : null}
        {mayWrite ? urls.map((url) => <TestCall key={url} id={rule.id} url={url} />) : null}
        {calls.length === 0 ? <p className="text-body text-muted-foreground">No calls yet.</p> : <ul aria-label="Last calls" className="grid gap-2">{calls.map((call) => <Call key={call.id} call={call} />)}</ul>}
      </div>
    </Card>
  );
}

function TestCall({ id, url }: { id: string; url: string }) {
  const trpc = useTRPC();
  const test = useMutation(trpc.automation.testCall.mutationOptions());
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button size="sm" icon={<Send aria-hidden />} loading={test.isPending} onClick={() => test.mutate({ id, url })}>Send a test call</Button>
      <code className="min-w-0 font-mono text-table break-all">{url}</code>
      <span role="status" className="w-full text-table empty:hidden">
        {test.data ? <Status look="plain" family={test.data.isTaken ? 'success' : 'danger'} className="max-w-full whitespace-normal!">{test.data.isTaken ? `Taken with ${test.data.httpStatus} in ${test.data.milliseconds} ms` : test.data.error}</Status> : null}
        {test.error ? <Status look="plain" family="danger" className="max-w-full whitespace-normal!">{problemMessage(test.error)}</Status> : null}
      </span>
    </div>
  );
}

const states = { waiting: { word: 'Waits', family: 'info' }, taken: { word: 'Taken', family: 'success' }, given_up: { word: 'Given up', family: 'danger' } } as const;

function Call({ call: { url, state, tries, httpStatus, error, nextAt, createdAt } }: { call: RuleCallView }) {
  return (
    <li className="border-t pt-2 text-table">
      <span className="flex flex-wrap items-center gap-x-3"><Status family={states[state].family}>{states[state].word}</Status><code className="min-w-0 font-mono break-all">{url}</code><Time value={createdAt} className="text-muted-foreground" /></span>
      <span className="mt-1 block text-muted-foreground">{tries === 1 ? 'One try' : `${tries} tries`}{httpStatus ? `, last answer ${httpStatus}` : ''}{error ? `. ${error}` : ''}{state === 'waiting' && tries > 0 && nextAt ? <> Next <Time value={nextAt} mode="absolute" /></> : null}</span>
    </li>
  );
}
