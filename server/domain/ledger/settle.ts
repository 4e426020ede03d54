import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { resolvePolicy, type ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { reconcileStatuses } from '#server/domain/delivery/reconcile.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { enqueue } from '#server/queue.ts';
import { countryOf } from '#server/domain/contact/country.ts';
import { twilioClient } from '#server/twilio/client.ts';
import { readMessagesSince, type ProviderMessage } from '#server/twilio/messages.ts';

/** Twilio prices within 24 hours; a message without a price after this many days keeps its estimate. */
const GIVE_UP_AFTER = 4;
/** A message sent at midnight by our clock may be of the day before by Twilio's, in ms. */
const SKEW = 10 * 60_000;

type Settled = { settled: number; left: boolean };

/** Settles, and books the next look while something is missing: soon when it comes in, later when nothing does, and never more than a tenth of the time. */
export async function settleAndLookAgain(ctx: Context, policy: ResolvePolicy = resolvePolicy): Promise<void> {
  const begun = performance.now();
  const { settled, left } = await settlePrices(ctx, policy);
  if (!left) return;
  const delay = Math.max(1_000 * (settled > 0 ? policy.quiet / 15 : policy.quiet), 10 * (performance.now() - begun));
  await ctx.transaction((tx) => enqueue(tx, 'settle-prices', { organizationId: ctx.organizationId }, { key: `settle-prices:${ctx.organizationId}`, runAt: new Date(ctx.now().getTime() + delay) }));
}

/**
 * P82-P84, D9: reads Twilio's message list in bulk, a thousand a request. Each price goes to its delivery and once to the ledger; a status whose
 * callback was lost is recorded. Never guesses: what has no price stays open. Returns how many messages were priced or moved and whether some are left.
 */
export async function settlePrices(ctx: Context, { quiet }: ResolvePolicy = resolvePolicy): Promise<Settled> {
  const open = await ctx.transaction(async (tx) => {
    const day = await oldestOpenDay(tx, ctx);
    return day && { day, credentials: await openCredentials(tx, ctx.organizationId) };
  });
  if (!open) return { settled: 0, left: false };
  let settled = 0;
  await readMessagesSince(twilioClient(open.credentials), new Date(Date.parse(`${open.day}T00:00:00Z`) - SKEW), async (messages) => {
    settled += await reconcileStatuses(ctx, messages, quiet);
    settled += await recordPrices(ctx, messages);
  });
  return { settled, left: (await ctx.transaction((tx) => oldestOpenDay(tx, ctx))) !== null };
}

/** The first day (UTC) of the last few that holds messages without a price or without a final status, from the rollups. */
async function oldestOpenDay(tx: Tx, ctx: Context): Promise<string | null> {
  const [found] = await rows<{ day: string | null }>(tx, sql`
    select min(day)::text as day from (
      select day from daily_rollup where organization_id = ${ctx.organizationId} and day >= (now() at time zone 'UTC')::date - ${GIVE_UP_AFTER}::int
      group by day having ${openMessages} > 0
    ) open`);
  return found?.day ?? null;
}

/** Messages of a group of daily rollups for which Twilio still owes a price or a final status. */
export const openMessages = sql`sum(deliveries - priced) + coalesce(sum(deliveries) filter (where status in ('sending', 'sent')), 0)`;

/** What of a message is booked already: the price of its delivery, or, when that took several messages, its own entries. */
const before = sql`(case when d.attempts <= 1 then d.price else (select sum(l.amount) from ledger_entry l where l.organization_id = a.organization_id and l.sid = i.sid) end)`;

/** Prices of one page of messages: delivery and ledger in one transaction. A price that came already is not written again; a changed one corrects. */
export async function recordPrices(ctx: Context, messages: ProviderMessage[]): Promise<number> {
  const priced = messages.filter(({ price, priceUnit }) => price !== null && priceUnit !== null).map(({ sid, to, price, priceUnit, segments }) => ({ sid, price, price_unit: priceUnit, segments, country: countryOf(to) ?? '' }));
  if (priced.length === 0) return 0;
  return ctx.transaction(async (tx) => {
    const written = await rows(tx, sql`
      with priced as (
        select i.*, a.broadcast_id, a.seq, i.price - coalesce(${before}, 0) as amount, b.channel, d.sender, d.handed_at
        from json_to_recordset(${JSON.stringify(priced)}::json) as i(sid text, price numeric, price_unit text, segments int, country text)
        join attempt a on a.organization_id = ${ctx.organizationId} and a.sid = i.sid
        join broadcast_delivery d on d.broadcast_id = a.broadcast_id and d.seq = a.seq and (d.provider_message_id = i.sid or d.attempts > 1)
        join broadcast b on b.organization_id = a.organization_id and b.id = a.broadcast_id
        where ${before} is distinct from i.price
        order by a.broadcast_id, a.seq for update of d
      ), entries as (
        insert into ledger_entry (organization_id, sid, version, broadcast_id, seq, channel, amount, currency, segments, country, sender, day)
        select ${ctx.organizationId}, sid, 1 + (select count(*) from ledger_entry l where l.organization_id = ${ctx.organizationId} and l.sid = priced.sid),
          broadcast_id, seq, channel, amount, price_unit, nullif(segments, 0),
          country, coalesce(sender, ''), (coalesce(handed_at, now()) at time zone 'UTC')::date
        from priced
      )
      update broadcast_delivery d set price = coalesce(d.price, 0) + p.amount, price_unit = p.price_unit, segments = coalesce(nullif(p.segments, 0), d.segments)
      from (select broadcast_id, seq, sum(amount) as amount, max(price_unit) as price_unit, max(segments) as segments from priced group by broadcast_id, seq) p
      where d.broadcast_id = p.broadcast_id and d.seq = p.seq
      returning d.seq`);
    return written.length;
  });
}
