import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { usageHistory } from '#server/domain/ledger/history.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';

const { db } = await testDatabase();

async function organization() {
  const { id } = await createOrganization(db);
  return { ...createContext(db, id, { kind: 'system', task: 'test' }), now: () => new Date('2026-11-22T10:00:00Z') };
}

async function handOver(ctx: Context, broadcastId: string, seq: number, handedAt: string, more: { status?: string; price?: string; unit?: string; estimate?: string } = {}) {
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, provider_message_id, handed_at, segments, estimate, price, price_unit)
    values (${ctx.organizationId}, ${broadcastId}, ${seq}, ${phoneNumber()}, ${more.status ?? 'delivered'}, ${twilioSid('SM')}, ${handedAt}, 2, ${more.estimate ?? null}, ${more.price ?? null}, ${more.unit ?? null})`));
}

const addEntry = (ctx: Context, broadcastId: string, seq: number, amount: string, at: string, sid = twilioSid('SM'), version = 1) =>
  inSystem(db, (tx) => tx.execute(sql`insert into ledger_entry (organization_id, sid, version, broadcast_id, seq, channel, amount, currency, created_at)
    values (${ctx.organizationId}, ${sid}, ${version}, ${broadcastId}, ${seq}, 'sms', ${amount}, 'USD', ${at})`));

test('P84: usage by day has every day of the range, and its days add up to its totals', async () => {
  const ctx = await organization();
  const { id } = await createBroadcast(db, ctx.organizationId);
  await handOver(ctx, id, 1, '2026-11-20T23:59:59Z', { price: '0.007900', unit: 'USD' });
  await handOver(ctx, id, 2, '2026-11-21T00:00:00Z', { price: '0.100001', unit: 'USD' });
  await handOver(ctx, id, 3, '2026-11-21T01:00:00Z', { price: '0.200002', unit: 'USD', status: 'undelivered' });
  await handOver(ctx, id, 4, '2026-11-21T01:00:00Z', { price: '0.05', unit: 'EUR' });
  await handOver(ctx, id, 5, '2026-11-21T01:00:00Z', { estimate: '0.0158', status: 'sent' });
  const stats = await usageStatistics(ctx, { from: '2026-11-19', to: '2026-11-22' });
  expect(stats.days.map(({ day, currency, handed, delivered, failed, settled, unpricedMessages }) => [day, currency, handed, delivered, failed, settled, unpricedMessages])).toEqual([
    ['2026-11-19', '', 0, 0, 0, '0.000000', 0],
    ['2026-11-20', 'USD', 1, 1, 0, '0.007900', 0],
    ['2026-11-21', '', 1, 0, 0, '0.000000', 1], ['2026-11-21', 'EUR', 1, 1, 0, '0.050000', 0], ['2026-11-21', 'USD', 2, 1, 1, '0.300003', 0],
    ['2026-11-22', '', 0, 0, 0, '0.000000', 0],
  ]);
  expect(stats.totals).toEqual({
    handed: 5, delivered: 3, failed: 1, unpricedMessages: 1, unpricedEstimate: '0.015800',
    settled: [{ currency: 'EUR', amount: '0.050000' }, { currency: 'USD', amount: '0.307903' }],
  });
});

test('P84: money of a million messages stays exact', async () => {
  const ctx = await organization();
  const { id } = await createBroadcast(db, ctx.organizationId);
  await handOver(ctx, id, 1, '2026-11-21T00:00:00Z', { price: '90071992547.409931', unit: 'USD' });
  await handOver(ctx, id, 2, '2026-11-21T00:00:00Z', { price: '0.000001', unit: 'USD' });
  expect((await usageStatistics(ctx, {})).totals.settled).toEqual([{ currency: 'USD', amount: '90071992547.409932' }]);
});

test('without a range usage is of the last 30 days; one that ends before it begins is refused', async () => {
  const ctx = await organization();
  const stats = await usageStatistics(ctx, {});
  expect([stats.from, stats.to, stats.days.length]).toEqual(['2026-10-24', '2026-11-22', 30]);
  await expect(usageStatistics(ctx, { from: '2026-11-22', to: '2026-11-21' })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(usageStatistics(ctx, { from: '2000-01-01', to: '2026-11-21' })).rejects.toMatchObject({ code: 'validation_failed' });
});

test('P84: the ledger lists each charge once, newest first, and a correction as an entry of its own', async () => {
  const ctx = await organization();
  const [one, two] = [await createBroadcast(db, ctx.organizationId), await createBroadcast(db, ctx.organizationId)];
  const sid = twilioSid('SM');
  await addEntry(ctx, one.id, 1, '0.0079', '2026-11-20', sid);
  await addEntry(ctx, one.id, 1, '-0.0001', '2026-11-22', sid, 2);
  await addEntry(ctx, two.id, 7, '0.0083', '2026-11-21');
  expect((await usageHistory(ctx, {})).data.map((entry) => [entry.amount, entry.version, entry.deliveryId])).toEqual([
    ['-0.000100', 2, `${one.id}-1`], ['0.008300', 1, `${two.id}-7`], ['0.007900', 1, `${one.id}-1`],
  ]);
  expect(await usageHistory(ctx, { broadcastId: one.id, p: 2, ps: 1 })).toMatchObject({ total: 2, hasNext: false, data: [{ amount: '0.007900', providerMessageId: sid }] });
  await expect(addEntry(ctx, one.id, 1, '0.0079', '2026-11-23', sid)).rejects.toThrow();
});

test('another organisation has its own ledger and its own days', async () => {
  const [mine, other] = [await organization(), await organization()];
  const { id } = await createBroadcast(db, mine.organizationId);
  await handOver(mine, id, 1, '2026-11-21T00:00:00Z', { price: '1', unit: 'USD' });
  await addEntry(mine, id, 1, '1', '2026-11-21');
  expect((await usageStatistics(mine, {})).totals.handed).toBe(1);
  expect((await usageStatistics(other, {})).totals).toMatchObject({ handed: 0, settled: [] });
  expect((await usageHistory(other, {})).total).toBe(0);
  expect((await usageHistory(other, { broadcastId: id })).data).toEqual([]);
});
