import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization, createSender } from './factories.ts';
import { inOrganization, inSystem, rows, textArray, type Db, type Tx } from './index.ts';
import * as t from './schema/index.ts';
import { testDatabase } from './test-database.ts';

const { db } = await testDatabase();

/** An organisation with a row in most tables. */
async function furnished() {
  const organization = await createOrganization(db);
  const contact = await createContact(db, organization.id);
  const list = await createList(db, organization.id);
  await addMember(db, organization.id, list.id, contact.id);
  await createSender(db, organization.id);
  await createBroadcast(db, organization.id);
  return { ...organization, contact };
}

test('an organisation reads and counts only its own rows, also without any where', async () => {
  const [a, b] = [await furnished(), await furnished()];
  for (const table of await tenantTables(db)) {
    const found = await inOrganization(db, a.id, (tx) => rows<{ organization_id: string }>(tx, sql.raw(`select organization_id from "${table}"`)));
    expect(found.filter((row) => row.organization_id !== a.id), table).toEqual([]);
  }
  const all = (tx: Tx) => tx.select().from(t.contacts);
  expect((await inOrganization(db, a.id, all)).map((row) => row.id)).toEqual([a.contact.id]);
  expect((await inSystem(db, all)).map((row) => row.id)).toEqual(expect.arrayContaining([a.contact.id, b.contact.id]));
});

test('a transaction that names no organisation sees nothing, and one organisation’s name does not stay on the connection', async () => {
  const a = await furnished();
  await inOrganization(db, a.id, (tx) => tx.select().from(t.contacts));
  for (let n = 0; n < 8; n++) expect(await db.select().from(t.contacts)).toEqual([]);
});

test("an organisation can neither change, delete, insert nor point to another's rows", async () => {
  const [a, b] = [await furnished(), await furnished()];
  const asA = <T>(work: (tx: Tx) => Promise<T>) => inOrganization(db, a.id, work);
  expect(await asA((tx) => tx.update(t.contacts).set({ firstName: 'Eve' }).returning())).toHaveLength(1);
  expect(await asA((tx) => tx.delete(t.contacts).where(sql`id = ${b.contact.id}`).returning())).toEqual([]);
  await expect(asA((tx) => tx.insert(t.contacts).values({ organizationId: b.id, firstName: 'Eve' }))).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') } });
  const list = await createList(db, a.id);
  await expect(asA((tx) => tx.insert(t.listMembers).values({ organizationId: a.id, listId: list.id, contactId: b.contact.id }))).rejects.toMatchObject({ cause: { code: '23503' } });
  expect((await inSystem(db, (tx) => tx.select().from(t.contacts).where(sql`id = ${b.contact.id}`)))[0]).toMatchObject({ firstName: 'Ann', organizationId: b.id });
});

test('the role that works here is bound by row-level security', async () => {
  const [me] = await db.execute(sql`select rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user`);
  expect(me?.unbound).toBe(false);
});

test('every tenant table is closed, and its foreign keys stay within one organisation', async () => {
  expect(await tenantTables(db)).toEqual(expect.arrayContaining(['membership', 'contact', 'list_member', 'broadcast', 'broadcast_delivery', 'attempt', 'ledger_entry']));
  expect(await faults(db)).toEqual([]);
});

test('a delivery belongs to a broadcast of its own organisation, and goes with it', async () => {
  const [a, b] = [await createOrganization(db), await createOrganization(db)];
  const broadcast = await createBroadcast(db, b.id);
  const insert = (organizationId: string, broadcastId: string) => inSystem(db, (tx) => tx.insert(t.deliveries).values({ organizationId, broadcastId, seq: 1, recipient: '+12025550101' }));
  await expect(insert(a.id, broadcast.id)).rejects.toMatchObject({ cause: { code: '23503' } });
  await expect(insert(a.id, a.id)).rejects.toMatchObject({ cause: { code: '23503' } });
  await insert(b.id, broadcast.id);
  await inSystem(db, (tx) => tx.delete(t.broadcasts).where(sql`id = ${broadcast.id}`));
  expect(await inSystem(db, (tx) => tx.select().from(t.deliveries).where(sql`broadcast_id = ${broadcast.id}`))).toEqual([]);
});

test('an attempt belongs to a broadcast of its own organisation, and goes with it; the reach of a contact goes with its organisation', async () => {
  const [a, b] = [await createOrganization(db), await createOrganization(db)];
  const broadcast = await createBroadcast(db, b.id);
  const attempt = (organizationId: string, broadcastId: string) => inSystem(db, (tx) => tx.insert(t.attempts).values({
    organizationId, broadcastId, token: 'a'.repeat(32), seq: 1, n: 1, paceId: broadcastId, accountSid: 'AC', recipient: '+12025550101', body: 'Hi', segments: 1, method: 'sms', sender: '+12025550100', estimate: '0.0083', workerId: 'w', leaseUntil: new Date(),
  }));
  const reach = (organizationId: string) => inSystem(db, (tx) => tx.insert(t.contactReaches).values({ organizationId, contactId: a.id, lastHandedAt: new Date(), lastBroadcastId: broadcast.id }));
  for (const refused of [() => attempt(a.id, broadcast.id), () => attempt(a.id, a.id), () => reach(broadcast.id)]) await expect(refused()).rejects.toMatchObject({ cause: { code: '23503' } });
  await attempt(b.id, broadcast.id);
  await reach(b.id);
  await inSystem(db, (tx) => tx.delete(t.broadcasts).where(sql`id = ${broadcast.id}`));
  expect(await inSystem(db, (tx) => tx.select().from(t.attempts).where(sql`broadcast_id = ${broadcast.id}`))).toEqual([]);
  expect(await inSystem(db, (tx) => tx.select().from(t.contactReaches).where(sql`organization_id = ${b.id}`))).toHaveLength(1);
  await inSystem(db, (tx) => tx.delete(t.organizations).where(sql`id = ${b.id}`));
  expect(await inSystem(db, (tx) => tx.select().from(t.contactReaches).where(sql`organization_id = ${b.id}`))).toEqual([]);
});

test('the check above finds each kind of fault', async () => {
  await db.execute(sql`create table bad (organization_id uuid not null, id uuid not null, list_id uuid, primary key (organization_id, id))`);
  expect(await faults(db)).toEqual(['bad: no foreign key begins at organization_id', 'bad: no policy', 'bad: row-level security is not enabled', 'bad: row-level security is not forced']);
  await db.execute(sql`alter table bad enable row level security`);
  await db.execute(sql`alter table bad add foreign key (organization_id) references organization (id)`);
  expect(await faults(db)).toEqual(['bad: no policy', 'bad: row-level security is not forced']);
  await db.execute(sql`select secure_tenant_tables()`);
  expect(await faults(db)).toEqual([]);
  await db.execute(sql`alter table bad add unique (id)`);
  await db.execute(sql`create table worse (organization_id uuid not null references organization (id), bad_id uuid, constraint loose foreign key (bad_id) references bad (id))`);
  await db.execute(sql`select secure_tenant_tables()`);
  expect(await faults(db)).toEqual(['worse: loose leads to bad without organization_id']);
  await db.execute(sql`create table worst (organization_id uuid not null references organization (id), other uuid, bad_id uuid, constraint crossed foreign key (other, bad_id) references bad (organization_id, id))`);
  await db.execute(sql`select secure_tenant_tables()`);
  expect(await faults(db)).toEqual(['worse: loose leads to bad without organization_id', 'worst: crossed leads to bad without organization_id']);
  await db.execute(sql`drop table worst, worse, bad`);
  expect(await faults(db)).toEqual([]);
});

const tenants = sql`select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attnum from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;

async function tenantTables(database: Db): Promise<string[]> {
  const found = await database.execute(sql`select relname from (${tenants}) t order by 1`);
  return found.map((row) => String(row.relname));
}

/** What each message of a send writes: their references are kept once per statement, by triggers or by the rollup row that each statement writes; tests above prove it. */
const REFERENCED_PER_STATEMENT = ['broadcast_delivery', 'attempt', 'contact_reach'];

/** What is wrong with the tenant tables, one line each. */
async function faults(database: Db): Promise<string[]> {
  const found = await database.execute(sql`
    with tenant as (${tenants})
    select relname || ': row-level security is not enabled' as fault from tenant where not relrowsecurity
    union all select relname || ': row-level security is not forced' from tenant where not relforcerowsecurity
    union all select relname || ': no policy' from tenant where not exists (select 1 from pg_policy p where p.polrelid = tenant.oid and pg_get_expr(p.polqual, p.polrelid) like '%organization_id%')
    union all select relname || ': no foreign key begins at organization_id' from tenant where relname <> all(${textArray(REFERENCED_PER_STATEMENT)}::text[]) and not exists (
      select 1 from pg_constraint k where k.conrelid = tenant.oid and k.contype = 'f' and k.conkey[1] = tenant.attnum
        and (k.confrelid = 'organization'::regclass or k.confrelid in (select oid from tenant)))
    union all select t.relname || ': ' || k.conname || ' leads to ' || target.relname || ' without organization_id'
      from pg_constraint k join tenant t on t.oid = k.conrelid join tenant target on target.oid = k.confrelid
      where k.contype = 'f' and not exists (select 1 from unnest(k.conkey, k.confkey) as pair (here, there) where pair.here = t.attnum and pair.there = target.attnum)
    order by 1`);
  return found.map((row) => String(row.fault));
}
