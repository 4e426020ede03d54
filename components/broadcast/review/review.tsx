'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { PeopleSheet } from '#components/broadcast/audience/people-sheet.tsx';
import { BudgetNotices } from '#components/broadcast/budget-notices.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { SendHours } from '#components/broadcast/schedule/send-hours.tsx';
import { reviewSamples } from '#components/broadcast/content/review-samples.ts';
import { TestButton } from '#components/broadcast/test-send/test-button.tsx';
import { formatPhone } from '#components/format/phone.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { ListView } from '#server/domain/audience/schema.ts';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';
import { ApprovalCard } from './approval-card.tsx';
import { Checks } from './checks.tsx';
import { Estimate } from './estimate.tsx';
import { Recipients } from './recipients.tsx';
import { SendOptions } from './send-options.tsx';
import { SendPanel } from './send-panel.tsx';
import { useBalance } from './use-balance.ts';

/** While a second person is asked, their word appears by itself; ms. */
const WHILE_WAITING = 5_000;

/** Everything that the send will do, on one page, before it is done. */
export function Review({ id }: { id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data: broadcast } = useQuery(trpc.broadcast.read.queryOptions({ id }));
  const { data: preview, error, isFetching, refetch } = useQuery(trpc.broadcast.preview.queryOptions({ id }, { staleTime: 5_000, refetchOnMount: 'always', refetchInterval: (query) => (query.state.data?.approval?.state === 'pending' ? WHILE_WAITING : false) }));
  const isSent = broadcast !== undefined && broadcast.status !== 'draft';
  // Somebody else sent it while this page was open.
  useEffect(() => { if (isSent) router.replace(`/broadcasts/${id}`); }, [isSent, id, router]);
  const recount = async () => (await refetch()).data;

  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Broadcasts', href: '/broadcasts' }, { label: broadcast?.name ?? 'Draft', href: `/broadcasts/${id}` }]}
        title="Review and send"
        description="Nothing is sent until you press Send."
        actions={<>
          {broadcast ? <TestButton broadcast={broadcast} /> : null}
          <Button asChild icon={<ArrowLeft aria-hidden />}><Link href={`/broadcasts/${id}`}>Back to editing</Link></Button>
        </>}
      />
      {error && !preview ? (
        <Alert family="danger" isLive title="The review could not be made" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>
      ) : null}
      {!preview && !error ? <SkeletonGroup label="Counting recipients" className="grid gap-4"><Skeleton className="h-48" /><Skeleton className="h-48" /></SkeletonGroup> : null}
      {preview && broadcast ? (
        <><Findings broadcast={broadcast} preview={preview} isCounting={isFetching} recount={recount} /><PeopleSheet broadcastId={id} /></>
      ) : null}
    </>
  );
}

type FindingsProps = { broadcast: BroadcastView; preview: PreviewView; isCounting: boolean; recount: () => Promise<PreviewView | undefined> };

function Findings({ broadcast, preview, isCounting, recount }: FindingsProps) {
  const trpc = useTRPC();
  const { data: lists } = useQuery(trpc.audience.lists.queryOptions());
  const { data: senders } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const balance = useBalance(preview);
  const Samples = reviewSamples[broadcast.channel];
  const from = broadcast.senderPhone ?? senders?.find((sender) => sender.isSystem && sender.channel === broadcast.channel)?.address;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-6">
      <div aria-busy={isCounting} className="grid min-w-0 grid-cols-1 gap-4">
        {preview.approval ? <ApprovalCard id={broadcast.id} approval={preview.approval} /> : null}
        <BudgetNotices id={broadcast.id} />
        <Checks checks={[...preview.checks, ...balance]} />
        <Recipients broadcast={broadcast} preview={preview} from={audienceLabel(broadcast, lists ?? [])} isCounting={isCounting} />
        <SendOptions broadcast={broadcast} preview={preview} />
        <SendHours broadcast={broadcast} />
        <Samples broadcast={broadcast} preview={preview} from={from ?? null} />
      </div>
      <aside aria-label="Cost and send" className="lg:sticky lg:top-4">
        <Card>
          <p className="mb-4 text-body"><span className="block text-table text-muted-foreground">From</span>{from ? formatPhone(from) : 'The system number'}</p>
          <Estimate channel={broadcast.channel} preview={preview} />
          <div className="mt-5"><SendPanel broadcast={broadcast} preview={preview} isCounting={isCounting} recount={recount} /></div>
        </Card>
      </aside>
    </div>
  );
}

function audienceLabel(broadcast: BroadcastView, lists: ListView[]): string | undefined {
  if (broadcast.recipientMethod !== 'lists') return undefined;
  const names = broadcast.selectedLists.map((chosen) => lists.find((list) => list.slug === chosen || list.id === chosen)?.name ?? chosen);
  return names.length === 0 ? 'In no list' : `In ${names.join(', ')}`;
}
