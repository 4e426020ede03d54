'use client';

import { useState } from 'react';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

type ConfirmSendProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  recipients: number;
  /** Formatted, for the question. */
  cost: string;
  /** The same, to compare with the limit above which the number must be typed. */
  amount: number;
  /** So many go first, then it pauses; null: all in one go. */
  stageSize: number | null;
  onConfirm: () => Promise<void>;
};

const MANY = 5_000; // people
const DEAR = 100; // in the account's currency

/** The last question, naming number and cost. A large send asks for the number to be typed. */
export function ConfirmSend({ open, onOpenChange, recipients, cost, amount, stageSize, onConfirm }: ConfirmSendProps) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const people = formatCount(recipients, 'person', 'people');
  const isLarge = recipients > MANY || amount > DEAR;

  const change = (next: boolean) => {
    setTyped('');
    setError(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    if (isLarge && typed.replace(/\D/g, '') !== String(recipients)) {
      setError(`Enter ${formatNumber(recipients)}, the number of people.`);
      throw new Error('The number was not typed');
    }
    await onConfirm();
  };
  return (
    <AlertDialog
      open={open}
      onOpenChange={change}
      title={`Send to ${people} for about ${cost}?`}
      consequence={`Nothing is handed to Twilio for 60 seconds: cancel until then and nobody gets it. ${stageSize !== null && stageSize < recipients ? `It pauses after the first ${formatNumber(stageSize)}. ` : ''}What left cannot be called back.`}
      confirmLabel={`Send to ${people}`}
      onConfirm={confirm}
    >
      {isLarge ? (
        <Field label={`Type ${formatNumber(recipients)} to confirm`} error={error}>
          <Input inputMode="numeric" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      ) : null}
    </AlertDialog>
  );
}
