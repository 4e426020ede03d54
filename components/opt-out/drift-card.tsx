'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { Progress } from '#components/ui/progress.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Drift, DriftView } from '#server/domain/consent/schema.ts';
import { linkLook } from './opt-out-table.tsx';

/** How our list differs from what Twilio can tell, and what mends it. */
export function DriftCard() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayWrite = useMayWrite();
  const { data } = useQuery(trpc.optOut.drift.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.isRunning ? 1_500 : false) }));
  const again = async () => { await queryClient.invalidateQueries(trpc.optOut.pathFilter()); };
  const start = useMutation(trpc.optOut.startCheck.mutationOptions({ onSuccess: again, onError: (error) => notify.error('The check did not start', { description: problemMessage(error) }) }));
  if (!data) return null;
  return (
    <Card
      className="mb-4" title="Compared with Twilio" description="Twilio publishes no list of opt-outs. Its messages and refusals tell what we may have missed, once a day."
      actions={mayWrite ? <Button size="sm" icon={<RefreshCw aria-hidden />} loading={start.isPending || data.isRunning} onClick={() => start.mutate()}>Check now</Button> : undefined}
    >
      <div className="grid gap-3" aria-live="polite">
        <Standing drift={data} />
        {data.waiting.count > 0 ? <p className="text-table text-muted-foreground">{formatCount(data.waiting.count, 'decision waits', 'decisions wait')} to be told to Twilio.{data.waiting.reason ? ` ${data.waiting.reason}` : ''}</p> : null}
        {data.differences.length > 0 ? <Differences drift={data} onChanged={again} /> : null}
      </div>
    </Card>
  );
}

function Standing({ drift: { check, isRunning, total } }: { drift: DriftView }) {
  if (isRunning) return <div className="grid gap-2"><Status family="progress">Comparing</Status>{check && check.total > 0 && !check.finishedAt ? <Progress label="Senders whose messages were read" value={check.done} max={check.total} /> : null}</div>;
  if (!check) return <Status family="neutral">Not compared yet</Status>;
  const when = <span className="text-table text-muted-foreground">Last compared <Time value={check.finishedAt ?? check.startedAt} />, messages since <Time value={check.since} />.</span>;
  return (
    <div className="grid justify-items-start gap-1.5">
      {check.error ? <><Status family="danger">The check failed</Status><p>{check.error}</p></> : total === 0 ? <Status family="success">No differences</Status> : <Status family="warning">{formatCount(total, 'difference', 'differences')}</Status>}
      {check.missedMessages > 0 ? <p className="text-table">{formatCount(check.missedMessages, 'other message', 'other messages')} of theirs never arrived here. Look at the webhook in <Link href="/settings/twilio" className={linkLook}>Settings → Twilio</Link>.</p> : null}
      {when}
    </div>
  );
}

function Differences({ drift: { differences, total }, onChanged }: { drift: DriftView; onChanged: () => Promise<void> }) {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const retry = useMutation(trpc.optOut.retryPushes.mutationOptions({ onSuccess: async ({ due }) => { notify.success(`Twilio is told of ${formatCount(due, 'decision', 'decisions')} once more.`); await onChanged(); }, onError: (error) => notify.error('Nothing was tried again', { description: problemMessage(error) }) }));
  const hasFailed = differences.some(({ kind }) => kind === 'push_failed');
  return (
    <>
      <ul aria-label="Differences" className="divide-y rounded-control border">
        {differences.map((drift) => <li key={`${drift.kind}${drift.id}`} className="grid gap-0.5 px-3 py-2"><Difference drift={drift} /></li>)}
      </ul>
      {total > differences.length ? <p className="text-table text-muted-foreground">And {formatNumber(total - differences.length)} more.</p> : null}
      {hasFailed && mayWrite ? <div><Button size="sm" loading={retry.isPending} onClick={() => retry.mutate()}>Tell Twilio again</Button></div> : null}
    </>
  );
}

function Difference({ drift }: { drift: Drift }) {
  const { title, fix, family } = wordsOf(drift);
  const name = drift.contact?.name && drift.contact.name !== drift.phone ? `${drift.contact.name}, ${formatPhone(drift.phone)}` : formatPhone(drift.phone);
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        {drift.contact ? <Link href={`/contacts/${drift.contact.id}`} className={linkLook}>{name}</Link> : <span className="font-mono">{name}</span>}
        <Status look="plain" family={family}>{title}</Status>
      </p>
      <p className="text-table text-muted-foreground">{fix} <Time value={drift.at} /></p>
    </>
  );
}

function wordsOf({ kind, event, word, detail }: Drift): { title: string; fix: ReactNode; family: 'success' | 'warning' | 'danger' } {
  switch (kind) {
    case 'recovered': return { title: `Their “${word ?? ''}” never arrived here`, fix: event === 'opt_out' ? 'It is recorded now: they get nothing more.' : 'It is recorded now: they are back.', family: 'success' };
    case 'refused': return { title: 'Twilio refused a message to them (21610)', fix: 'They had opted out there. It is recorded now: they get nothing more.', family: 'success' };
    case 'must_text_start': return { title: 'Twilio still blocks them', fix: `Consent was noted here${detail ? ` (${detail})` : ''}, but they had left by themselves. Only START from their phone lifts it at Twilio: ask them to text it.`, family: 'warning' };
    case 'push_failed': return { title: 'Twilio was not told', fix: `${event === 'opt_out' ? 'They get nothing from here, but another program of your account could still write to them.' : 'Twilio may still block them.'} ${detail ?? ''}`, family: 'danger' };
  }
}
