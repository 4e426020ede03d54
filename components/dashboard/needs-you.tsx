'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, CircleHelp, FileSignature, Pause, Plug, ShieldCheck, Wallet, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { budgetWord, spentOf } from '#components/broadcast/budget-notices.tsx';
import { formatMoney } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { BROADCAST_SERVICE, budgetInput, unknownInput } from './home-queries.ts';

const WHILE_SENDING = 5_000; // ms
const NOW_AND_THEN = 30_000; // ms

type Need = { key: string; icon: LucideIcon; title: string; detail: string; href: string };

/** What stands still until somebody acts. Nothing when all is well; somebody new has the steps of the beginning instead, but is asked for approvals too. */
export function NeedsYou({ active, isNew }: { active: BroadcastView[]; isNew: boolean }) {
  const approvals = useApprovalNeeds();
  const others = [...useSetupNeeds(), ...active.filter((broadcast) => broadcast.status === 'paused').map(pausedNeed), ...useBudgetNeeds(active), ...useUnknownNeed()];
  const needs = isNew ? approvals : [...approvals, ...others];
  if (needs.length === 0) return null;
  return (
    <Card title="Needs you" isFlush>
      <ul className="divide-y max-sm:-m-2">
        {needs.map((need) => (
          <li key={need.key}>
            <Link href={need.href} className="flex items-center gap-3 px-4 py-3 -outline-offset-2 hover:bg-surface">
              <span aria-hidden className="rounded-control bg-warning-tint p-1.5 text-warning-text"><need.icon className="size-4" /></span>
              <span className="min-w-0 flex-1">
                <span className="block text-body font-medium">{need.title}</span>
                <span className="block text-table text-pretty text-muted-foreground">{need.detail}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Sends that wait for the reader's word as the second person. */
function useApprovalNeeds(): Need[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.broadcast.approvals.queryOptions(undefined, { refetchInterval: NOW_AND_THEN }));
  return (data ?? []).filter(({ mayDecide }) => mayDecide).map(({ id, broadcastId, broadcastName, recipients, amount, currency, requestedBy }): Need => ({
    key: id, icon: ShieldCheck, title: `Approve “${broadcastName}”?`, href: `/broadcasts/${broadcastId}/review`,
    detail: `${requestedBy ?? 'Somebody'} asks to send it to at most ${formatCount(recipients, 'person', 'people')} for at most ${formatMoney(amount, currency)}.`,
  }));
}

function useSetupNeeds(): Need[] {
  const trpc = useTRPC();
  const { data: account } = useQuery(trpc.twilioAccount.read.queryOptions());
  const { data: connection } = useQuery(trpc.connection.read.queryOptions(undefined, { refetchInterval: NOW_AND_THEN }));
  const { data: agreement } = useQuery(trpc.agreement.read.queryOptions({ service: BROADCAST_SERVICE }));
  const needs: Need[] = [];
  if (account === null) needs.push({ key: 'twilio', icon: Plug, title: 'Connect Twilio', detail: 'Without it nothing can be sent.', href: '/settings/twilio' });
  else if (account?.status === 'broken') needs.push({ key: 'twilio', icon: Plug, title: 'The connection to Twilio is broken', detail: account.checks.find((check) => check.status === 'fail')?.detail ?? 'The last check failed.', href: '/settings/twilio' });
  else needs.push(...(connection?.links ?? []).filter(({ status }) => status === 'fail').map(({ name, detail }) => ({ key: `link-${name}`, icon: Plug, title: `${name}: does not work`, detail, href: '/settings/twilio' })));
  if (agreement && !agreement.accepted) needs.push({ key: 'agreement', icon: FileSignature, title: 'Accept the agreement for sending messages', detail: 'An owner or admin accepts it once; the first send waits for it.', href: '/settings/agreement' });
  return needs;
}

function pausedNeed(broadcast: BroadcastView): Need {
  const isBudget = /budget/i.test(broadcast.statusReason ?? '');
  return { key: broadcast.id, icon: isBudget ? Wallet : Pause, title: `“${broadcast.name}” is paused`, detail: broadcast.statusReason ?? 'Somebody paused it. Resume or stop it.', href: `/broadcasts/${broadcast.id}` };
}

/** From half of a budget on. One that is reached shows as the pause that it is. */
function useBudgetNeeds(active: BroadcastView[]): Need[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.broadcast.budgetState.queryOptions(budgetInput, { refetchInterval: WHILE_SENDING }));
  const needs: Need[] = [];
  if (data?.month && data.month.level !== 'low') needs.push({ key: 'budget', icon: Wallet, title: `${budgetWord(data.month)} of this month's budget is used`, detail: `${spentOf(data.month)} ${data.month.level === 'reached' ? 'Nothing is sent until it is raised.' : 'When it is reached, sending pauses.'}`, href: '/settings/organization' });
  const paused = new Set(active.filter(({ status }) => status === 'paused').map(({ id }) => id));
  for (const { id, name, ...budget } of data?.broadcasts ?? []) {
    if (budget.level !== 'low' && !paused.has(id)) needs.push({ key: `budget-${id}`, icon: Wallet, title: `${budgetWord(budget)} of the budget of “${name}” is used`, detail: `${spentOf(budget)} When it is reached, the broadcast pauses.`, href: `/broadcasts/${id}` });
  }
  return needs;
}

function useUnknownNeed(): Need[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.delivery.search.queryOptions(unknownInput));
  if (!data || data.data.length === 0) return [];
  const count = data.nextCursor ? `More than ${data.data.length} messages` : data.data.length === 1 ? '1 message' : `${data.data.length} messages`;
  return [{ key: 'unknown', icon: CircleHelp, title: `${count}: outcome not known`, detail: 'Twilio did not answer. We look for them there and never send one twice; usually this settles by itself within an hour.', href: '/deliveries?status=unknown' }];
}
