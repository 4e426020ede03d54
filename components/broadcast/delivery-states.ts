import type { Family } from '#components/ui/family.ts';
import type { CountsByStatus } from '#server/domain/broadcast/schema.ts';

export type DeliveryState = keyof CountsByStatus;
type DeliveryLook = { state: DeliveryState; word: string; family: Family; meaning: string };

/** All states of a delivery, in the order in which a message passes through them; those that end without a message stand last. */
export const deliveryLooks: readonly DeliveryLook[] = [
  { state: 'queued', word: 'Queued', family: 'neutral', meaning: 'Waiting for their turn' },
  { state: 'sending', word: 'With Twilio', family: 'progress', meaning: 'Handed to Twilio, not yet with the carrier' },
  { state: 'sent', word: 'Sent', family: 'info', meaning: 'With the carrier, no receipt yet' },
  { state: 'delivered', word: 'Delivered', family: 'success', meaning: 'The carrier confirmed it' },
  { state: 'read', word: 'Read', family: 'read', meaning: 'Opened by the person' },
  { state: 'undelivered', word: 'Undelivered', family: 'danger', meaning: 'The carrier gave it back' },
  { state: 'failed', word: 'Failed', family: 'danger', meaning: 'Twilio did not send it' },
  { state: 'skipped', word: 'Skipped', family: 'optOut', meaning: 'Left out on purpose' },
  { state: 'cancelled', word: 'Cancelled', family: 'neutral', meaning: 'Stopped before their turn' },
  { state: 'unknown', word: 'Being checked', family: 'warning', meaning: 'Twilio did not answer; we find out and never send twice' },
];

/** Everybody who has a delivery. */
export const countAll = (counts: CountsByStatus): number => sumOf(counts, deliveryLooks.map((look) => look.state));

/** Those whose turn has been: the whole less the queue. */
export const countTaken = (counts: CountsByStatus): number => countAll(counts) - counts.queued;

/** Recipients, as the review counts them: everybody with a message but those left out, whether before the send or at their turn. */
export const countRecipients = (counts: CountsByStatus): number => countAll(counts) - counts.skipped;

export const countDelivered = (counts: CountsByStatus): number => counts.delivered + counts.read;

/** No further news is expected of these. */
export const countFinal = (counts: CountsByStatus): number => sumOf(counts, ['delivered', 'read', 'undelivered', 'failed', 'skipped', 'cancelled']);

function sumOf(counts: CountsByStatus, states: readonly DeliveryState[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** Rows of the delivery log behind a number. */
export function deliveriesHref(broadcastId: string, filter: { status?: DeliveryState; errorCode?: number; search?: string } = {}): string {
  const query = new URLSearchParams({ broadcastId });
  if (filter.status) query.set('status', filter.status);
  if (filter.errorCode !== undefined) query.set('errorCode', String(filter.errorCode));
  if (filter.search) query.set('search', filter.search);
  return `/deliveries?${query.toString()}`;
}

/** The same, or nothing where there is no log to go to: a shared report has figures only. */
export const rowsHref = (broadcastId: string | null, ...filter: [] | [Parameters<typeof deliveriesHref>[1]]): string | null => (broadcastId === null ? null : deliveriesHref(broadcastId, ...filter));

/** The same rows as a CSV file. */
export function exportHref(broadcastId: string, search?: string): string {
  return `/api/export/deliveries.csv?${new URLSearchParams({ broadcastId, ...(search && { search }) }).toString()}`;
}
