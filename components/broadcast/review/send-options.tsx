'use client';

import { useState } from 'react';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';
import { useUpdate } from './use-update.ts';

/** What "first some, then look" means unless somebody says otherwise. */
const FIRST = 100;

type SendOptionsProps = { broadcast: Pick<BroadcastView, 'id' | 'stageSize' | 'budget'>; preview: Pick<PreviewView, 'recipients' | 'estimate'> };

/** How it goes out: all at once or a first part to look at, and what it may cost at most. */
export function SendOptions({ broadcast, preview }: SendOptionsProps) {
  const { update, isSaving, chosen } = useUpdate(broadcast.id);
  const stageSize = chosen.stageSize === undefined ? broadcast.stageSize : chosen.stageSize;
  const maySend = useMaySend();
  return (
    <Card title="How it goes out">
      <fieldset disabled={!maySend} aria-busy={isSaving} className="grid gap-5 sm:grid-cols-2">
        <legend className="sr-only">How it goes out</legend>
        <Stage stageSize={stageSize} recipients={preview.recipients} onChange={(stageSize) => update({ stageSize })} />
        <Budget key={broadcast.budget} budget={broadcast.budget} currency={preview.estimate.currency} onChange={(budget) => update({ budget })} />
      </fieldset>
    </Card>
  );
}

function Stage({ stageSize, recipients, onChange }: { stageSize: number | null; recipients: number; onChange: (stageSize: number | null) => void }) {
  const first = stageSize ?? FIRST;
  const [typed, setTyped] = useState(String(first));
  const size = Number(typed.replaceAll(/[\s,.]/g, ''));
  const isWrong = !Number.isInteger(size) || size < 1 || size > 1_000_000;
  const save = () => { if (!isWrong && size !== stageSize) onChange(size); };
  return (
    <div className="grid content-start gap-3">
      <RadioGroup
        legend="Pace of the first messages"
        name="stage"
        value={stageSize === null ? 'all' : 'stage'}
        onValueChange={(value) => onChange(value === 'all' ? null : isWrong ? FIRST : size)}
        options={[
          { value: 'all', label: 'All in one go' },
          { value: 'stage', label: `First ${formatNumber(first)}, then look`, hint: first >= recipients ? `All ${formatCount(recipients, 'person', 'people')} are in that first part.` : 'It pauses there until somebody goes on.' },
        ]}
      />
      {stageSize === null ? null : (
        <Field label="People in the first part" error={isWrong ? 'Enter a whole number, 1 or more.' : undefined} className="w-44">
          <Input inputMode="numeric" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={save} />
        </Field>
      )}
    </div>
  );
}

function Budget({ budget, currency, onChange }: { budget: string | null; currency: string; onChange: (budget: string | null) => void }) {
  const [typed, setTyped] = useState(budget ?? '');
  const [error, setError] = useState<string>();
  const save = () => {
    const amount = typed.trim();
    const isWrong = amount !== '' && !/^\d{1,9}(\.\d{1,2})?$/.test(amount);
    setError(isWrong ? 'Enter an amount like 50 or 50.00.' : undefined);
    if (!isWrong && amount !== (budget ?? '')) onChange(amount === '' ? null : amount);
  };
  return (
    <Field id="budget" label="Budget of this broadcast" optional aside={currency} error={error} hint="When so much is spent, it pauses. Nothing fails." className="content-start sm:max-w-72">
      <Input inputMode="decimal" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={save} />
    </Field>
  );
}
