import { sql } from 'drizzle-orm';
import { createBroadcast, createOrganization, createSender } from '#db/factories.ts';
import { inSystem, rows, type Db } from '#db/index.ts';
import { createContext, type Context } from '#server/context.ts';
import type { Rig } from './rig.ts';

const BROADCASTS = 200;
const DAY = 86_400_000; // ms

export type SeededLog = { ctx: Context; largest: { id: string; size: number }; phones: string[]; sids: string[] };

/**
 * A log of `total` deliveries: one broadcast of a tenth of them, sent ten days ago, the others alike, one a day. Written in sets, one statement per
 * broadcast. Only the largest has attempts, which are what a search by SID reads.
 */
export async function seedLog(rig: Rig, total: number): Promise<SeededLog> {
  const { db } = rig;
  const { id: organizationId, owner } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const people = total / 10;
  await seedPeople(db, organizationId, people);
  const each = Math.floor((total - people) / (BROADCASTS - 1));
  let largest = { id: '', size: people };
  for (let n = 0; n < BROADCASTS; n++) {
    const size = n === 10 ? people : n === BROADCASTS - 1 ? total - people - each * (BROADCASTS - 2) : each;
    const startedAt = new Date(Date.now() - n * DAY - 3_600_000);
    const { id } = await createBroadcast(db, organizationId, {
      name: `Broadcast ${n}`, status: 'sent', total: size, lastSeq: size, claimedSeq: size, startedAt, createdAt: startedAt, finishedAt: new Date(startedAt.getTime() + 3_000_000), estimate: '100', currency: 'USD',
    });
    await seedDeliveries(db, { organizationId, id, size, from: (n * each) % Math.max(1, people - size), startedAt });
    if (n === 10) largest = { id, size };
  }
  await seedAttempts(db, organizationId, largest.id);
  await inSystem(db, (tx) => tx.execute(sql`analyze`));
  const sample = await inSystem(db, (tx) => rows<{ recipient: string; sid: string }>(tx, sql`
    select recipient, provider_message_id as sid from broadcast_delivery where broadcast_id = ${largest.id} and seq % ${Math.floor(people / 100)} = 7 and provider_message_id is not null order by seq limit 60`));
  return { ctx, largest, phones: sample.map(({ recipient }) => recipient), sids: sample.map(({ sid }) => sid) };
}

const seedPeople = (db: Db, organizationId: string, people: number) => inSystem(db, async (tx) => {
  await tx.execute(sql`
    insert into contact (organization_id, phone, first_name, last_name, fields)
    select ${organizationId}, '+1415' || (2000000 + i), 'Name' || (4152000000 + i) % 100000, 'Surname', jsonb_build_object('city', 'Town ' || i % 100) from generate_series(1, ${people}::int) i`);
  await tx.execute(sql`create unlogged table bench_person as select row_number() over (order by phone)::int as place, id, phone from contact where organization_id = ${organizationId}`);
  await tx.execute(sql`alter table bench_person add primary key (place)`);
});

type Part = { organizationId: string; id: string; size: number; from: number; startedAt: Date };

/** 94 % delivered, the others as carriers give them back; the price of nearly all is known. */
const seedDeliveries = (db: Db, { organizationId, id, size, from, startedAt }: Part) => inSystem(db, async (tx) => {
  await tx.execute(sql`
    insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, reason, error_code, method, segments, attempts, provider_message_id, sender, estimate, price, price_unit,
      handed_at, sent_at, delivered_at, failed_at)
    select ${organizationId}, ${id}, n, p.id, p.phone, fate.status::delivery_status, case when fate.status = 'skipped' then 'opted_out' when fate.code is not null then 'twilio_error' end, fate.code, 'sms', 1, 1,
      case when fate.status <> 'skipped' then 'SM' || md5(${id}::text || n) end, '+14155551234', 0.0083, case when fate.status <> 'skipped' and n % 100 > 0 then 0.0079 end, case when fate.status <> 'skipped' and n % 100 > 0 then 'USD' end,
      case when fate.status <> 'skipped' then at end, case when fate.status in ('delivered', 'undelivered') then at + interval '1 second' end,
      case when fate.status = 'delivered' then at + make_interval(secs => 1 + (n % 997)::float8 * (n % 997) / 4000) end, case when fate.status in ('undelivered', 'failed') then at + interval '9 seconds' end
    from bench_person p cross join lateral (select p.place - ${from}::int as n) number
    cross join lateral (select ${startedAt.toISOString()}::timestamptz + n * make_interval(secs => 3000.0 / ${size}::int) as at) moment
    cross join lateral (select case when n % 100 < 94 then 'delivered' when n % 100 < 98 then 'undelivered' when n % 100 = 98 then 'failed' else 'skipped' end as status,
      case n % 100 when 94 then 30003 when 95 then 30003 when 96 then 30006 when 97 then 30007 when 98 then case when n % 1000 = 998 and ${size}::int > 50000 then 21211 else 30008 end end as code) fate
    where p.place > ${from}::int and p.place <= ${from + size}::int`);
  await tx.execute(sql`
    insert into broadcast_duration_rollup (organization_id, broadcast_id, shard, bucket, deliveries)
    select organization_id, broadcast_id, 0, duration_bucket(handed_at, delivered_at), count(*) from broadcast_delivery where broadcast_id = ${id} and delivered_at is not null group by 1, 2, 4`);
  await tx.execute(sql`
    insert into broadcast_response (organization_id, broadcast_id, contact_id, kind)
    select organization_id, broadcast_id, contact_id, (case when seq % 5 = 0 then 'opt_out' else 'reply' end)::response_kind from broadcast_delivery where broadcast_id = ${id} and seq % 100 in (15, 31) and status = 'delivered'`);
});

async function seedAttempts(db: Db, organizationId: string, id: string): Promise<void> {
  const sender = await createSender(db, organizationId);
  await inSystem(db, (tx) => tx.execute(sql`
    insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, sender, estimate, state, worker_id, lease_until, sid, answered_at, resolved_by)
    select organization_id, md5('t' || seq), broadcast_id, seq, 1, ${sender.paceId}, 'AC' || md5('a'), recipient, 'Ann, 20% off this weekend with code MAR20', 1, 'sms', sender, 0.0083, 'accepted', 'w', handed_at, provider_message_id, handed_at, 'response'
    from broadcast_delivery where broadcast_id = ${id} and provider_message_id is not null`));
}
