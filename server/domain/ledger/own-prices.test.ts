import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { acceptAgreement, addMember, createBroadcast, createContact, createList, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { claimSlice } from '#server/domain/broadcast/claim.ts';
import { previewBroadcast } from '#server/domain/broadcast/preview.ts';
import { readPrices } from './own-prices.ts';

const { db } = await testDatabase();

async function organization(values: Parameters<typeof createOrganization>[1] = {}): Promise<Context> {
  const { id } = await createOrganization(db, values);
  return { ...createContext(db, id, { kind: 'system', task: 'test' }), now: () => new Date('2026-11-22T10:00:00Z') };
}

type Charges = { segments: number; each: string; day?: string; country?: string; currency?: string; channel?: 'sms' | 'whatsapp'; version?: number };

/** Charges of one message after the other, each of one segment. */
async function charge(ctx: Context, { segments, each, day = '2026-11-20', country = 'US', currency = 'USD', channel = 'sms', version = 1 }: Charges) {
  const { id } = await createBroadcast(db, ctx.organizationId);
  const entries = Array.from({ length: segments }, (_, i) => ({ sid: twilioSid('SM'), seq: i + 1 }));
  await inSystem(db, (tx) => tx.execute(sql`
    insert into ledger_entry (organization_id, sid, version, broadcast_id, seq, channel, amount, currency, segments, country, sender, day)
    select ${ctx.organizationId}, e.sid, ${version}, ${id}, e.seq, ${channel}::channel, ${each}::numeric, ${currency}, 1, ${country}, '+14155551234', ${day}::date from json_to_recordset(${JSON.stringify(entries)}::json) as e(sid text, seq int)`));
}

const priceOf = (ctx: Context, phone: string) => ctx.transaction(async (tx) => (await readPrices(tx, ctx, 'sms'))(phone, { method: 'sms', isWindowOpen: false }));
const us = '+12025550101';
const listed = { low: '0.007470', likely: '0.0083', high: '0.013300', isOwn: false };

async function previewTo(ctx: Context, phones: string[], budget: string | null = null) {
  const list = await createList(db, ctx.organizationId);
  for (const phone of phones) await addMember(db, ctx.organizationId, list.id, (await createContact(db, ctx.organizationId, { phone })).id);
  const broadcast = await createBroadcast(db, ctx.organizationId, { content: 'Hello', budget });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list values (${ctx.organizationId}, ${broadcast.id}, ${list.id}, 0)`));
  return previewBroadcast(ctx, { id: broadcast.id });
}

test('P85: from 20 settled segments on a country has the average of what was charged; the range are its cheapest and dearest day', async () => {
  const ctx = await organization();
  await charge(ctx, { segments: 19, each: '0.0100' });
  expect(await priceOf(ctx, us)).toEqual(listed);
  await charge(ctx, { segments: 21, each: '0.0120', day: '2026-11-21' });
  await charge(ctx, { segments: 20, each: '0.0080', day: '2026-11-22' });
  // (19 × 0.0100 + 21 × 0.0120 + 20 × 0.0080) / 60; the day of 19 segments says nothing about the range.
  expect(await priceOf(ctx, us)).toEqual({ low: '0.008000', likely: '0.010033', high: '0.012000', isOwn: true });
});

test('P85: a price of one day is still a range, of 5 % either way', async () => {
  const ctx = await organization();
  await charge(ctx, { segments: 20, each: '0.0100' });
  expect(await priceOf(ctx, us)).toEqual({ low: '0.009500', likely: '0.010000', high: '0.010500', isOwn: true });
});

test('P85: older charges, other countries, channels, currencies and organisations say nothing; a correction changes the amount, not the segments', async () => {
  const [ctx, other] = [await organization(), await organization()];
  await charge(ctx, { segments: 30, each: '0.0500', day: '2026-10-23' });
  await charge(ctx, { segments: 30, each: '0.0500', country: 'CA' });
  await charge(ctx, { segments: 30, each: '0.0500', channel: 'whatsapp' });
  await charge(ctx, { segments: 30, each: '0.0500', currency: 'EUR' });
  await charge(other, { segments: 30, each: '0.0500' });
  expect(await priceOf(ctx, us)).toEqual(listed);
  await charge(ctx, { segments: 30, each: '0.0100', day: '2026-10-24' });
  await charge(ctx, { segments: 30, each: '-0.0010', day: '2026-10-24', version: 2 });
  expect(await priceOf(ctx, us)).toMatchObject({ likely: '0.009000', isOwn: true });
});

test('P85: the review names the source, and its countries add up to the whole', async () => {
  const ctx = await organization();
  expect((await previewTo(ctx, ['+12025550110'])).estimate.source).toBe('list prices of July 2026, without carrier fees');
  await charge(ctx, { segments: 20, each: '0.0200' });
  const own = await previewTo(ctx, ['+12025550111', '+12025550112']);
  expect(own.estimate).toMatchObject({ amount: '0.040000', low: '0.038000', high: '0.042000', source: 'your own prices of the last 30 days' });
  expect(own.estimate.reasons).toHaveLength(1);
  const mixed = await previewTo(ctx, ['+12025550113', '+442079460958']);
  expect(mixed.estimate).toMatchObject({ amount: '0.066300', source: 'your own prices of the last 30 days in United States; elsewhere list prices of July 2026, without carrier fees' });
  expect(mixed.estimate.byCountry.map(({ country, isOwnPrice, amount }) => [country, isOwnPrice, amount])).toEqual([['GB', false, '0.046300'], ['US', true, '0.020000']]);
});

test('P85: budgets are checked against the same prices', async () => {
  const ctx = await organization({ monthlyBudget: '5' });
  await charge(ctx, { segments: 20, each: '6.0000' });
  const { checks } = await previewTo(ctx, ['+12025550120'], '5.00');
  expect(checks.find(({ name }) => name === 'Budget')).toMatchObject({ status: 'block', code: 'budget_reached', detail: expect.stringContaining('about 6.00 USD') });
  expect(checks.find(({ name }) => name === 'Budget of this broadcast')).toMatchObject({ status: 'warn', code: 'budget_below_cost' });
});

test('P84: what the dispatcher reserves for a message is what the review said: the organisation’s own price where it has one, else the list', async () => {
  const ctx = await organization();
  const { organizationId } = ctx;
  await charge(ctx, { segments: 40, each: '0.0051' });
  const [owner] = await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select user_id as id from membership where organization_id = ${organizationId}`));
  await acceptAgreement(db, organizationId, owner!.id, '1');
  const sender = await createSender(db, organizationId);
  const broadcast = await createBroadcast(db, organizationId, { content: 'x'.repeat(200), status: 'sending', senderId: sender.id, paceId: sender.paceId, total: 2, lastSeq: 2 });
  for (const [i, phone] of [us, '+4915112345601'].entries()) {
    const contact = await createContact(db, organizationId, { phone });
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient) values (${organizationId}, ${broadcast.id}, ${i + 1}, ${contact.id}, ${phone})`));
  }
  await claimSlice(ctx, { paceId: sender.paceId!, workerId: 'w', accountSid: twilioSid('AC'), messagingServiceSid: 'MG1', capacity: 10, averageSegments: 1, lease: 30, headStart: 0, lateness: 0 });
  const reserved = await inSystem(db, (tx) => rows<{ recipient: string; estimate: string }>(tx, sql`select recipient, trim_scale(estimate)::text as estimate from attempt where organization_id = ${organizationId} order by recipient`));
  const list = await priceOf(ctx, '+4915112345601');
  expect(list.isOwn).toBe(false);
  expect(reserved.map(({ recipient, estimate }) => [recipient, Number(estimate)])).toEqual([[us, 0.0102], ['+4915112345601', Number(list.likely) * 2]]);
});
