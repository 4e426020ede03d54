'use client';

import { useQuery } from '@tanstack/react-query';
import { MessageSquareReply, Plus } from 'lucide-react';
import Link from 'next/link';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { examples } from './rule-draft.ts';
import { RuleRow } from './rule-row.tsx';
import { TryBox } from './try-box.tsx';

/** All keyword rules in the order in which they are asked, with the try box beside them. */
export function RulesPage() {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const { data: rules, error, isFetching, refetch } = useQuery(trpc.automation.list.queryOptions());
  const hasRules = rules !== undefined && rules.length > 0;
  return (
    <>
      <PageHeader
        title="Automations" description="What happens when somebody texts a word. Rules are asked from the top; the first that fits acts, once per message."
        actions={mayWrite && hasRules ? <Button asChild variant="primary" icon={<Plus aria-hidden />}><Link href="/automations/new">New rule</Link></Button> : undefined}
      />
      {error && !rules ? <Alert family="danger" isLive title="The rules could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!rules && !error ? <Card isFlush><SkeletonRows label="Loading rules" /></Card> : null}
      {rules?.length === 0 ? <NoRules mayWrite={mayWrite} /> : null}
      {hasRules ? (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <ol aria-label="Rules in the order in which they are asked" className="grid gap-3">
            {rules.map((rule) => <li key={rule.id} className="min-w-0"><RuleRow rule={rule} rules={rules} mayWrite={mayWrite} /></li>)}
          </ol>
          <div className="lg:sticky lg:top-4"><TryBox /></div>
        </div>
      ) : null}
    </>
  );
}

function NoRules({ mayWrite }: { mayWrite: boolean }) {
  return (
    <Card>
      <EmptyState icon={<MessageSquareReply />} title="No rules yet" action={mayWrite ? <Button asChild variant="primary" icon={<Plus aria-hidden />}><Link href="/automations/new">New rule</Link></Button> : undefined}>
        A rule answers a word that people text: it replies, tags, subscribes or tells your systems. STOP and HELP need none, they are answered already.
      </EmptyState>
      {mayWrite ? (
        <ul aria-label="Examples to start from" className="mx-auto mb-6 grid max-w-3xl gap-3 sm:grid-cols-3">
          {Object.entries(examples).map(([name, { title, description }]) => (
            <li key={name}>
              <Link href={`/automations/new?example=${name}`} className="block h-full rounded-card border p-3 hover:bg-hover">
                <span className="block font-mono text-body font-semibold">{title}</span>
                <span className="mt-1 block text-table text-muted-foreground">{description}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
