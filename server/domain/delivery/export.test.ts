import { sql } from 'drizzle-orm';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context, type Role } from '#server/context.ts';
import { exportDeliveries } from '#server/domain/delivery/export.ts';
import type { ExportDeliveriesInput } from '#server/domain/delivery/schema.ts';

const { db } = await testDatabase();

async function organization(role?: Role) {
  const { id, owner } = await createOrganization(db);
  return createContext(db, id, role ? { kind: 'user', userId: owner.id, role, address: null } : { kind: 'system', task: 'test' });
}

/** A broadcast of so many deliveries; every third one failed with 30003. */
async function broadcast(ctx: Context, count: number, values: Parameters<typeof createBroadcast>[2] = {}) {
  const made = await createBroadcast(db, ctx.organizationId, { status: 'sent', total: count, lastSeq: count, ...values });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, error_code, reason, provider_message_id)
    select ${ctx.organizationId}, ${made.id}, n, '+1415' || (5550000 + n), (case when n % 3 = 0 then 'failed' else 'delivered' end)::delivery_status,
      case when n % 3 = 0 then 30003 end, case when n % 3 = 0 then 'twilio_error' end, 'SM' || n from generate_series(1, ${count}::int) n`));
  return made;
}

async function textOf(ctx: Context, input: ExportDeliveriesInput) {
  const { pieces } = await exportDeliveries(ctx, input);
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const table = (text: string) => parse(text, { bom: true, columns: true }) as Array<Record<string, string>>;

test('the file holds each delivery once, over all pieces, in the order of the log', async () => {
  const ctx = await organization();
  const [older, newer] = [await broadcast(ctx, 6_000), await broadcast(ctx, 5_000)];
  const ids = table(await textOf(ctx, {})).map((row) => row.Id);
  expect(ids.length).toBe(11_000);
  expect([ids[0], ids[4_999], ids[5_000], ids[10_999]]).toEqual([`${newer.id}-5000`, `${newer.id}-1`, `${older.id}-6000`, `${older.id}-1`]);
  expect(new Set(ids).size).toBe(11_000);
});

test('the same search as in the log narrows the file', async () => {
  const ctx = await organization();
  const { id } = await broadcast(ctx, 12_000);
  await broadcast(ctx, 30);
  const rows = table(await textOf(ctx, { search: 'code:30003', broadcastId: id }));
  expect(rows.length).toBe(4_000);
  expect(rows[0]).toMatchObject({ To: '+14155562000', State: 'failed', 'Twilio code': '30003', Reason: 'Phone was off or out of reach', Id: `${id}-12000` });
  const lines = (await textOf(ctx, { format: 'ndjson', broadcastId: id, status: 'failed', search: '+14155550003' })).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([`${id}-3`]);
});

test('a spreadsheet runs nothing of the file, and numbers keep their +', async () => {
  const ctx = await organization();
  const person = await createContact(db, ctx.organizationId, { firstName: '=HYPERLINK("https://evil.example";"A")', lastName: null, phone: '+14155550001' });
  const { id } = await broadcast(ctx, 1, { name: '+cmd|calc' });
  await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set contact_id = ${person.id} where broadcast_id = ${id}`));
  const text = await textOf(ctx, {});
  expect(text.startsWith('\uFEFFTo,Name')).toBe(true);
  expect(table(text)[0]).toMatchObject({ To: '+14155550001', Name: `'=HYPERLINK("https://evil.example";"A")`, Broadcast: "'+cmd|calc" });
});

test('a viewer gets the rows with masked numbers', async () => {
  const ctx = await organization('viewer');
  await broadcast(ctx, 1);
  expect(table(await textOf(ctx, {}))[0]).toMatchObject({ To: '+1415***01' });
});

test('another organisation, a search that is none and a broadcast that does not exist', async () => {
  const [mine, other] = [await organization(), await organization()];
  const { id } = await broadcast(mine, 3);
  expect(table(await textOf(other, {}))).toEqual([]);
  await expect(exportDeliveries(other, { broadcastId: id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(exportDeliveries(mine, { search: 'state:failed' })).rejects.toMatchObject({ code: 'validation_failed' });
});
