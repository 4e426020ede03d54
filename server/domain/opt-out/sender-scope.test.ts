import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { acceptAgreement, addMember, createBroadcast, createContact, createList, createOrganization, createSender, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { broadcastLists } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { readWaterfall } from '#server/domain/audience/waterfall.ts';
import { claimSlice } from '#server/domain/broadcast/claim.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';
import { addConsent } from '#server/domain/person/add-consent.ts';

const { db } = await testDatabase();

/** Two senders, and a broadcast of the first to so many people, on its way. */
async function sending(count: number) {
  const { id: organizationId, owner } = await createOrganization(db);
  await acceptAgreement(db, organizationId, owner.id, '1');
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const [ours, other] = [await createSender(db, organizationId, { address: phoneNumber() }), await createSender(db, organizationId, { address: phoneNumber() })];
  const broadcast = await createBroadcast(db, organizationId, { content: 'Hi', status: 'sending', senderId: ours.id, paceId: ours.paceId, total: count, lastSeq: count });
  const phones: string[] = [];
  for (let i = 0; i < count; i++) {
    const contact = await createContact(db, organizationId);
    phones.push(contact.phone!);
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient) values (${organizationId}, ${broadcast.id}, ${i + 1}, ${contact.id}, ${contact.phone})`));
  }
  const claim = async () => (await claimSlice(ctx, { paceId: ours.paceId!, workerId: 'w', accountSid: twilioSid('AC'), messagingServiceSid: null, capacity: 100, averageSegments: 1, lease: 30, headStart: 0, lateness: 0 })).messages.map(({ recipient }) => recipient);
  const skipped = () => inSystem(db, (tx) => rows<{ recipient: string; reason: string }>(tx, sql`select recipient, reason from broadcast_delivery where broadcast_id = ${broadcast.id} and status = 'skipped'`));
  const leave = (phone: string, sender: string) => ctx.transaction((tx) => recordOptOuts(tx, ctx, [phone], { source: 'staff', scope: 'sender', sender }));
  return { ctx, ours, other, phones, claim, skipped, leave };
}

test('P41: who left this one number between queue and dispatch is skipped with the reason; who left another one is not', async () => {
  const { ours, other, phones: [ann, bob], claim, skipped, leave } = await sending(2);
  await leave(ann!, ours.address);
  await leave(bob!, other.address);
  const handed: string[] = [];
  await expect.poll(async () => { handed.push(...await claim()); return handed; }).toEqual([bob]);
  expect(await skipped()).toEqual([{ recipient: ann, reason: 'opted_out' }]);
});

test('an opt-out from one number that is being written waits for no one, and no message is handed over after it', async () => {
  const { ctx, ours, phones: [ann], claim, skipped } = await sending(1);
  let claimed: Promise<string[]> | undefined;
  await ctx.transaction(async (tx) => {
    await recordOptOuts(tx, ctx, [ann!], { source: 'staff', scope: 'sender', sender: ours.address });
    claimed = claim();
    // It asks for the row of the contact, which this transaction holds.
    await expect.poll(async () => (await inSystem(db, (other) => rows(other, sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))).length).toBeGreaterThan(0);
  });
  expect(await claimed).toEqual([]);
  expect(await skipped()).toEqual([{ recipient: ann, reason: 'opted_out' }]);
});

test('P41: a number that was kept out before its contact came to be is skipped, though the contact does not know of it', async () => {
  const { ctx, phones: [ann], claim, skipped } = await sending(1);
  // What two transactions in the same moment leave behind.
  await inSystem(db, (tx) => tx.execute(sql`insert into kept_opt_out (organization_id, phone, opted_out_at) values (${ctx.organizationId}, ${ann}, now())`));
  expect(await claim()).toEqual([]);
  expect(await skipped()).toEqual([{ recipient: ann, reason: 'opted_out' }]);
});

test('P41: who left under the other form of their number is skipped too, whoever recorded it, until a new consent of either', async () => {
  const { ctx, phones: [first], claim, skipped } = await sending(2);
  const [there, here] = ['+5215512345678', '+525512345678'];
  await inSystem(db, (tx) => tx.execute(sql`update contact set phone = ${here} where organization_id = ${ctx.organizationId} and phone = ${first!}`));
  await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set recipient = ${here} where organization_id = ${ctx.organizationId} and recipient = ${first!}`));
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [there], { source: 'staff' }));
  await claim();
  expect(await skipped()).toEqual([{ recipient: here, reason: 'opted_out' }]);
  const [contact] = await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${ctx.organizationId} and phone = ${here}`));
  await addConsent(ctx, { id: contact!.id, consentSource: 'signed up in the shop' });
  expect(await ctx.transaction((tx) => optedOutAmong(tx, ctx, [there, here]))).toEqual(new Set());
});

test('the audience of a draft counts them with the opted out, until they come back', async () => {
  const { ctx, ours, other, phones: [ann], leave } = await sending(1);
  const list = await createList(db, ctx.organizationId);
  const [found] = await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${ctx.organizationId}`));
  await addMember(db, ctx.organizationId, list.id, found!.id);
  const linesOf = async (senderPhone: string) => {
    const draft = await createBroadcast(db, ctx.organizationId, { senderPhone });
    await inSystem(db, (tx) => tx.insert(broadcastLists).values({ organizationId: ctx.organizationId, broadcastId: draft.id, listId: list.id, position: 0 }));
    return (await readWaterfall(ctx, { broadcastId: draft.id })).map(({ key, count }) => `${key} ${count}`);
  };
  await leave(ann!, ours.address);
  expect(await linesOf(ours.address)).toEqual(['members 1', 'optedOut -1', 'recipients 0']);
  expect(await linesOf(other.address)).toEqual(['members 1', 'recipients 1']);
  await ctx.transaction((tx) => recordOptIns(tx, ctx, [ann!], { source: 'staff', scope: 'sender', sender: ours.address, evidence: {} }));
  expect(await linesOf(ours.address)).toEqual(['members 1', 'recipients 1']);
});
