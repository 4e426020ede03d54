import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, phoneNumber, twilioSid } from '#db/factories.ts';
import { connect, disconnect, inOrganization, inSystem, rows, type Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { countsOf, noCounts } from '#server/domain/delivery/counts.ts';
import { recountBroadcast } from '#server/domain/delivery/recount.ts';

const { db, url } = await testDatabase();
const contextOf = (organizationId: string) => createContext(db, organizationId, { kind: 'system', task: 'test' });
const counted = (organizationId: string, id: string) => inOrganization(db, organizationId, async (tx) => (await countsOf(tx, organizationId, [id])).get(id));

async function insertQueued(db: Db, organizationId: string, broadcastId: string, from: number, count: number) {
  const made = Array.from({ length: count }, (_, n) => ({ seq: from + n, recipient: phoneNumber() }));
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient)
    select ${organizationId}, ${broadcastId}, seq, recipient from json_to_recordset(${JSON.stringify(made)}::json) as made(seq int, recipient text)`));
}

test('P85: a broadcast without deliveries has a zero for every status and no cost', async () => {
  const organization = await createOrganization(db);
  const broadcast = await createBroadcast(db, organization.id);
  expect(await counted(organization.id, broadcast.id)).toEqual(noCounts());
});

test('P83, P85: whatever several connections do to the deliveries, the rollups equal a recount after every round', async () => {
  const organization = await createOrganization(db);
  const broadcasts = await Promise.all([createBroadcast(db, organization.id), createBroadcast(db, organization.id, { channel: 'whatsapp' })]);
  const connections = [1, 2, 3].map(() => connect(url, 1));
  const random = seeded(20_261_122);
  const currencies = new Set<string>();
  let rowsMade = 0;
  try {
    for (let round = 0; round < 25; round++) {
      await Promise.all(connections.map(async (connection, n) => {
        const broadcast = broadcasts[Math.floor(random() * broadcasts.length)]!;
        if (random() < 0.3) {
          const count = 1 + Math.floor(random() * 40);
          rowsMade += count;
          await insertQueued(connection, organization.id, broadcast.id, 1 + round * 1000 + n * 100, count);
        } else await moveSome(connection, organization.id, broadcast.id, random);
      }));
      for (const { id } of broadcasts) {
        const recount = await recountBroadcast(contextOf(organization.id), { id });
        expect(await counted(organization.id, id)).toEqual(recount);
        for (const cost of recount.cost) currencies.add(cost.currency);
      }
      expect(await dailyDifference(organization.id)).toEqual([]);
    }
  } finally {
    await Promise.all(connections.map(disconnect));
  }
  const both = await Promise.all(broadcasts.map(({ id }) => counted(organization.id, id)));
  expect(both.flatMap((one) => Object.values(one?.counts ?? {})).reduce((sum, n) => sum + n, 0)).toBe(rowsMade);
  expect([...currencies].sort(), 'the sequence of moves met both currencies').toEqual(['EUR', 'USD']);
});

test('P85: cost is summed per currency, exactly, and what is not priced yet stands apart', async () => {
  const organization = await createOrganization(db);
  const { id } = await createBroadcast(db, organization.id);
  await insertQueued(db, organization.id, id, 1, 300);
  await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = 'delivered', provider_message_id = 'SM' || seq, handed_at = now(), estimate = 0.0079,
    price = case when seq <= 200 then 0.008300 end, price_unit = case when seq <= 100 then 'USD' when seq <= 200 then 'EUR' end where broadcast_id = ${id}`));
  expect(await counted(organization.id, id)).toMatchObject({
    cost: [{ currency: 'EUR', settled: '0.830000', pricedMessages: 100 }, { currency: 'USD', settled: '0.830000', pricedMessages: 100 }],
    unpricedMessages: 100, unpricedEstimate: '0.790000',
  });
});

test('another organisation sees zeroes where a broadcast is not its own', async () => {
  const [mine, other] = await Promise.all([createOrganization(db), createOrganization(db)]);
  const { id } = await createBroadcast(db, mine.id);
  await insertQueued(db, mine.id, id, 1, 5);
  expect((await counted(mine.id, id))?.counts.queued).toBe(5);
  expect(await counted(other.id, id)).toEqual(noCounts());
});

/** Moves a random part of the rows to a random state, forwards or backwards, priced or not: the sums must hold for any move. */
async function moveSome(connection: Db, organizationId: string, broadcastId: string, random: () => number) {
  const status = ['queued', 'skipped', 'cancelled', 'unknown', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read'][Math.floor(random() * 10)]!;
  const handed = ['sending', 'sent', 'undelivered', 'delivered', 'read'].includes(status) || random() < 0.2;
  const price = handed && random() < 0.5 ? (random() * 0.02).toFixed(6) : null;
  const currency = price ? (random() < 0.5 ? 'USD' : 'EUR') : null;
  const day = `2026-11-${String(10 + Math.floor(random() * 3))}T12:00:00Z`;
  await inSystem(connection, (tx) => tx.execute(sql`with taken as (
      select broadcast_id, seq from broadcast_delivery where organization_id = ${organizationId} and broadcast_id = ${broadcastId} and seq % 7 <= ${Math.floor(random() * 7)} order by seq for update
    ) update broadcast_delivery d set status = ${status}::delivery_status, provider_message_id = ${handed ? twilioSid('SM') : null}, handed_at = ${handed ? day : null}::timestamptz,
      segments = ${Math.floor(random() * 3) + 1}, estimate = ${handed ? '0.0079' : null}::numeric, price = ${price}::numeric, price_unit = ${currency}
    from taken where d.broadcast_id = taken.broadcast_id and d.seq = taken.seq`));
}

/** Days on which daily_rollup and the deliveries disagree, with both sides. */
const dailyDifference = (organizationId: string) => inSystem(db, (tx) => rows(tx, sql`
  select coalesce(r.day, d.day)::text as day, r.*, d.* from (
    select day, channel, status, currency, sum(deliveries)::int n, sum(segments)::int s, sum(priced)::int p, sum(price) price, sum(unpriced_estimate) u
    from daily_rollup where organization_id = ${organizationId} group by 1, 2, 3, 4 having sum(deliveries) <> 0 or sum(segments) <> 0 or sum(price) <> 0 or sum(priced) <> 0 or sum(unpriced_estimate) <> 0
  ) r full join (
    select (handed_at at time zone 'UTC')::date as day, b.channel, d.status, coalesce(price_unit, '') as currency, count(*)::int n, coalesce(sum(segments), 0)::int s, count(price)::int p,
      coalesce(sum(price), 0) price, coalesce(sum(d.estimate) filter (where price is null), 0) u
    from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id
    where d.organization_id = ${organizationId} and handed_at is not null group by 1, 2, 3, 4
  ) d using (day, channel, status, currency)
  where (r.n, r.s, r.p, r.price, r.u) is distinct from (d.n, d.s, d.p, d.price, d.u)`));

/** mulberry32: the same sequence in every run. */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
