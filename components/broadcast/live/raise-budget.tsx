'use client';

import { useState, type FormEvent } from 'react';
import { FALLBACK_CURRENCY } from '#components/broadcast/cost.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

type RaiseBudgetProps = { broadcast: Pick<BroadcastView, 'budget' | 'currency'>; isBusy: boolean; onRaise: (amount: string) => void };

/** A new ceiling, and on it goes. */
export function RaiseBudget({ broadcast, isBusy, onRaise }: RaiseBudgetProps) {
  const [amount, setAmount] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = problemOf(amount.trim(), broadcast.budget);
    setError(problem);
    if (!problem) onRaise(amount.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="mt-3 flex flex-wrap items-end gap-2 text-foreground">
      <Field label={`New budget, ${broadcast.currency ?? FALLBACK_CURRENCY}`} error={error} className="w-44">
        <Input inputMode="decimal" autoComplete="off" value={amount} onChange={(event) => setAmount(event.target.value)} placeholder={`more than ${broadcast.budget ?? '0'}`} />
      </Field>
      <Button type="submit" variant="primary" loading={isBusy}>Raise and resume</Button>
    </form>
  );
}

function problemOf(amount: string, budget: string | null): string | null {
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(amount)) return 'Enter an amount like 50 or 50.00.';
  return budget !== null && Number(amount) <= Number(budget) ? `Enter more than ${budget}.` : null;
}
