import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Actor, type Context } from '#server/context.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { undoImport } from '#server/domain/contact-import/undo.ts';
import { createContact } from '#server/domain/contact/create.ts';
import { deleteContact } from '#server/domain/contact/delete.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { recordInbound } from '#server/domain/conversation/record-inbound.ts';
import { recordRefusals } from '#server/domain/opt-out/record-refusals.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';

const { db } = await testDatabase();
const OURS = ['+14155550190', '+14155550191'];
const phones = ['+12025550141', '+12025550142', '+12025550143'];

async function organization() {
  const { id, owner } = await createOrganization(db);
  for (const address of OURS) await createSender(db, id, { address });
  const as = (more: Partial<Extract<Actor, { kind: 'user' }>> = {}) => createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null, ...more });
  return { ctx: as(), api: as({ via: 'api' }), imports: [] as string[] };
}
type World = Awaited<ReturnType<typeof organization>>;
const idOf = async ({ organizationId }: Context, phone: string) => (await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${organizationId} and phone = ${phone}`)))[0]?.id;
const write = ({ organizationId }: Context, from: string, to: string, body: string, optOutType: 'STOP' | 'START' | null = null) => recordInbound(createContext(db, organizationId, { kind: 'system', task: 'inbound' }), { sid: twilioSid('SM'), from, to, body, media: [], optOutType, profileName: null, waUserId: null, extra: {} });

/** Every way in which somebody leaves or comes back, and what moves contacts and numbers about. `p`, `q`: which people. */
const ways: Record<string, (world: World, p: string, q: string) => Promise<unknown>> = {
  STOP: ({ ctx }, p) => write(ctx, p, OURS[0]!, ' stop '),
  START: ({ ctx }, p) => write(ctx, p, OURS[0]!, 'Unstop'),
  startToTheOther: ({ ctx }, p) => write(ctx, p, OURS[1]!, 'START'),
  ownWord: ({ ctx }, p) => write(ctx, p, OURS[0]!, 'basta', 'STOP'),
  refused: ({ ctx }, p) => ctx.transaction((tx) => recordRefusals(tx, ctx, [{ recipient: p, broadcastId: ctx.organizationId, seq: 1 }])),
  create: ({ ctx }, p) => createContact(ctx, { phone: p }).catch(() => null),
  staffOut: async ({ ctx }, p) => { const id = await idOf(ctx, p); if (id) await updateContact(ctx, { id, optedOut: true }); },
  apiIn: async ({ ctx, api }, p) => { const id = await idOf(ctx, p); if (id) await updateContact(api, { id, optedOut: false, consentSource: 'a card' }); },
  move: async ({ ctx }, p, q) => { const id = await idOf(ctx, p); if (id) await updateContact(ctx, { id, phone: q }).catch(() => null); },
  withoutNumber: async ({ ctx }, p) => { const id = await idOf(ctx, p); if (id) await updateContact(ctx, { id, phone: '', email: 'a@example.com' }); },
  numberAgain: async ({ ctx }, p) => { const [found] = await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${ctx.organizationId} and phone is null limit 1`)); if (found) await updateContact(ctx, { id: found.id, phone: p }).catch(() => null); },
  remove: async ({ ctx }, p) => { const id = await idOf(ctx, p); if (id) await deleteContact(ctx, { id }); },
  importIn: async ({ ctx, imports }, p, q) => { const { importId } = await importContacts(ctx, { csv: `phone,opted out\n${p},no\n${p === q ? '+12025550149' : q},yes\n` }); if (importId) imports.push(importId); },
  undo: async ({ ctx, imports }) => { const id = imports.pop(); if (id) await undoImport(ctx, { id }); },
  leaveSender: ({ ctx }, p) => ctx.transaction((tx) => recordOptOuts(tx, ctx, [p], { source: 'staff', scope: 'sender', sender: OURS[0]! })),
  backToSender: ({ ctx }, p) => ctx.transaction((tx) => recordOptIns(tx, ctx, [p], { source: 'staff', scope: 'sender', sender: OURS[0]!, evidence: {} })),
};

const lasts = ({ organizationId }: Context) => inSystem(db, (tx) => rows<{ phone: string; isOut: boolean; wasOut: boolean }>(tx, sql`
  select coalesce(now_out.phone, said.phone) as phone, now_out.phone is not null as "isOut", coalesce(said.kind = 'opt_out', false) as "wasOut" from
    (select phone from contact where organization_id = ${organizationId} and opted_out and phone is not null union select phone from kept_opt_out where organization_id = ${organizationId}) now_out
    full join (select distinct on (phone) phone, kind from consent_event where organization_id = ${organizationId} and scope = 'organization' order by phone, at desc) said on said.phone = now_out.phone`));
const lastsOfSenders = ({ organizationId }: Context) => inSystem(db, (tx) => rows<{ isOut: boolean; wasOut: boolean }>(tx, sql`
  select o.phone is not null as "isOut", coalesce(said.kind = 'opt_out', false) as "wasOut" from (select sender, phone from sender_opt_out where organization_id = ${organizationId}) o
  full join (select distinct on (sender, phone) sender, phone, kind from consent_event where organization_id = ${organizationId} and scope = 'sender' order by sender, phone, at desc) said on said.phone = o.phone and said.sender = o.sender`));
const both = ({ organizationId }: Context) => inSystem(db, (tx) => rows(tx, sql`select 1 from contact c join kept_opt_out k on k.organization_id = c.organization_id and k.phone = c.phone where c.organization_id = ${organizationId}`));

test('P38, P39: who is out is always what the ledger said last of their number, whatever happened in which order', async () => {
  const step = fc.record({ way: fc.constantFrom(...Object.keys(ways)), p: fc.constantFrom(...phones), q: fc.constantFrom(...phones) });
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (history) => {
    const world = await organization();
    for (const { way, p, q } of history) {
      await ways[way]!(world, p, q);
      for (const { isOut, wasOut } of [...await lasts(world.ctx), ...await lastsOfSenders(world.ctx)]) expect(isOut).toBe(wasOut);
      expect(await both(world.ctx)).toEqual([]);
    }
  }), { numRuns: 30 });
});

const eventsOf = ({ organizationId }: Context) => inSystem(db, (tx) => rows(tx, sql`
  select kind, source, scope, sender, evidence, push, actor_id is not null as "byUs", contact_id is not null as "isContact" from consent_event where organization_id = ${organizationId} order by at`));

test('every entry says what it was, where it came in, what proves it and who did it; Twilio is to be told of what it cannot know', async () => {
  const { ctx, api } = await organization();
  const { id } = await createContact(ctx, { phone: phones[0]! });
  await updateContact(api, { id, optedOut: true });
  await write(ctx, phones[0]!, OURS[0]!, 'STOP');
  await write(ctx, phones[0]!, OURS[0]!, 'START');
  await importContacts(ctx, { csv: `phone,opted out\n${phones[0]},yes\n`, fileName: 'gone.csv' });
  await updateContact(ctx, { id, optedOut: false, consentSource: 'a card, 3 May' });
  expect(await eventsOf(ctx)).toMatchObject([
    { kind: 'opt_out', source: 'api', scope: 'organization', sender: null, push: 'due', byUs: true, isContact: true },
    { kind: 'opt_out', source: 'keyword', sender: OURS[0], evidence: { word: 'STOP', messageSid: expect.stringMatching(/^SM/) }, push: 'not_needed', byUs: false },
    { kind: 'opt_in', source: 'keyword', sender: OURS[0], evidence: { word: 'START' }, push: 'not_needed' },
    { kind: 'opt_out', source: 'import', evidence: { fileName: 'gone.csv', row: 2 }, push: 'due', byUs: true, isContact: true },
    { kind: 'opt_in', source: 'staff', evidence: { consentText: 'a card, 3 May' }, push: 'due', byUs: true },
  ]);
});

test('D10: a number that nobody has is kept with its opt-out, and START from it ends it', async () => {
  const { ctx } = await organization();
  await write(ctx, phones[0]!, OURS[0]!, 'STOP');
  expect(await createContact(ctx, { phone: phones[0]! })).toMatchObject({ optedOut: true, optedOutSource: 'keyword' });
  await deleteContact(ctx, { id: (await idOf(ctx, phones[0]!))! });
  await write(ctx, phones[0]!, OURS[0]!, 'START');
  expect(await createContact(ctx, { phone: phones[0]! })).toMatchObject({ optedOut: false });
  expect(await eventsOf(ctx)).toMatchObject([{ kind: 'opt_out', isContact: false }, { kind: 'opt_in', isContact: false }]);
});

test('START to one number lifts the opt-out from the organisation and that from this number, not the one from another', async () => {
  const { ctx } = await organization();
  await createContact(ctx, { phone: phones[0]! });
  for (const sender of OURS) await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phones[0]!], { source: 'staff', scope: 'sender', sender }));
  await write(ctx, phones[0]!, OURS[0]!, 'STOP');
  await write(ctx, phones[0]!, OURS[1]!, 'START');
  expect(await inSystem(db, (tx) => rows(tx, sql`select c.opted_out, s.sender from contact c join sender_opt_out s on s.organization_id = c.organization_id and s.phone = c.phone where c.organization_id = ${ctx.organizationId}`)))
    .toEqual([{ opted_out: false, sender: OURS[0] }]);
});

test('P36: nothing confirms what Twilio confirms: after STOP and START not a message of ours is on its way', async () => {
  const { ctx } = await organization();
  await createContact(ctx, { phone: phones[0]! });
  for (const word of ['STOP', 'START', 'Unsubscribe']) await write(ctx, phones[0]!, OURS[0]!, word, 'STOP');
  expect(await inSystem(db, (tx) => rows(tx, sql`
    select (select count(*)::int from broadcast where organization_id = ${ctx.organizationId}) as broadcasts, (select count(*)::int from broadcast_delivery where organization_id = ${ctx.organizationId}) as deliveries,
      (select count(*)::int from chat_message where organization_id = ${ctx.organizationId} and direction = 'outbound') as answers`))).toEqual([{ broadcasts: 0, deliveries: 0, answers: 0 }]);
});
