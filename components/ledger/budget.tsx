'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { addDecimals } from '#components/dashboard/day-totals.ts';
import { formatMoney } from '#components/format/money.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { UsageStats } from '#server/domain/ledger/schema.ts';
import { estimateCurrency } from './totals.ts';

const WARN_AT = 80; // percent

/** How much of the month's ceiling is used, with what is not priced yet at its estimate. Nothing when there is no ceiling. */
export function Budget({ totals }: { totals: UsageStats['totals'] }) {
  const trpc = useTRPC();
  const { data: organization } = useQuery(trpc.organization.read.queryOptions());
  if (!organization?.monthlyBudget) return null;
  const currency = estimateCurrency(totals.settled);
  const used = addDecimals(totals.settled.find((entry) => entry.currency === currency)?.amount ?? '0', totals.unpricedEstimate);
  // Only the length of the bar is a float; what is read are the exact amounts.
  const share = (Number(used) / Number(organization.monthlyBudget)) * 100;
  const text = `${formatMoney(used, currency)} of ${formatMoney(organization.monthlyBudget, currency)}`;
  return (
    <Card title="Monthly budget" actions={<Link href="/settings/organization" className="text-table text-link underline underline-offset-3">Change</Link>}>
      <p className="mb-2 text-body tabular-nums"><span className="font-semibold">{text}</span> <span className="text-muted-foreground">used or expected this month</span></p>
      <Progress label="Monthly budget used" value={Math.min(share, 100)} max={100} valueText={text} />
      {share >= 100 ? <Alert family="warning" className="mt-3" title="The budget is reached">Broadcasts wait; nothing fails. Raise the budget, or resume them next month.</Alert>
        : share >= WARN_AT ? <Alert family="warning" className="mt-3" title={`More than ${WARN_AT}% is used`}>At the budget broadcasts pause; nothing fails.</Alert> : null}
    </Card>
  );
}
