import type { DeliveryDetail } from '#server/domain/delivery/schema.ts';

const MAY_PASS: ReadonlyArray<DeliveryDetail['group']> = ['try_later', 'fix_text', 'fix_registration'];

/** Number and text are gone. */
export const isErased = ({ recipient }: Pick<DeliveryDetail, 'recipient'>): boolean => recipient.startsWith('erased:');

/** Why nobody writes to this person again from here, in words; null for who failed for a reason that may pass: nobody who opted out, and no number that can never get a text. */
export function whyNotAgain({ recipient, status, group, template }: Pick<DeliveryDetail, 'recipient' | 'status' | 'group' | 'template'>): string | null {
  if (status !== 'failed' && status !== 'undelivered') return 'Only a message that failed is tried again.';
  if (isErased({ recipient })) return 'This person was erased: their number is gone.';
  if (!MAY_PASS.includes(group)) return 'It would fail for the same reason. Its panel says what to do.';
  return template === '' ? 'It was a template: write to this person with a broadcast of your own.' : null;
}
