import { invalidField } from '#server/errors.ts';

/** Why a send to so many is refused, naming both numbers, or null. */
export function ceilingRefusal(ceiling: number | null, recipients: number): string | null {
  if (ceiling === null || recipients <= ceiling) return null;
  return `${recipients.toLocaleString('en')} people would get this, but its ceiling is ${ceiling.toLocaleString('en')}. Raise the ceiling, or choose fewer people.`;
}

/** @throws Problem validation_failed, code recipient_ceiling, when more people would get it than the draft allows */
export function requireCeiling(ceiling: number | null, recipients: number): void {
  const refused = ceilingRefusal(ceiling, recipients);
  if (refused) throw invalidField('recipientCeiling', refused, 'recipient_ceiling');
}
