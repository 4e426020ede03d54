import { invalidField } from '#server/errors.ts';

/** @throws Problem validation_failed, code recipient_ceiling, naming both numbers, when more people would get it than the draft allows */
export function requireCeiling(ceiling: number | null, recipients: number): void {
  if (ceiling === null || recipients <= ceiling) return;
  throw invalidField('recipientCeiling', `${recipients.toLocaleString('en')} people would get this, but its ceiling is ${ceiling.toLocaleString('en')}. Raise the ceiling, or choose fewer people.`, 'recipient_ceiling');
}
