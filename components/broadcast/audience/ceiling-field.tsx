'use client';

import { useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

const MOST = 10_000_000;
const textOf = (value: number | null) => (value === null ? '' : String(value));

/** Above so many people nothing is sent: a guard for an audience that grows until the send. */
export function CeilingField({ value, onChange }: { value: number | null; onChange: (ceiling: number | null) => void }) {
  const [text, setText] = useState(() => textOf(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) { setSeen(value); if (ceilingIn(text) !== value) setText(textOf(value)); }
  const type = (next: string) => {
    setText(next);
    const ceiling = ceilingIn(next);
    if (ceiling !== undefined) onChange(ceiling);
  };
  return (
    <Field
      id="ceiling" label="Stop if more than" optional
      hint="Nothing is sent when more people would get it at that moment."
      error={ceilingIn(text) === undefined ? 'Enter a whole number of people, 1 or more.' : undefined}
    >
      <span className="flex items-center gap-2">
        <Input inputMode="numeric" autoComplete="off" maxLength={12} className="max-w-36" value={text} onChange={(event) => type(event.target.value)} />
        <span className="text-body">people</span>
      </span>
    </Field>
  );
}

/** Undefined for what is no number of people. */
function ceilingIn(text: string): number | null | undefined {
  const digits = text.replaceAll(/[\s,.']/g, '');
  if (digits === '') return null;
  const ceiling = Number(digits);
  return /^\d+$/.test(digits) && ceiling >= 1 && ceiling <= MOST ? ceiling : undefined;
}
