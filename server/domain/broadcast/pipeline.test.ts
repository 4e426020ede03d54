import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { acceptAgreement } from '#server/domain/agreement/accept.ts';
import { recountBroadcast } from '#server/domain/delivery/recount.ts';
import { settlePrices } from '#server/domain/ledger/settle.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { cancelBroadcast } from './cancel.ts';
import { pauseBroadcast } from './pause.ts';
import { draftTo, eventually, pipeline, still } from './pipeline.fixture.ts';
import { readBroadcast } from './read.ts';
import { resumeBroadcast } from './resume.ts';
import { sendBroadcast } from './send.ts';

const { db, simulator, organization } = await pipeline();
const numbers = (count: number, from = 4100) => Array.from({ length: count }, (_, i) => `+1202555${from + i}`);
/** More than a slow sender (12 a second) gets through while a busy machine reacts. */
const PEOPLE = 240;
const jobsOf = (ctx: Context) => inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id where p.payload->>'organizationId' = ${ctx.organizationId}`));
const posts = (accountSid: string) => simulator.state.journal.entries(accountSid, 0, 100_000);

test('P13, P22, P34, P35: a broadcast goes from draft to delivered, each person exactly once, with the exact text', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, numbers(60));
  expect(await sendBroadcast(ctx, { id: draft.id })).toMatchObject({ status: 'sending', total: 60 });
  const sent = await eventually(async () => { const b = await readBroadcast(ctx, draft); return b.status === 'sent' && b.counts.queued + b.counts.sending + b.counts.sent === 0 && b; }, 'all receipts');
  expect(Object.values(sent.counts).reduce((a, b) => a + b)).toBe(60);
  const arrived = posts(account.accountSid);
  expect(arrived.map(({ to }) => to).toSorted()).toEqual(numbers(60));
  expect(arrived.find(({ to }) => to === '+12025554100')).toMatchObject({ body: 'P0, 20% off this weekend with code MAR20: https://acme.app/m', messagingServiceSid: account.messagingServiceSid });
  expect((await recountBroadcast(ctx, draft)).counts).toEqual(sent.counts);
});

test('P27-P30: without an accepted agreement the send is 402, nothing is dispatched and the draft stays; after it the same send goes on', async () => {
  const { ctx, account } = await organization({ agreed: false });
  const draft = await draftTo(ctx, numbers(2));
  await expect(sendBroadcast(ctx, { id: draft.id, idempotencyKey: 'k1' })).rejects.toMatchObject({ code: 'agreement_required', status: 402, data: { service: 'bulk-sms' } });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ status: 'draft', total: 0 });
  expect((await listDeliveries(ctx, { id: draft.id })).total).toBe(0);
  expect((await jobsOf(ctx))[0]!.n).toBe(0);
  expect(posts(account.accountSid)).toEqual([]);
  await acceptAgreement(ctx, { service: 'bulk-sms' });
  expect(await sendBroadcast(ctx, { id: draft.id, idempotencyKey: 'k1' })).toMatchObject({ status: 'sending', total: 2 });
});

test('D8: a second send is 409; the same Idempotency-Key gives the same answer and sends nothing more', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, numbers(3));
  const first = await sendBroadcast(ctx, { id: draft.id, idempotencyKey: 'same' });
  expect(await sendBroadcast(ctx, { id: draft.id, idempotencyKey: 'same' })).toEqual(first);
  await expect(sendBroadcast(ctx, { id: draft.id })).rejects.toMatchObject({ code: 'invalid_state', status: 409 });
  const other = await draftTo(ctx, numbers(1, 4500));
  await expect(sendBroadcast(ctx, { id: other.id, idempotencyKey: 'same' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  await eventually(async () => (await readBroadcast(ctx, draft)).status === 'sent', 'the send');
  expect(posts(account.accountSid)).toHaveLength(3);
});

test('P41: an opted-out contact is skipped with a visible reason, also when the opt-out comes between queueing and dispatch', async () => {
  const { ctx, account } = await organization({ brandType: 'SOLE_PROPRIETOR' });
  const draft = await draftTo(ctx, numbers(8));
  const [before, after] = await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${ctx.organizationId} and phone in ('+12025554100', '+12025554107') order by phone`));
  await updateContact(ctx, { id: before!.id, optedOut: true });
  await sendBroadcast(ctx, { id: draft.id });
  await updateContact(ctx, { id: after!.id, optedOut: true });
  await eventually(async () => (await readBroadcast(ctx, draft)).status === 'sent', 'the send');
  const skipped = await listDeliveries(ctx, { id: draft.id, status: 'skipped' });
  expect(skipped.data.map(({ recipient, errorReason }) => `${recipient} ${errorReason}`)).toContainEqual(expect.stringMatching(/^\+12025554100 /));
  const sentTo = posts(account.accountSid).map(({ to }) => to);
  expect(sentTo).not.toContain('+12025554100');
  expect(sentTo.length + skipped.total).toBe(8);
});

test('P82-P85: prices come later from the Message, each once in the ledger, and the cost is the sum of the rows', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, numbers(20));
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => { const b = await readBroadcast(ctx, draft); return b.status === 'sent' && b.counts.sending + b.counts.sent === 0; }, 'all receipts');
  simulator.state.clock.advance(60);
  const truth = () => [...simulator.state.messages.all()].filter((message) => message.accountSid === account.accountSid);
  await eventually(async () => truth().every(({ price }) => price !== null), 'prices at Twilio');
  await settlePrices(ctx);
  await settlePrices(ctx);
  const priced = await readBroadcast(ctx, draft);
  const sum = truth().reduce((total, { price }) => total + Math.round(Number(price) * -1e6), 0);
  expect(priced.cost).toEqual([{ currency: 'USD', settled: (sum / 1e6).toFixed(6), pricedMessages: 20 }]);
  const [ledger] = await inSystem(db, (tx) => rows<{ n: number; amount: string }>(tx, sql`select count(*)::int as n, sum(amount)::text as amount from ledger_entry where organization_id = ${ctx.organizationId}`));
  expect(ledger).toEqual({ n: 20, amount: (sum / 1e6).toFixed(6) });
});

test('pause stops the handing over, resume goes on, cancel leaves the rest cancelled; the counts always add up', async () => {
  const { ctx, account } = await organization({ brandType: 'STANDARD', brandScore: 10 });
  const draft = await draftTo(ctx, numbers(PEOPLE));
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => posts(account.accountSid).length >= 4, 'the first messages');
  await pauseBroadcast(ctx, draft);
  const atPause = await still(() => posts(account.accountSid).length);
  await new Promise((resolve) => { setTimeout(resolve, 800); });
  expect(posts(account.accountSid).length).toBe(atPause);
  expect(atPause).toBeLessThan(PEOPLE / 2);
  await resumeBroadcast(ctx, draft);
  await eventually(async () => posts(account.accountSid).length > atPause, 'going on');
  await cancelBroadcast(ctx, draft);
  const cancelled = await eventually(async () => { const b = await readBroadcast(ctx, draft); return b.counts.queued === 0 && b; }, 'nothing queued');
  expect(cancelled.status).toBe('cancelled');
  expect(Object.values(cancelled.counts).reduce((a, b) => a + b)).toBe(PEOPLE);
  await eventually(async () => posts(account.accountSid).length === PEOPLE - (await readBroadcast(ctx, draft)).counts.cancelled, 'agreement with Twilio');
});

test('P37: error 21610 fails the delivery and marks the contact as opted out', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+15005551610', '+12025554190']);
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => (await readBroadcast(ctx, draft)).counts.failed === 1, 'the failure');
  const [contact] = await inSystem(db, (tx) => rows<{ opted_out: boolean; source: string; n: number }>(tx, sql`select opted_out, opted_out_source as source, (select count(*)::int from activity a where a.contact_id = c.id) as n from contact c where organization_id = ${ctx.organizationId} and phone = '+15005551610'`));
  expect(contact).toEqual({ opted_out: true, source: 'provider', n: 1 });
});

test('P18: every POST names the messaging service; without one a broadcast under way is held with the reason', async () => {
  const { ctx, account } = await organization({ brandScore: 10 });
  const draft = await draftTo(ctx, numbers(PEOPLE));
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => posts(account.accountSid).length >= 3, 'the first messages');
  await pauseBroadcast(ctx, draft);
  await inSystem(db, (tx) => tx.execute(sql`update twilio_account set messaging_service_sid = null where organization_id = ${ctx.organizationId}`));
  await new Promise((resolve) => { setTimeout(resolve, 1_000); });
  await resumeBroadcast(ctx, draft);
  const held = await eventually(async () => { const b = await readBroadcast(ctx, draft); return b.status === 'paused' && b; }, 'the hold');
  expect(held.statusReason).toContain('Messaging Service');
  expect(new Set(posts(account.accountSid).map(({ messagingServiceSid }) => messagingServiceSid))).toEqual(new Set([account.messagingServiceSid]));
});
