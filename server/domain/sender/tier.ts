import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';

/** P68, D11: a tier counts the people to whom a sender wrote first within a day, each once; a minute more, because Meta counts from when a message arrives. In seconds. */
const DAY = 24 * 3_600 + 60;

const within = sql`clock_timestamp() - make_interval(secs => ${DAY})`;

/** Holds for an address to which the sender wrote first within the moving day: once more takes no room. */
export const isReached = (ctx: Context, senderId: string, address: SQL): SQL => sql`exists (
  select 1 from sender_reach r where r.organization_id = ${ctx.organizationId} and r.sender_id = ${senderId} and r.recipient = ${address} and r.initiated_at > ${within})`;

export type Tier = { limit: number; used: number };

/** How much of its tier a sender has used; null: it has none. */
export async function readTier(tx: Tx, ctx: Context, { id, messagingLimit }: { id: string; messagingLimit: number | null }): Promise<Tier | null> {
  if (messagingLimit === null) return null;
  const [found] = await rows<{ used: number }>(tx, sql`
    select count(*)::int as used from sender_reach where organization_id = ${ctx.organizationId} and sender_id = ${id} and initiated_at > ${within}`);
  return { limit: messagingLimit, used: found!.used };
}

/** What of `people` to whom a sender would write first goes out now, and when the first and the last of the others may. */
export type TierForecast = Tier & { waiting: number; firstAt: Date | null; seconds: number };

export async function forecastTier(tx: Tx, ctx: Context, sender: { id: string; messagingLimit: number | null }, people: number): Promise<TierForecast | null> {
  const tier = await readTier(tx, ctx, sender);
  if (!tier) return null;
  const waiting = Math.max(0, people - Math.max(0, tier.limit - tier.used));
  if (waiting === 0) return { ...tier, waiting, firstAt: null, seconds: 0 };
  const [first] = await placesInTier(tx, ctx, sender.id, tier.limit, { after: 0, count: 1 });
  // Those who leave now free their places a day later, and so on.
  const days = Math.ceil(waiting / Math.max(1, tier.limit));
  return { ...tier, waiting, firstAt: new Date(tier.used > 0 ? first! : ctx.now().getTime() + DAY * 1_000), seconds: days * DAY };
}

/**
 * When each of `count` people may be written to who find the tier full, in ms of the database's clock: as those before them fall out of the moving day,
 * the oldest first. `after`: so many wait already. Who finds no place within the day comes a day later.
 */
export async function placesInTier(tx: Tx, ctx: Context, senderId: string, limit: number, { after, count }: { after: number; count: number }): Promise<number[]> {
  const held = await rows<{ at: number }>(tx, sql`
    select extract(epoch from initiated_at)::float8 * 1000 as at from sender_reach
    where organization_id = ${ctx.organizationId} and sender_id = ${senderId} and initiated_at > ${within} order by initiated_at offset ${after % Math.max(1, limit)} limit ${count}`);
  const [clock] = await rows<{ now: number }>(tx, sql`select extract(epoch from clock_timestamp())::float8 * 1000 as now`);
  return Array.from({ length: count }, (_, i) => {
    const rank = after + i;
    const oldest = held[i % Math.max(1, held.length)]?.at ?? clock!.now;
    return oldest + DAY * 1_000 * (1 + Math.floor(rank / Math.max(1, limit)));
  });
}
