import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { decideOptOut } from './decide-opt-out.ts';
import { recordInbound } from './record-inbound.ts';

const { db } = await testDatabase();

/** Somebody who wrote these words, and colleagues of every role. */
async function wrote(body: string) {
  const { id, owner } = await createOrganization(db);
  const sender = await createSender(db, id);
  const contact = await createContact(db, id);
  const as = (role: Role) => createContext(db, id, { kind: 'user', userId: owner.id, role, address: null });
  await recordInbound(createContext(db, id, { kind: 'system', task: 'inbound' }), { sid: twilioSid('SM'), from: contact.phone!, to: sender.address, body, media: [], optOutType: null });
  const [conversation] = await inSystem(db, (tx) => rows<{ id: string; asked: boolean }>(tx, sql`select id, suggested_opt_out_id is not null as asked from conversation where organization_id = ${id}`));
  const state = async () => (await inSystem(db, (tx) => rows<{ out: boolean; asked: boolean; evidence: unknown; events: string }>(tx, sql`
    select c.opted_out as out, w.suggested_opt_out_id is not null as asked, (select evidence from consent_event where organization_id = ${id}) as evidence,
      (select string_agg(extra->>'event', ' ') from chat_message where organization_id = ${id} and kind = 'event') as events from contact c, conversation w where c.organization_id = ${id} and w.organization_id = ${id}`)))[0]!;
  return { as, conversationId: conversation!.id, asked: conversation!.asked, state };
}

test('wording beyond the keywords is a question until a person decides; their words are the proof', async () => {
  const { as, conversationId, asked, state } = await wrote('Please take me off your list');
  expect(asked).toBe(true);
  expect(await state()).toMatchObject({ out: false, asked: true });
  await expect(decideOptOut(as('viewer'), { conversationId, isOptOut: true })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await decideOptOut(as('support'), { conversationId, isOptOut: true })).toMatchObject({ suggestedOptOut: null, contact: { optedOut: true } });
  expect(await state()).toMatchObject({ out: true, asked: false, events: 'opted_out', evidence: { conversationId, word: 'Please take me off your list', messageSid: expect.stringMatching(/^SM/) } });
});

test('that it was none only takes the question away; an opt-out said after it still counts', async () => {
  const { as, conversationId, state } = await wrote('stop texting me lol, see you at eight');
  await decideOptOut(as('support'), { conversationId, isOptOut: false });
  expect(await state()).toMatchObject({ out: false, asked: false, events: 'not_opt_out', evidence: null });
  await decideOptOut(as('support'), { conversationId, isOptOut: false });
  expect(await state()).toMatchObject({ events: 'not_opt_out' });
  await decideOptOut(as('support'), { conversationId, isOptOut: true });
  expect(await state()).toMatchObject({ out: true });
});

test('“can’t stop laughing” asks nothing', async () => {
  expect((await wrote("can't stop laughing")).asked).toBe(false);
});

test('P38: somebody who hides their number is put on the list by Meta’s id, which Twilio is not told; whoever has neither cannot be', async () => {
  const { as } = await wrote('Hello');
  const ctx = as('support');
  const { address: to } = await createSender(db, ctx.organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: 'whatsapp:+14155550123' });
  const conversationWith = async (from: string) => {
    await recordInbound(ctx, { sid: twilioSid('SM'), from, to, body: 'No more of this please', media: [], optOutType: null });
    return (await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from conversation where organization_id = ${ctx.organizationId} and recipient = ${from}`)))[0]!.id;
  };
  await decideOptOut(ctx, { conversationId: await conversationWith('whatsapp:US.4711aB'), isOptOut: true });
  expect(await inSystem(db, (tx) => rows(tx, sql`select phone, kind, source, push from consent_event where organization_id = ${ctx.organizationId}`))).toEqual([{ phone: 'US.4711aB', kind: 'opt_out', source: 'staff', push: 'not_needed' }]);
  expect(await ctx.transaction((tx) => optedOutAmong(tx, ctx, ['US.4711aB']))).toEqual(new Set(['US.4711aB']));
  await expect(conversationWith(`whatsapp:unknown.${twilioSid('SM')}`).then((conversationId) => decideOptOut(ctx, { conversationId, isOptOut: true }))).rejects.toMatchObject({ code: 'invalid_state' });
});
