import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { createBroadcast, createOrganization } from './factories.ts';
import { connect, disconnect, inOrganization, inSystem, rows } from './index.ts';
import { migrateDatabase } from './migrate.ts';
import * as t from './schema/index.ts';
import { testDatabase } from './test-database.ts';

const { db } = await testDatabase();

test('the rollups follow what statements do to deliveries', async () => {
  const organization = await createOrganization(db);
  const broadcast = await createBroadcast(db, organization.id, { status: 'sending', lastSeq: 3 });
  const sum = () => inOrganization(db, organization.id, (tx) => rows<{ status: string; n: string; price: string; open: string }>(tx,
    sql`select status, sum(deliveries) as n, sum(price) as price, sum(unpriced_estimate) as open from broadcast_rollup where broadcast_id = ${broadcast.id} group by 1 having sum(deliveries) <> 0 order by 1`));
  await inSystem(db, async (tx) => {
    await tx.insert(t.deliveries).values([1, 2, 3].map((seq) => ({ organizationId: organization.id, broadcastId: broadcast.id, seq, recipient: `+1202555010${seq}` })));
  });
  expect(await sum()).toMatchObject([{ status: 'queued', n: '3' }]);
  await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = 'sent', provider_message_id = 'SM' || seq, handed_at = now(), segments = 1, estimate = 0.0083,
    price = case when seq = 1 then 0.0079 end, price_unit = case when seq = 1 then 'USD' end where broadcast_id = ${broadcast.id} and seq <= 2`));
  expect(await sum()).toEqual([{ status: 'queued', n: '1', price: '0.000000', open: '0.000000' }, { status: 'sent', n: '2', price: '0.007900', open: '0.008300' }]);
  const days = await inOrganization(db, organization.id, (tx) => rows<{ n: string }>(tx, sql`select sum(deliveries) as n from daily_rollup where organization_id = ${organization.id}`));
  expect(days).toEqual([{ n: '2' }]);
});

test('D15: no delivery can be stored as sent without a Twilio SID', async () => {
  const organization = await createOrganization(db);
  const broadcast = await createBroadcast(db, organization.id);
  const insert = inSystem(db, (tx) => tx.insert(t.deliveries).values({ organizationId: organization.id, broadcastId: broadcast.id, seq: 1, recipient: '+12025550101', status: 'sent' }));
  await expect(insert).rejects.toMatchObject({ cause: { constraint_name: 'delivery_sent_has_sid' } });
});

test('row-level security binds also when DATABASE_URL is a superuser’s', async () => {
  const admin = postgres(inject('testAdminUrl'), { max: 1, onnotice: () => {} });
  await admin.unsafe('create database owned_by_superuser');
  const url = Object.assign(new URL(inject('testAdminUrl')), { pathname: '/owned_by_superuser' }).href;
  await migrateDatabase(url);
  await migrateDatabase(url);
  const asSuperuser = connect(url, 2);
  const [one, other] = [await createOrganization(asSuperuser), await createOrganization(asSuperuser)];
  await createBroadcast(asSuperuser, one.id);
  const seen = (id: string) => inOrganization(asSuperuser, id, (tx) => tx.select().from(t.broadcasts));
  expect(await seen(one.id)).toHaveLength(1);
  expect(await seen(other.id)).toEqual([]);
  expect(await asSuperuser.select().from(t.broadcasts)).toEqual([]);
  await disconnect(asSuperuser);
  await admin.unsafe('drop database owned_by_superuser with (force)');
  await admin.end();
});
