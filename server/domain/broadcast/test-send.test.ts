import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createContact, createList } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { acceptAgreement } from '#server/domain/agreement/accept.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { settlePrices } from '#server/domain/ledger/settle.ts';
import { usageHistory } from '#server/domain/ledger/history.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';
import { updateOrganization } from '#server/domain/organization/update.ts';
import { listBroadcasts } from './list.ts';
import { draftTo, eventually, pipeline } from './pipeline.fixture.ts';
import { previewTest } from './preview-test.ts';
import { readBroadcast } from './read.ts';
import { testSend } from './test-send.ts';
import { updateBroadcast } from './update.ts';

const { db, simulator, organization } = await pipeline();
const posts = (accountSid: string) => simulator.state.journal.entries(accountSid, 0, 1_000);
const mine = '+12025557001';
const contactOf = async (ctx: Context, phone: string) => (await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${ctx.organizationId} and phone = ${phone}`)))[0]!.id;
const finished = (ctx: Context, id: string) => eventually(async () => { const b = await readBroadcast(ctx, { id }); return b.status === 'sent' && b.counts.queued + b.counts.sending + b.counts.sent === 0 && b; }, 'the test');

test('P1: a test goes through the pipeline to the typed numbers with the values of the chosen contact, counted with its prefix', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, ['+12025557101', '+12025557102'], '{{firstName}}, hello');
  const contactId = await contactOf(ctx, '+12025557102');
  expect(await previewTest(ctx, { id: draft.id, numbers: [mine, '202 555 7002'], contactId, prefix: true })).toMatchObject({ contactName: 'P1', text: '[Test] P1, hello', segments: 1, estimate: '0.016600', problems: [] });
  const sent = await testSend(ctx, { id: draft.id, numbers: [mine, '202 555 7002', mine], contactId, prefix: true });
  expect(sent).toMatchObject({ text: '[Test] P1, hello', segments: 1, estimate: '0.016600', currency: 'USD' });
  expect((await finished(ctx, sent.testId)).counts.delivered).toBe(2);
  expect(posts(account.accountSid).map(({ to, body }) => `${to} ${body}`).toSorted()).toEqual([`${mine} [Test] P1, hello`, '+12025557002 [Test] P1, hello']);
  expect((await listDeliveries(ctx, { id: sent.testId })).data.map(({ recipient, contactId: of }) => [recipient, of])).toEqual([[mine, contactId], ['+12025557002', contactId]]);
  expect(await readBroadcast(ctx, draft)).toMatchObject({ status: 'draft', content: '{{firstName}}, hello' });
});

test('without a contact the first of the audience fills the text, with the data of the lists', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, [], 'Parcel {{order.number}} for {{firstName}}');
  const list = await createList(db, ctx.organizationId, { slug: 'orders' });
  const { id } = await createContact(db, ctx.organizationId, { firstName: 'Ada' });
  await addMember(db, ctx.organizationId, list.id, id, { order: { number: 'Z9' } });
  await updateBroadcast(ctx, { id: draft.id, selectedLists: ['orders'] });
  const { testId, text } = await testSend(ctx, { id: draft.id, numbers: [mine] });
  expect(text).toBe('Parcel Z9 for Ada');
  await finished(ctx, testId);
  expect((await inSystem(db, (tx) => rows<{ body: string }>(tx, sql`select body from attempt where broadcast_id = ${testId}`)))[0]!.body).toBe(text);
});

test('a test is in no list and no cap, and does cost: the ledger has it', async () => {
  const { ctx } = await organization();
  await updateOrganization(ctx, { frequencyCapHours: 24, quietFrom: '00:00', quietTo: '23:59' });
  const draft = await draftTo(ctx, ['+12025557201']);
  const { testId } = await testSend(ctx, { id: draft.id, numbers: ['+12025557201'] });
  await finished(ctx, testId);
  expect((await listBroadcasts(ctx, {})).data.map(({ id }) => id)).toEqual([draft.id]);
  const [reach] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from contact_reach where organization_id = ${ctx.organizationId}`));
  expect(reach!.n).toBe(0);
  simulator.state.clock.advance(120);
  await eventually(async () => { await settlePrices(ctx); return (await usageHistory(ctx, { broadcastId: testId })).total === 1; }, 'its price');
  // Not counted as traffic, but spent.
  const { totals, days } = await usageStatistics(ctx, {});
  expect(totals).toMatchObject({ handed: 0, delivered: 0, unpricedMessages: 0, settled: [{ currency: 'USD' }] });
  expect(days.at(-1)).toMatchObject({ handed: 0, segments: 0, currency: 'USD' });
  expect(Number(days.at(-1)!.settled)).toBeGreaterThan(0);
});

test('P27: without the agreement a test is 402 as every send, and after it goes out', async () => {
  const { ctx, account } = await organization({ agreed: false });
  const draft = await draftTo(ctx, ['+12025557301']);
  await expect(testSend(ctx, { id: draft.id, numbers: [mine] })).rejects.toMatchObject({ code: 'agreement_required', status: 402 });
  expect(posts(account.accountSid)).toEqual([]);
  await acceptAgreement(ctx, { service: 'bulk-sms' });
  expect(await testSend(ctx, { id: draft.id, numbers: [mine] })).toMatchObject({ segments: 1 });
});

test('P41: a number that opted out gets no test, also when its contact is gone or STOP comes before it leaves', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, ['+12025557401', '+12025557402']);
  await updateContact(ctx, { id: await contactOf(ctx, '+12025557401'), optedOut: true });
  await inSystem(db, (tx) => tx.execute(sql`insert into kept_opt_out (organization_id, phone, opted_out_at) values (${ctx.organizationId}, '+12025557403', now())`));
  for (const number of ['+12025557401', '+12025557403']) {
    await expect(testSend(ctx, { id: draft.id, numbers: [mine, number] })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'numbers', code: 'opted_out', message: expect.stringContaining(number) }] });
  }
  // The sender is halted for two seconds: the test waits, and meanwhile its number texts STOP.
  const { id: other } = await createContact(db, ctx.organizationId, { phone: '+12025557404' });
  await inSystem(db, (tx) => tx.execute(sql`update pace set halted_until = clock_timestamp() + interval '2 seconds' where organization_id = ${ctx.organizationId}`));
  const { testId } = await testSend(ctx, { id: draft.id, numbers: ['+12025557404'] });
  await updateContact(ctx, { id: other, optedOut: true });
  await eventually(async () => (await readBroadcast(ctx, { id: testId })).counts.skipped === 1, 'the skip');
  expect(posts(account.accountSid)).toEqual([]);
});

test('what stands against a test is said for each number and contact, before it is sent', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+12025557501'], '{{firstName}} {{city}}');
  await updateBroadcast(ctx, { id: draft.id, missingValues: { city: { policy: 'skip' } } });
  const { problems } = await previewTest(ctx, { id: draft.id, numbers: ['12', ''] });
  expect(problems.map(({ field }) => field)).toEqual(['contactId', 'numbers']);
  await expect(testSend(ctx, { id: draft.id, numbers: [mine] })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'contactId', code: 'missing_variable' }] });
  await expect(testSend(ctx, { id: draft.id, numbers: Array.from({ length: 6 }, (_, i) => `+1202555750${i}`) })).rejects.toThrow();
});

test('a test of a broadcast above the threshold needs no second person', async () => {
  const { ctx } = await organization();
  await updateOrganization(ctx, { approvalRecipients: 1 });
  const draft = await draftTo(ctx, ['+12025557601', '+12025557602', '+12025557603']);
  await finished(ctx, (await testSend(ctx, { id: draft.id, numbers: [mine] })).testId);
});
