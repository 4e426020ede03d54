import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { toMicros } from '#server/channels/decimal.ts';
import { createContext, type Context } from '#server/context.ts';
import { spendBreakdown } from '#server/domain/ledger/breakdown.ts';
import { forecastSpend } from '#server/domain/ledger/forecast.ts';
import { reconcileUsage } from '#server/domain/ledger/reconcile-usage.ts';

const { db } = await testDatabase();

async function organization(values: Parameters<typeof createOrganization>[1] = {}): Promise<Context> {
  const { id } = await createOrganization(db, values);
  return { ...createContext(db, id, { kind: 'system', task: 'test' }), now: () => new Date('2026-11-22T10:00:00Z') };
}

type Entry = { day: string; amount: string; country?: string; sender?: string; version?: number };

const charge = (ctx: Context, broadcastId: string, seq: number, { day, amount, country = 'US', sender = '+14155551234', version = 1 }: Entry) =>
  inSystem(db, (tx) => tx.execute(sql`insert into ledger_entry (organization_id, sid, version, broadcast_id, seq, channel, amount, currency, segments, country, sender, day)
    values (${ctx.organizationId}, ${twilioSid('SM')}, ${version}, ${broadcastId}, ${seq}, 'sms', ${amount}, 'USD', 2, ${country}, ${sender}, ${day})`));

const handOver = (ctx: Context, broadcastId: string, seq: number, handedAt: string, { price = null, estimate = '0.0100' }: { price?: string | null; estimate?: string } = {}) =>
  inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, provider_message_id, handed_at, segments, estimate, price, price_unit)
    values (${ctx.organizationId}, ${broadcastId}, ${seq}, ${phoneNumber()}, 'delivered', ${twilioSid('SM')}, ${handedAt}, 1, ${estimate}, ${price}, ${price && 'USD'})`));

const twilioCounted = (ctx: Context, day: string, messages: number, price: string) =>
  inSystem(db, (tx) => tx.execute(sql`insert into twilio_usage (organization_id, day, category, messages, price, currency, read_at)
    values (${ctx.organizationId}, ${day}, 'sms-outbound', ${messages}, ${price}, 'USD', '2026-11-22T09:00:00Z')`));

test('P84: however charges are grouped, the groups add up to the ledger of those days', async () => {
  const entry = fc.record({
    day: fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'), amount: fc.integer({ min: 1, max: 999_999 }).map((micros) => `0.${String(micros).padStart(6, '0')}`),
    country: fc.constantFrom('US', 'DE', ''), sender: fc.constantFrom('+14155551234', '+18005551234'),
  });
  await fc.assert(fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 12 }), async (entries) => {
    const ctx = await organization();
    const { id } = await createBroadcast(db, ctx.organizationId);
    for (const [i, one] of entries.entries()) await charge(ctx, id, i + 1, one);
    const inRange = entries.filter(({ day }) => day >= '2026-11-20' && day <= '2026-11-21');
    const micros = (amount: string) => BigInt(amount.replace('.', ''));
    const expected = inRange.reduce((sum, { amount }) => sum + micros(amount), 0n);
    const found = await spendBreakdown(ctx, { from: '2026-11-20', to: '2026-11-21' });
    for (const groups of [found.byCountry, found.bySender, found.byChannel]) {
      expect(groups.reduce((sum, { amount }) => sum + micros(amount), 0n)).toBe(expected);
      expect(groups.reduce((sum, { messages }) => sum + messages, 0)).toBe(inRange.length);
    }
  }), { numRuns: 15 });
});

test('P85: the broadcasts of a range stand with their cost and the price of a delivered message, the dearest first; answers and tests are named besides, so nothing is missing from the sum', async () => {
  const ctx = await organization();
  const begun = { status: 'sent' as const, startedAt: new Date('2026-11-20T10:00:00Z') };
  const [cheap, dear, probe] = [await createBroadcast(db, ctx.organizationId, { name: 'Cheap', ...begun }), await createBroadcast(db, ctx.organizationId, { name: 'Dear', ...begun }), await createBroadcast(db, ctx.organizationId, { purpose: 'test', ...begun })];
  await handOver(ctx, cheap.id, 1, '2026-11-20T10:00:00Z', { price: '0.0083' });
  await handOver(ctx, dear.id, 1, '2026-11-20T10:00:00Z', { price: '0.0995' });
  await handOver(ctx, dear.id, 2, '2026-11-20T10:00:00Z', { price: '0.0996' });
  await handOver(ctx, probe.id, 1, '2026-11-20T10:00:00Z', { price: '0.0083' });
  for (const [purpose, price] of [['reply', '0.01'], ['help', '0.0025']] as const) await handOver(ctx, (await createBroadcast(db, ctx.organizationId, { purpose, ...begun })).id, 1, '2026-11-20T10:00:00Z', { price });
  const { byBroadcast, besides } = await spendBreakdown(ctx, { from: '2026-11-20', to: '2026-11-20' });
  expect(byBroadcast.map(({ name, delivered, settled, perDelivered }) => [name, delivered, settled, perDelivered])).toEqual([['Dear', 2, '0.199100', '0.099550'], ['Cheap', 1, '0.008300', '0.008300']]);
  expect(besides.map(({ kind, handed, delivered, settled }) => [kind, handed, delivered, settled])).toEqual([['answers', 2, 2, '0.012500'], ['tests', 1, 1, '0.008300']]);
  expect([...byBroadcast, ...besides].reduce((sum, { settled }) => sum + toMicros(settled), 0n)).toBe(toMicros('0.2282'));
});

test('the forecast adds what is charged, expected and reserved, and for each day to come the mean of the last seven', async () => {
  const ctx = await organization({ monthlyBudget: '100' });
  const { id } = await createBroadcast(db, ctx.organizationId, { status: 'paused', total: 10, lastSeq: 10, claimedSeq: 4, estimate: '10' });
  await handOver(ctx, id, 1, '2026-11-02T10:00:00Z', { price: '3' });
  await handOver(ctx, id, 2, '2026-11-20T10:00:00Z', { price: '7' });
  await handOver(ctx, id, 3, '2026-11-22T09:00:00Z', { estimate: '0.5' });
  await handOver(ctx, id, 4, '2026-10-31T23:00:00Z', { price: '40' });
  // 10 charged, 0.5 expected, 6 of 10 recipients left of an estimate of 10, and 8 days at 7 / 7.
  expect(await forecastSpend(ctx)).toEqual({
    month: '2026-11', currency: 'USD', settled: '10.000000', unpriced: '0.500000', reserved: '6.000000', perDay: '1.000000', daysLeft: 8, total: '24.500000', budget: '100.00',
  });
});

test('each day’s difference from Twilio’s own record has its cause', async () => {
  const ctx = await organization();
  const { id } = await createBroadcast(db, ctx.organizationId);
  const days = ['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
  for (const [i, day] of days.entries()) await handOver(ctx, id, i + 1, `${day}T10:00:00Z`, { price: day === '2026-11-16' ? null : '0.0083' });
  await twilioCounted(ctx, '2026-11-15', 1, '0.0083');
  await twilioCounted(ctx, '2026-11-16', 1, '0.0083');
  await twilioCounted(ctx, '2026-11-17', 3, '0.0249');
  await twilioCounted(ctx, '2026-11-18', 0, '0');
  await twilioCounted(ctx, '2026-11-19', 1, '0.0084');
  const { readAt, days: found } = await reconcileUsage(ctx);
  expect(readAt).toBe('2026-11-22T09:00:00.000Z');
  expect(found.map(({ day, verdict, difference }) => [day, verdict, difference])).toEqual([
    ['2026-11-21', 'not_read', null], ['2026-11-20', 'missing_at_twilio', null], ['2026-11-19', 'price_differs', '0.000100'], ['2026-11-18', 'missing_at_twilio', '-0.008300'],
    ['2026-11-17', 'other_traffic', '0.016600'], ['2026-11-16', 'not_priced', '0.008300'], ['2026-11-15', 'equal', '0.000000'],
  ]);
});
