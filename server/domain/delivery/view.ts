import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { DeliveryView } from '#server/domain/delivery/schema.ts';
import { waitWords, type HoldPlace } from '#server/domain/time-zone/hold-words.ts';
import { describeError, describeReason, type ErrorWords } from '#server/twilio/errors.ts';

/** Columns of one delivery `d` of broadcast `b`, as deliveryOf reads them. */
export const deliveryColumns = sql`d.broadcast_id, d.seq, d.contact_id, d.recipient, b.channel, d.method, d.status, d.reason, d.provider_message_id, d.sender, d.segments,
  d.error_code, d.price::text, d.price_unit, d.sent_at, d.delivered_at, d.failed_at`;

export type DeliveryRow = {
  broadcast_id: string; seq: number; contact_id: string | null; recipient: string; channel: DeliveryView['channel']; method: DeliveryView['method'];
  status: DeliveryView['status']; reason: string | null; provider_message_id: string | null; sender: string | null; segments: number | null;
  error_code: number | null; price: string | null; price_unit: string | null; sent_at: string | null; delivered_at: string | null; failed_at: string | null;
};

export type DeliveryEvents = DeliveryView['events'];

export const deliveryOf = (row: DeliveryRow): Omit<DeliveryView, 'events'> => ({
  id: `${row.broadcast_id}-${row.seq}`, broadcastId: row.broadcast_id, contactId: row.contact_id, recipient: row.recipient, channel: row.channel,
  method: row.method, status: row.status, providerMessageId: row.provider_message_id, from: row.sender, segments: row.segments,
  ...(row.error_code !== null && { errorCode: row.error_code }), ...wordsOf(row),
  ...(row.price !== null && { cost: { value: row.price, unit: row.price_unit ?? '' } }),
  sentAt: isoOrNull(row.sent_at), deliveredAt: isoOrNull(row.delivered_at), failedAt: isoOrNull(row.failed_at),
});

/** Why it was not delivered, in words; nothing for a delivery that goes well. */
export function whyNot(row: Pick<DeliveryRow, 'status' | 'reason' | 'error_code'>): Omit<ErrorWords, 'class'> | null {
  if (row.error_code) return describeError(row.error_code);
  if (row.reason) return describeReason(row.reason);
  if (row.status === 'unknown') return describeReason('outcome_unknown');
  return row.status === 'failed' || row.status === 'undelivered' ? describeError(null) : null;
}

function wordsOf(row: DeliveryRow): Pick<DeliveryView, 'errorReason'> {
  const why = whyNot(row);
  return why ? { errorReason: why.title } : {};
}

/** What one delivery `d` in the queue waits for, as JSON; null for most. */
export const waitColumn = sql`(select json_build_object('reason', w.reason, 'until', w.due_at, 'place', w.place, 'zone', w.zone, 'home', o.time_zone)
  from delivery_retry w join organization o on o.id = w.organization_id where d.status = 'queued' and w.organization_id = d.organization_id and w.broadcast_id = d.broadcast_id and w.seq = d.seq) as wait`;

export type WaitRow = { wait: (HoldPlace & { reason: string; until: string; home: string }) | null };

export const waitsOf = ({ wait }: WaitRow): string | null => (wait ? waitWords({ ...wait, until: new Date(wait.until) }, wait.home) : null);

/** What Twilio reported about these deliveries of one broadcast, oldest first, by seq. */
export async function eventsOf(tx: Tx, organizationId: string, broadcastId: string, seqs: number[]): Promise<Map<number, DeliveryEvents>> {
  const found = new Map<number, DeliveryEvents>(seqs.map((seq) => [seq, []]));
  const events = seqs.length === 0 ? [] : await rows<EventRow>(tx, sql`
    select e.seq, e.status, e.provider_status, e.error_code, e.received_at from message_event e
    where e.organization_id = ${organizationId} and e.broadcast_id = ${broadcastId} and e.seq in (select value::int from json_array_elements_text(${JSON.stringify(seqs)}::json))
    order by e.seq, e.received_at, e.status`);
  for (const event of events) {
    found.get(event.seq)?.push({
      type: event.status ?? event.provider_status, at: iso(event.received_at), providerEvent: event.provider_status, ...(event.error_code && { errorCode: event.error_code }),
    });
  }
  return found;
}

type EventRow = { seq: number; status: string | null; provider_status: string; error_code: number; received_at: string };

/** Postgres' text of a moment, as ISO 8601 in UTC. */
export const iso = (moment: string) => new Date(moment).toISOString();
export const isoOrNull = (moment: string | null) => (moment === null ? null : iso(moment));
