'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Clock, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { ChannelMark } from '#components/conversation/channel-mark.tsx';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { familyInk, type Family } from '#components/ui/family.ts';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { MayMessageView } from '#server/domain/person/schema.ts';

type OnChannel = MayMessageView['channels'][number];
type Step = OnChannel['steps'][number];

/** "May we message this person now?": the answer of each channel, with all that speaks for and against it. */
export function MayMessage({ contactId }: { contactId: string }) {
  const trpc = useTRPC();
  const { data, error, refetch, isFetching } = useQuery({ ...trpc.contact.mayMessage.queryOptions({ id: contactId }), refetchInterval: 60_000 });
  if (error) return <Card title="May we message them now?"><p role="alert">{problemMessage(error)}</p><Button size="sm" className="mt-2" loading={isFetching} onClick={() => void refetch()}>Try again</Button></Card>;
  return (
    <Card isFlush title="May we message them now?" description="As a broadcast that begins this minute would decide.">
      {data ? <ul className="divide-y">{data.channels.map((each) => <Channel key={each.channel} given={each} />)}</ul> : <SkeletonRows label="Asking" rows={3} />}
    </Card>
  );
}

const verdicts: Record<OnChannel['verdict'], { word: string; family: Family }> = {
  yes: { word: 'Yes', family: 'success' }, template_only: { word: 'Templates only', family: 'info' }, later: { word: 'Later', family: 'warning' }, no: { word: 'No', family: 'danger' },
};

/** What decides is told at once, the rest when it is opened. */
function Channel({ given: { channel, label, verdict, sender, steps } }: { given: OnChannel }) {
  const decisive = steps.find(({ status }) => status === 'fail') ?? steps.find(({ status }) => status === 'wait') ?? (verdict === 'template_only' ? steps.find(({ code }) => code === 'window') : undefined);
  const { word, family } = verdicts[verdict];
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="text-body font-medium"><ChannelMark channel={channel} /></h3>
        <Status family={family}>{word}</Status>
      </div>
      {decisive ? <Reason step={decisive} /> : <p className="mt-1 text-table text-muted-foreground">Nothing stands against it.</p>}
      <details className="group mt-1">
        <summary className="w-fit cursor-pointer rounded-control text-table text-link underline underline-offset-3 pointer-coarse:py-2.5">All reasons<span className="sr-only"> for {label}</span></summary>
        <ol className="mt-2 grid gap-2">{steps.map((step) => <StepLine key={step.code} step={step} />)}</ol>
        {sender ? <p className="mt-2 text-caption text-muted-foreground">From {formatPhone(sender)}</p> : null}
      </details>
    </li>
  );
}

const Reason = ({ step }: { step: Step }) => (
  <p className="mt-1 text-table">{step.title}{step.until ? <>, until <Time value={step.until} mode="absolute" /></> : null}. <span className="text-muted-foreground">{step.detail}</span></p>
);

const looks: Record<Step['status'], { icon: LucideIcon; word: string; family: Family }> = {
  pass: { icon: Check, word: 'Fine', family: 'success' }, warn: { icon: TriangleAlert, word: 'Note', family: 'warning' }, wait: { icon: Clock, word: 'Waits', family: 'warning' }, fail: { icon: OctagonAlert, word: 'Stops it', family: 'danger' },
};

function StepLine({ step: { status, title, detail, until } }: { step: Step }) {
  const { icon: Icon, word, family } = looks[status];
  return (
    <li className="flex gap-2 text-table">
      <Icon aria-hidden className={classNames('mt-0.5 size-3.5 shrink-0', familyInk[family])} />
      <span className="min-w-0">
        <span className="sr-only">{word}: </span><span className="font-medium">{title}</span>
        {detail ? <span className="block break-words text-muted-foreground">{detail}</span> : null}
        {until ? <span className="block text-muted-foreground">Until <Time value={until} mode="absolute" /></span> : null}
      </span>
    </li>
  );
}
