import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { rows, type Tx } from '#db/index.ts';
import { channels, type ChannelId, type ListPrice, type PricedMessage } from '#server/channels/index.ts';
import { PRICE_CURRENCY } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { countryOf } from '#server/domain/contact/country.ts';
import { countryName } from '#server/domain/country-name.ts';

/** Days (UTC, today among them) whose charges count. */
const DAYS = 30;
/** A country with fewer settled segments than this keeps its list price: one dear message must not set a price. */
const ENOUGH = 20;
/** However alike the days were, the next one may be by so much cheaper or dearer. */
const SPREAD = 0.05;

/** What one segment costs in USD, as decimals of up to six places; `isOwn`: by the organisation's own charges. */
export type SegmentPrice = ListPrice & { isOwn: boolean };

/** What one segment costs the organisation, by the country (ISO 3166 alpha-2) of a number; where it is not known how much, the list price. */
export type Prices = (phone: string, message: Pick<PricedMessage, 'method' | 'isWindowOpen'>, country?: string | null) => SegmentPrice;

type OwnPrice = { country: string; low: string; likely: string; high: string };

/**
 * Prices for an estimate: the average of what Twilio charged this organisation per segment and country in the last 30 days where enough is settled,
 * between the cheapest and the dearest of those days; else the list price. Messages that failed and cost nothing are in the average.
 */
export async function readPrices(tx: Tx, ctx: Context, channelId: ChannelId, category: PricedMessage['category'] = null): Promise<Prices> {
  return pricesBy(channelId, category, channels[channelId].prices.isUniform ? await ownPrices(tx, ctx, channelId) : new Map(), ctx.now);
}

/** The same prices for the dispatcher, which asks many times a second: what the organisation was charged is read anew every few minutes only. */
export async function readDispatchPrices(tx: Tx, ctx: Context, channelId: ChannelId, category: PricedMessage['category']): Promise<Prices> {
  const key = `${ctx.organizationId} ${channelId}`;
  const own = remembered.get(key) ?? (channels[channelId].prices.isUniform ? await ownPrices(tx, ctx, channelId) : new Map<string, SegmentPrice>());
  if (!remembered.has(key)) remembered.set(key, own);
  return pricesBy(channelId, category, own, ctx.now);
}

const remembered = new LRUCache<string, Map<string, SegmentPrice>>({ max: 1_000, ttl: 5 * 60_000 });

function pricesBy(channelId: ChannelId, category: PricedMessage['category'], own: Map<string, SegmentPrice>, now: () => Date): Prices {
  const listed: Prices = (phone, { method, isWindowOpen }) => ({ ...channels[channelId].listPrice(phone, { method, isWindowOpen, category, at: now() }), isOwn: false });
  // Reading the country of a number costs more than all the rest: it is asked for only where there is something to find.
  return own.size === 0 ? listed : (phone, message, country = countryOf(phone)) => own.get(country ?? '') ?? listed(phone, message);
}

async function ownPrices(tx: Tx, ctx: Context, channel: ChannelId): Promise<Map<string, SegmentPrice>> {
  const today = ctx.now().toISOString().slice(0, 10);
  const found = await rows<OwnPrice>(tx, sql`
    with by_day as (
      select country, sum(segments) as segments, sum(amount) as amount from spend_rollup
      where organization_id = ${ctx.organizationId} and day > ${today}::date - ${DAYS}::int and day <= ${today}::date
        and channel = ${channel} and currency = ${PRICE_CURRENCY} and country <> ''
      group by country, day having sum(segments) > 0
    ), by_country as (
      select country, sum(amount) / sum(segments) as likely, min(amount / segments) filter (where segments >= ${ENOUGH}::int) as cheapest, max(amount / segments) filter (where segments >= ${ENOUGH}::int) as dearest
      from by_day group by country having sum(segments) >= ${ENOUGH}::int and sum(amount) > 0
    )
    select country, likely::numeric(18, 6)::text as likely, least(likely * ${1 - SPREAD}::numeric, cheapest)::numeric(18, 6)::text as low, greatest(likely * ${1 + SPREAD}::numeric, dearest)::numeric(18, 6)::text as high
    from by_country`);
  return new Map(found.map(({ country, ...price }) => [country, { ...price, isOwn: true }]));
}

/** Which prices an estimate was made of, to stand after "by". */
export function priceSource(channel: ChannelId, countries: ReadonlyArray<{ country: string; isOwnPrice: boolean }>): string {
  const own = countries.filter(({ isOwnPrice }) => isOwnPrice);
  if (own.length === 0) return channels[channel].prices.source;
  if (own.length === countries.length) return 'your own prices of the last 30 days';
  return `your own prices of the last 30 days in ${new Intl.ListFormat('en').format(own.map(({ country }) => countryName(country)))}; elsewhere ${channels[channel].prices.source}`;
}

/** Why a cost is a range, in words. */
export function priceReasons(channel: ChannelId, countries: ReadonlyArray<{ isOwnPrice: boolean }>): string[] {
  const isOwn = countries.some(({ isOwnPrice }) => isOwnPrice);
  const isListed = countries.length === 0 || countries.some(({ isOwnPrice }) => !isOwnPrice);
  return [
    ...(isOwn ? [`Your own prices: what Twilio charged you per segment, from the cheapest to the dearest day of the last ${DAYS}, and at least ${SPREAD * 100} % either way.`] : []),
    ...(isListed ? channels[channel].prices.reasons.map((reason) => (isOwn ? `List prices. ${reason}` : reason)) : []),
  ];
}
