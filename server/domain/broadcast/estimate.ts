import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type Person } from '#server/channels/index.ts';
import { PRICE_CURRENCY, segmentPrice, timesSegments } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { audienceOf } from '#server/domain/audience/resolve.ts';
import { readPeople, type Recipient } from '#server/domain/audience/people.ts';
import { draftOf, type BroadcastRow } from '#server/domain/broadcast/row.ts';

/** People whose messages are really rendered for an estimate; of a larger audience this is a random sample. */
const SAMPLE = 1_000;

export type CostEstimate = {
  /** Exact decimals of the sum; scaled up when only a sample was rendered. */
  amount: string; currency: string; segments: number;
  /** Of the recipients' countries, on average. */
  perSegment: string;
  longest: number; missingVariable: number; isSample: boolean;
};

/** What the broadcast will cost: segments of the rendered texts times the list price of each number's country. */
export async function estimateCost(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<CostEstimate> {
  const { people, total } = await samplePeople(tx, ctx, broadcast);
  const composer = channels[broadcast.channel].prepare(draftOf(broadcast));
  let [segments, longest, missingVariable] = [0, 0, 0];
  let amount = '0.000000';
  for (const { recipient, person } of people) {
    const composed = composer.compose(person);
    if (composed.missing.length > 0) missingVariable += 1;
    if ('skip' in composed) continue;
    segments += composed.segments;
    longest = Math.max(longest, composed.segments);
    amount = plus(amount, timesSegments(segmentPrice(recipient), composed.segments));
  }
  const scale = (value: number) => (people.length === 0 ? 0 : Math.round((value * total) / people.length));
  return {
    amount: scaled(amount, total, people.length), currency: PRICE_CURRENCY, segments: scale(segments), perSegment: average(amount, segments), longest, missingVariable: scale(missingVariable), isSample: people.length < total,
  };
}

/** The people who would get it, all or a sample, with their data. */
export async function samplePeople(tx: Tx, ctx: Context, broadcast: BroadcastRow, size = SAMPLE): Promise<{ people: Array<{ recipient: string; person: Person; contactId: string }>; total: number }> {
  const audience = { broadcastId: broadcast.id, recipientMethod: broadcast.recipientMethod };
  const reachable = sql`select id, phone from (${audienceOf(ctx, audience)}) audience where phone is not null and not opted_out`;
  const [all] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from (${reachable}) reachable`);
  // A random point in the order of the (random) ids is a random sample that the same draft keeps from one look to the next.
  const picked = await rows<Recipient>(tx, sql`select id as "contactId", phone as recipient from (${reachable}) reachable order by id limit ${size}`);
  const people = await readPeople(tx, ctx, broadcast.id, picked);
  return { people, total: all!.total };
}

function plus(a: string, b: string) {
  const micros = toMicros(a) + toMicros(b);
  return fromMicros(micros);
}

const scaled = (amount: string, total: number, sampled: number) => (sampled === 0 ? '0.000000' : fromMicros((toMicros(amount) * BigInt(total)) / BigInt(sampled)));
const average = (amount: string, segments: number) => (segments === 0 ? '0.000000' : fromMicros(toMicros(amount) / BigInt(segments)));
const toMicros = (amount: string) => BigInt(amount.replace('.', ''));
const fromMicros = (micros: bigint) => `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`;
