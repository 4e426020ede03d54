'use client';

import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';
import { FALLBACK_CURRENCY } from '#components/broadcast/cost.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { channelUnits, methodNames } from '#components/format/channel.ts';
import { formatUnitPrice } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { DeliveryDetail } from '#server/domain/delivery/schema.ts';
import { DeliveryLife } from './delivery-life.tsx';
import { DeliveryOrigin } from './delivery-origin.tsx';
import { DeliveryStatus } from './delivery-status.tsx';
import { isErased, whyNotAgain } from './try-again.ts';
import { useWriteAgain } from './use-write-again.ts';

const WHILE_LIVE = 2_000; // ms

/** The whole life of one message, beside the log. */
export function DeliveryPanel({ id, isLive, onClose }: { id: string | null; isLive: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.delivery.read.queryOptions({ id: id ?? '' }, { enabled: id !== null, staleTime: 0, refetchInterval: isLive ? WHILE_LIVE : false }));
  return (
    <Sheet
      open={id !== null}
      onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}
      title={data ? data.contactName ?? formatPhone(data.recipient) : 'Message'}
      description={data ? <Place delivery={data} /> : undefined}
    >
      {data ? <Detail delivery={data} /> : null}
      {error && !data ? <Alert family="danger" isLive title="The message could not be read">{problemMessage(error)}</Alert> : null}
      {!data && !error ? <SkeletonGroup label="Loading the message" className="grid gap-3"><Skeleton className="h-6 w-28" /><Skeleton className="h-24" /><Skeleton className="w-3/4" /><Skeleton className="w-1/2" /></SkeletonGroup> : null}
    </Sheet>
  );
}

/** Where it belongs: an answer to its conversation, all else to its broadcast. */
function Place({ delivery: { broadcastId, broadcastName, origin } }: { delivery: DeliveryDetail }) {
  const link = 'text-link underline underline-offset-3';
  if (origin.conversationId) return <>{broadcastName} in <Link href={`/inbox?view=all&c=${origin.conversationId}`} className={link}>a conversation</Link></>;
  return <>In <Link href={`/broadcasts/${broadcastId}`} className={link}>{broadcastName}</Link></>;
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const attempt = delivery.attempts.at(-1);
  return (
    <div className="grid gap-5">
      <div className="grid justify-items-start gap-3">
        <DeliveryStatus status={delivery.status} />
        {delivery.waits ? <p className="text-body text-muted-foreground">{delivery.waits}.</p> : null}
        {delivery.reasonTitle ? <Why delivery={delivery} /> : null}
        {delivery.origin.conversationId === null && whyNotAgain(delivery) === null ? <WriteAgain delivery={delivery} /> : null}
      </div>
      <section aria-label="Text">
        <h3 className="mb-1.5 text-table font-medium text-muted-foreground">Text</h3>
        {attempt ? <p className="rounded-bubble rounded-bl-control border bg-surface px-3.5 py-2.5 text-body break-words whitespace-pre-wrap">{attempt.body}</p>
          : <p className="text-body text-muted-foreground">{delivery.status === 'queued' ? 'It is written when the turn of this person comes.' : 'No text was made for this person.'}</p>}
      </section>
      {attempt?.contentVariables ? <Template delivery={delivery} values={attempt.contentVariables} /> : null}
      <Facts delivery={delivery} />
      <section aria-label="Why this one?">
        <h3 className="mb-1.5 text-table font-medium text-muted-foreground">Why this one?</h3>
        <DeliveryOrigin origin={delivery.origin} contactId={delivery.contactId} />
      </section>
      <section aria-label="What happened">
        <h3 className="mb-2 text-table font-medium text-muted-foreground">What happened</h3>
        <DeliveryLife delivery={delivery} />
      </section>
      {delivery.template && delivery.origin.conversationId === null && attempt && delivery.template !== attempt.body ? (
        <details className="text-body">
          <summary className="cursor-pointer text-table font-medium text-muted-foreground">Text of the broadcast, before it was filled in</summary>
          <p className="mt-1.5 break-words whitespace-pre-wrap">{delivery.template}</p>
        </details>
      ) : null}
    </div>
  );
}

/** Which approved text went out, and what filled its positions for this person. */
function Template({ delivery: { contentTemplate, attempts }, values }: { delivery: DeliveryDetail; values: Record<string, string> }) {
  const positions = Object.entries(values).toSorted(([one], [other]) => Number(one) - Number(other));
  return (
    <section aria-label="Template">
      <h3 className="mb-1.5 text-table font-medium text-muted-foreground">Template</h3>
      <p className="text-body">{contentTemplate ? <><Link href={`/templates/${contentTemplate.templateId}`} className="font-mono break-all text-link underline underline-offset-3">{contentTemplate.name}</Link> <span className="text-muted-foreground">({contentTemplate.language})</span></> : <code className="font-mono break-all">{attempts.at(-1)?.contentSid}</code>}</p>
      {positions.length > 0 ? (
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-body [&_dt]:text-muted-foreground">
          {positions.map(([number, value]) => <Fragment key={number}><dt className="font-mono">{`{{${number}}}`}</dt><dd className="break-words">{value}</dd></Fragment>)}
        </dl>
      ) : null}
    </section>
  );
}

/** Plain words first, Twilio's number second and small. */
function Why({ delivery }: { delivery: DeliveryDetail }) {
  const family = delivery.status === 'skipped' ? 'optOut' : delivery.status === 'unknown' ? 'warning' : 'danger';
  return (
    <Alert family={family} title={delivery.reasonTitle} className="w-full">
      {delivery.reasonHelp ? <p>{delivery.reasonHelp}</p> : null}
      {delivery.reasonAction && delivery.reasonAction !== 'Nothing to do' ? <p className="mt-1 text-table"><span className="font-medium">What to do:</span> {delivery.reasonAction}</p> : null}
      {delivery.errorCode ? (
        <p className="mt-1 text-table text-muted-foreground">
          Twilio’s code <a href={`https://www.twilio.com/docs/api/errors/${delivery.errorCode}`} target="_blank" rel="noreferrer" className="font-mono underline underline-offset-3">{delivery.errorCode}<span className="sr-only">, opens a new tab</span></a>
        </p>
      ) : null}
    </Alert>
  );
}

function WriteAgain({ delivery }: { delivery: DeliveryDetail }) {
  const { begin, isPending } = useWriteAgain();
  return useMaySend() ? <Button size="sm" icon={<RotateCcw aria-hidden />} loading={isPending} onClick={() => begin(delivery)}>Try this person again…</Button> : null;
}

function ConsoleLink({ accountSid, sid }: { accountSid: string; sid: string }) {
  return <a href={`https://www.twilio.com/console/sms/logs/${accountSid}/${sid}`} target="_blank" rel="noreferrer" className="block text-table text-link underline underline-offset-3 pointer-coarse:py-2">Open in Twilio Console<span className="sr-only">, opens a new tab</span></a>;
}

function Facts({ delivery }: { delivery: DeliveryDetail }) {
  const segments = delivery.segments ?? delivery.attempts.at(-1)?.segments ?? null;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-body [&_dt]:text-muted-foreground">
      <dt>To</dt><dd>{isErased(delivery) ? 'Erased person' : <Copyable value={delivery.recipient.replace(/^whatsapp:/, '')} label="number" />}</dd>
      {delivery.from ? <><dt>From</dt><dd><Copyable value={delivery.from.replace(/^whatsapp:/, '')} label="sender" /></dd></> : null}
      {delivery.method ? <><dt>Sent as</dt><dd>{methodNames[delivery.method]}</dd></> : null}
      {segments === null || channelUnits[delivery.channel] !== 'segment' ? null : <><dt>Length</dt><dd className="tabular-nums">{formatCount(segments, 'segment')}</dd></>}
      <dt>Cost</dt><dd className="tabular-nums">{costOf(delivery)}</dd>
      {delivery.providerMessageId ? <><dt>SID</dt><dd className="min-w-0"><Copyable value={delivery.providerMessageId} label="message SID" />{delivery.accountSid ? <ConsoleLink accountSid={delivery.accountSid} sid={delivery.providerMessageId} /> : null}</dd></> : null}
    </dl>
  );
}

function costOf(delivery: DeliveryDetail): string {
  if (delivery.cost) return formatUnitPrice(delivery.cost.value, delivery.cost.unit);
  if (!delivery.providerMessageId) return 'nothing';
  return delivery.estimate ? `not priced yet, about ${formatUnitPrice(delivery.estimate, delivery.currency ?? FALLBACK_CURRENCY)}` : 'not priced yet';
}
