'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatMoney } from '#components/format/money.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import type { BudgetView } from '#server/domain/budget/schema.ts';

const SOMETIMES = 5_000; // ms

type BudgetNoticesProps = { id: string; /** Follows the figures, while messages go out. */ isMoving?: boolean; /** Said elsewhere on the page. */ isOwnHidden?: boolean };

/** Says when half, four fifths or all of a budget is used: the month's, and the broadcast's own. Nothing before that. */
export function BudgetNotices({ id, isMoving = false, isOwnHidden = false }: BudgetNoticesProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.broadcast.budgetState.queryOptions({ id }, { refetchInterval: isMoving ? SOMETIMES : false }));
  const own = data?.broadcasts[0];
  return (
    <>
      {data?.month ? <BudgetNotice budget={data.month} what="this month's budget" more={<Link href="/settings/organization" className="underline underline-offset-3">Change it</Link>} /> : null}
      {own && !isOwnHidden ? <BudgetNotice budget={own} what="the budget of this broadcast" /> : null}
    </>
  );
}

function BudgetNotice({ budget, what, more }: { budget: BudgetView; what: string; more?: React.ReactNode }) {
  if (budget.level === 'low') return null;
  return (
    <Alert family={budget.level === 'half' ? 'info' : 'warning'} title={`${budgetWord(budget)} of ${what} is used`} action={more}>
      {spentOf(budget)}{budget.level === 'reached' ? ' Nothing more is handed over until it is raised.' : ' When it is reached, sending pauses; nothing fails.'}
    </Alert>
  );
}

/** "82%", or "All" from a hundred on. */
export const budgetWord = ({ percent, level }: BudgetView): string => (level === 'reached' ? 'All' : `${percent}%`);
export const spentOf = ({ spent, limit, currency }: BudgetView): string => `${formatMoney(spent, currency)} of ${formatMoney(limit, currency)}.`;
