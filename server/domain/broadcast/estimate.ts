import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { fromMicros, toMicros } from '#server/channels/decimal.ts';
import { channels, type Addressee, type Composer, type Method, type Person } from '#server/channels/index.ts';
import { PRICE_CURRENCY, timesSegments } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { readAudience, recipientsOf } from '#server/domain/audience/resolve.ts';
import type { Recipient } from '#server/domain/audience/people.ts';
import { interestingPeople, measureAndLook, measureAudience, type Interesting, type Measured } from '#server/domain/broadcast/measure.ts';
import { isPlain, readAddressees, type PlainSide } from '#server/domain/broadcast/missing-values.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import { countReach, readSides, type Reach } from '#server/domain/broadcast/sides.ts';
import { countryOf } from '#server/domain/contact/country.ts';
import { readPrices, type Prices } from '#server/domain/ledger/own-prices.ts';

/** People whose messages are really rendered for an estimate of a text that Postgres cannot measure; of a larger audience this is a random sample. */
const SAMPLE = 1_000;

export type CostEstimate = {
  /** Exact decimals of the sum; scaled up when only a sample was rendered. `amount` is the likely cost, between low and high. */
  amount: string; low: string; high: string; currency: string; segments: number;
  /** Of the recipients' countries, on average. */
  perSegment: string;
  shortest: number; typical: number; longest: number;
  /** People for whom a placeholder stays empty. */
  missingVariable: number;
  /** People who get nothing because a value is missing; null: not known without rendering. */
  refused: { skipped: number; blocked: number } | null;
  /** Who is inside of the channel's window, and who gets nothing whatever their values are; null: the channel knows no window. */
  reach: Reach | null;
  isSample: boolean; byCountry: PreviewView['estimate']['byCountry'];
};

/** What the broadcast will cost: segments of the real texts times the price of each number's country, the organisation's own where it has one. */
export const estimateCost = async (tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<CostEstimate> => (await estimate(tx, ctx, broadcast, measureOnly)).cost;

/** The same, and the people whose messages are worth a look, of each kind of message: from the same walk over the audience. */
export const estimateAndLook = (tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<{ cost: CostEstimate; interesting: Interesting[] }> => estimate(tx, ctx, broadcast, measureAndLook);

type Measure = typeof measureAndLook;
const measureOnly: Measure = async (...of) => ({ measured: await measureAudience(...of), interesting: [] });

async function estimate(tx: Tx, ctx: Context, broadcast: BroadcastRow, measure: Measure) {
  const draft = await readDraft(tx, ctx, broadcast);
  const composer = channels[broadcast.channel].prepare(draft);
  const prices = await readPrices(tx, ctx, broadcast.channel, draft.template?.category ?? null);
  const sides = await readSides(tx, ctx, broadcast, composer);
  const reach = await countReach(tx, ctx, broadcast, composer);
  if (sides.every(isPlain)) {
    const { measured, interesting } = await measureSides(tx, ctx, broadcast, sides, measure);
    const count = (why: Measured['refused']) => measured.reduce((sum, { people, refused }) => sum + (refused === why ? people : 0), 0);
    return { interesting, cost: { ...sumUp(measured.filter(({ refused }) => refused === null), prices), refused: { skipped: count('skip'), blocked: count('block') }, reach } };
  }
  const [people, total] = [await samplePeople(tx, ctx, broadcast, SAMPLE), await countPeople(tx, ctx, broadcast)];
  const interesting = (await Promise.all(sides.map((side) => interestingPeople(tx, ctx, broadcast, side)))).flat();
  const extremes = measureSample(composer, await readAddressees(tx, ctx, broadcast, interesting));
  return { interesting, cost: { ...sumUp(measureSample(composer, people), prices, { of: people.length, total, extremes }), reach } };
}

type MeasuredSide = Measured & { method: Method; isWindowOpen: boolean };

async function measureSides(tx: Tx, ctx: Context, broadcast: BroadcastRow, sides: PlainSide[], measure: Measure) {
  const { toAddress } = channels[broadcast.channel];
  const all: { measured: MeasuredSide[]; interesting: Interesting[] } = { measured: [], interesting: [] };
  for (const side of sides) {
    const { way, isWindowOpen } = side;
    const { measured, interesting } = await measure(tx, ctx, broadcast, side, way.text.parts);
    all.interesting.push(...interesting);
    all.measured.push(...measured.filter(({ phone }) => way.refuses(toAddress(phone)) === null).map((each) => ({ ...each, method: way.method, isWindowOpen })));
  }
  return all;
}

/** Some of the people who would get it, or all when they are fewer, with their data. */
export async function samplePeople(tx: Tx, ctx: Context, broadcast: BroadcastRow, size: number) {
  const reachable = recipientsOf(ctx, await readAudience(tx, ctx, broadcast));
  // A random point in the order of the (random) ids is a random sample that the same draft keeps from one look to the next.
  const picked = await rows<Recipient>(tx, sql`select id as "contactId", phone as recipient from (${reachable}) reachable order by id limit ${size}`);
  return readAddressees(tx, ctx, broadcast, picked);
}

async function countPeople(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<number> {
  const [all] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from (${recipientsOf(ctx, await readAudience(tx, ctx, broadcast))}) reachable`);
  return all!.total;
}

function measureSample(composer: Composer, people: Array<{ recipient: string; person: Person; to: Addressee }>): MeasuredSide[] {
  return people.flatMap(({ recipient, person, to }) => {
    const composed = composer.compose(person, to);
    if ('skip' in composed) return [];
    return [{ phone: recipient, segments: composed.segments, people: 1, lacking: composed.missing.length > 0 ? 1 : 0, refused: null, method: composed.method, isWindowOpen: to.isWindowOpen }];
  });
}

type Sample = { of: number; total: number; extremes: MeasuredSide[] };

function sumUp(measured: MeasuredSide[], prices: Prices, sample: Sample = { of: 1, total: 1, extremes: [] }): CostEstimate {
  const scale = { by: sample.total, of: Math.max(1, sample.of) };
  const scaled = (count: number) => Math.round((count * scale.by) / scale.of);
  const priced = priceEach(measured, prices);
  const total = addUp(priced);
  const money = (micros: bigint) => fromMicros((micros * BigInt(scale.by)) / BigInt(scale.of));
  const lengths = [...measured, ...sample.extremes].map(({ segments }) => segments);
  return {
    amount: money(total.amount), low: money(total.low), high: money(total.high), currency: PRICE_CURRENCY, segments: scaled(total.segments),
    perSegment: average(total), shortest: lengths.length === 0 ? 0 : least(lengths), typical: median(measured), longest: lengths.reduce((a, b) => Math.max(a, b), 0),
    missingVariable: scaled(total.lacking), refused: null, reach: null, isSample: sample.of < sample.total,
    byCountry: countriesOf(priced).map(([country, group]) => {
      const sum = addUp(group);
      return { country, recipients: scaled(sum.people), segments: scaled(sum.segments), perSegment: average(sum), amount: money(sum.amount), isOwnPrice: group.every(({ price }) => price.isOwn) };
    }),
  };
}

type Priced = MeasuredSide & { country: string; price: ReturnType<Prices> };

function priceEach(measured: MeasuredSide[], prices: Prices): Priced[] {
  return measured.map((each) => {
    const country = countryOf(each.phone);
    return { ...each, country: country ?? 'ZZ', price: prices(each.phone, each, country) };
  });
}

/** Dearest first. */
function countriesOf(priced: Priced[]): Array<[string, Priced[]]> {
  const groups = new Map<string, Priced[]>();
  for (const each of priced) {
    const group = groups.get(each.country);
    if (group) group.push(each); else groups.set(each.country, [each]);
  }
  return [...groups].sort(([, a], [, b]) => Number(addUp(b).amount - addUp(a).amount));
}

function addUp(priced: Priced[]) {
  const sum = { people: 0, segments: 0, lacking: 0, amount: 0n, low: 0n, high: 0n };
  for (const { price, segments, people, lacking } of priced) {
    const count = segments * people;
    sum.people += people; sum.segments += count; sum.lacking += lacking;
    sum.amount += toMicros(timesSegments(price.likely, count));
    sum.low += toMicros(timesSegments(price.low, count));
    sum.high += toMicros(timesSegments(price.high, count));
  }
  return sum;
}

/** Segments of the person in the middle. */
function median(measured: Measured[]): number {
  const sorted = measured.toSorted((a, b) => a.segments - b.segments);
  let left = measured.reduce((sum, { people }) => sum + people, 0) / 2;
  return sorted.find(({ people }) => { left -= people; return left <= 0; })?.segments ?? 0;
}

const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
const average = ({ amount, segments }: { amount: bigint; segments: number }) => (segments === 0 ? '0.000000' : fromMicros(amount / BigInt(segments)));
