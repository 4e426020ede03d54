import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createContact as contactRow, createList, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { deliveries } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { createContact } from '#server/domain/contact/create.ts';
import { deleteContact } from '#server/domain/contact/delete.ts';
import { listActivities } from '#server/domain/contact/list-activities.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { readContact } from '#server/domain/contact/read.ts';
import { updateContact } from '#server/domain/contact/update.ts';

const { db } = await testDatabase();

async function office(role: Role = 'owner', values: Parameters<typeof createOrganization>[1] = {}) {
  const organization = await createOrganization(db, values);
  const as = (other: Role) => createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role: other, address: null });
  return { organization, as, ctx: as(role) };
}

test('P23: a contact is stored in E.164, whatever form the number was typed in', async () => {
  const { ctx } = await office();
  const contact = await createContact(ctx, { phone: '(202) 555-0123', email: 'ann@example.com', firstName: 'Ann', fields: { city: 'Bonn', vip: true }, timeZone: 'Europe/Berlin', consentSource: 'shop' });
  expect(contact).toMatchObject({ phone: '+12025550123', email: 'ann@example.com', firstName: 'Ann', lastName: null, fields: { city: 'Bonn', vip: true }, timeZone: 'Europe/Berlin', consentSource: 'shop', optedOut: false, lists: [] });
  expect(contact.consentAt).not.toBeNull();
  expect(await readContact(ctx, { id: contact.id })).toEqual(contact);
});

test('a number without a country code is one of the organisation\'s country', async () => {
  const { ctx } = await office('owner', { defaultCountry: 'DE' });
  expect((await createContact(ctx, { phone: '0171 2345678' })).phone).toBe('+491712345678');
});

test('a number that somebody has is refused, and the contact who has it is named', async () => {
  const { ctx } = await office();
  const ann = await createContact(ctx, { phone: '+12025550101', firstName: 'Ann', lastName: 'Lee' });
  const problem = { code: 'already_exists', data: { contactId: ann.id, name: 'Ann Lee' }, message: expect.stringContaining('Ann Lee') };
  await expect(createContact(ctx, { phone: '202-555-0101' })).rejects.toMatchObject(problem);
  const bob = await createContact(ctx, { phone: '+12025550102' });
  await expect(updateContact(ctx, { id: bob.id, phone: '+12025550101' })).rejects.toMatchObject(problem);
});

test('two requests at once for one number make one contact', async () => {
  const { ctx } = await office();
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => createContact(ctx, { phone: '+12025550109' })));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'already_exists' });
});

test.each([
  ['phone', { phone: '555-0100' }], ['email', { email: 'ann@home' }], ['timeZone', { phone: '+12025550103', timeZone: 'Mars/Olympus' }], ['phone', {}],
])('an input that does not fit names its field: %s', async (field, input) => {
  const { ctx } = await office();
  await expect(createContact(ctx, input)).rejects.toMatchObject({ code: 'validation_failed', details: [{ field }] });
});

test('a new contact joins the lists that were named by slug or id; an unknown list is a 404 and nothing is written', async () => {
  const { ctx, organization } = await office();
  const first = await createList(db, organization.id, { slug: 'friends', name: 'Friends' });
  const second = await createList(db, organization.id, { slug: 'staff', name: 'Staff' });
  const contact = await createContact(ctx, { phone: '+12025550104', lists: ['friends', second.id] });
  expect(contact.lists).toEqual([{ id: first.id, slug: 'friends', name: 'Friends' }, { id: second.id, slug: 'staff', name: 'Staff' }]);
  await expect(createContact(ctx, { phone: '+12025550105', lists: ['nobody'] })).rejects.toMatchObject({ code: 'not_found' });
  expect((await listContacts(ctx, {})).total).toBe(1);
});

test('an update changes what it names, clears with an empty text and merges fields', async () => {
  const { ctx } = await office();
  const { id } = await createContact(ctx, { phone: '+12025550106', email: 'a@example.com', firstName: 'Ann', lastName: 'Lee', fields: { city: 'Bonn', size: 'L' } });
  const changed = await updateContact(ctx, { id, lastName: '', fields: { city: 'Rome', size: null, age: 30 } });
  expect(changed).toMatchObject({ phone: '+12025550106', email: 'a@example.com', firstName: 'Ann', lastName: null, fields: { city: 'Rome', age: 30 } });
  expect(changed.fields).not.toHaveProperty('size');
  await expect(updateContact(ctx, { id, phone: '', email: '' })).rejects.toMatchObject({ code: 'validation_failed' });
});

test('P38, P39: an opt-out by staff writes who, when and an activity, once', async () => {
  const { ctx, organization } = await office();
  const { id } = await createContact(ctx, { phone: '+12025550107' });
  const out = await updateContact(ctx, { id, optedOut: true });
  expect(out).toMatchObject({ optedOut: true, optedOutSource: 'staff', optedOutAt: expect.any(String) });
  expect((await updateContact(ctx, { id, optedOut: true })).optedOutAt).toBe(out.optedOutAt);
  const { data } = await listActivities(ctx, { contactId: id });
  expect(data).toMatchObject([{ kind: 'opted_out', detail: { source: 'staff', by: organization.owner.id } }]);
});

test('D10: only a consent that says where it comes from lifts an opt-out', async () => {
  const { ctx } = await office();
  const { id } = await createContact(ctx, { phone: '+12025550108', consentSource: 'shop' });
  await updateContact(ctx, { id, optedOut: true });
  await expect(updateContact(ctx, { id, optedOut: false })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'consentSource' }] });
  expect((await readContact(ctx, { id })).optedOut).toBe(true);
  expect(await updateContact(ctx, { id, optedOut: false, consentSource: 'signed a card, 3 May' })).toMatchObject({ optedOut: false, optedOutAt: null, optedOutSource: null, consentSource: 'signed a card, 3 May' });
  expect((await listActivities(ctx, { contactId: id })).data.map((activity) => activity.kind).toSorted()).toEqual(['opted_in', 'opted_out']);
});

test('a viewer reads only; support may opt somebody out and change nothing else', async () => {
  const { ctx, as } = await office();
  const { id } = await createContact(ctx, { phone: '+12025550110' });
  expect((await readContact(as('viewer'), { id })).id).toBe(id);
  const viewer = as('viewer');
  for (const write of [() => createContact(viewer, { phone: '+12025550111' }), () => updateContact(viewer, { id, optedOut: true }), () => deleteContact(viewer, { id }), () => updateContact(as('support'), { id, firstName: 'X' })]) {
    await expect(write()).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect((await updateContact(as('support'), { id, optedOut: true })).optedOut).toBe(true);
});

test('P4: deleting a contact keeps the delivery log', async () => {
  const { ctx, organization } = await office();
  const contact = await createContact(ctx, { phone: '+12025550112' });
  const broadcast = await createBroadcast(db, organization.id, { lastSeq: 1 });
  await inSystem(db, (tx) => tx.insert(deliveries).values({ organizationId: organization.id, broadcastId: broadcast.id, seq: 1, contactId: contact.id, recipient: contact.phone! }));
  await deleteContact(ctx, { id: contact.id });
  await expect(readContact(ctx, { id: contact.id })).rejects.toMatchObject({ code: 'not_found' });
  expect(await inSystem(db, (tx) => tx.select().from(deliveries))).toMatchObject([{ contactId: contact.id, recipient: '+12025550112' }]);
});

test('another organisation\'s contact is a 404 for every verb, and stays as it is', async () => {
  const { ctx } = await office();
  const stranger = await office();
  const { id } = await createContact(ctx, { phone: '+12025550113', firstName: 'Ann' });
  for (const attempt of [() => readContact(stranger.ctx, { id }), () => updateContact(stranger.ctx, { id, firstName: 'Eve' }), () => deleteContact(stranger.ctx, { id })]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
  expect((await listActivities(stranger.ctx, { contactId: id })).total).toBe(0);
  expect((await listContacts(stranger.ctx, { search: 'Ann' })).data).toEqual([]);
  expect((await readContact(ctx, { id })).firstName).toBe('Ann');
  expect((await createContact(stranger.ctx, { phone: '+12025550113' })).phone).toBe('+12025550113');
});

test('a contact is found by parts of the name, e-mail, any form of the number and its last four digits', async () => {
  const { ctx, organization } = await office();
  await contactRow(db, organization.id, { phone: '+12025550177', firstName: 'Zoë', lastName: 'O\'Neil', email: 'zoe_1@example.com' });
  await contactRow(db, organization.id, { phone: '+442079460958', firstName: '100%', lastName: 'Max' });
  const found = async (search: string) => (await listContacts(ctx, { search })).data.map((contact) => contact.phone);
  for (const search of ['zoë', 'neil zo', 'zoe_1@', '0177', '(202) 555-0177', '+1 202 555 0177', '12025550177']) expect(await found(search), search).toEqual(['+12025550177']);
  for (const search of ['020 7946 0958', '0044 20 7946 0958', '100%', '0958']) expect(await found(search), search).toEqual(['+442079460958']);
  await contactRow(db, organization.id, { phone: '+12025560003', firstName: 'Nil' });
  for (const search of ['0003', '003', '5560003']) expect(await found(search), search).toEqual(['+12025560003']);
  for (const search of ['zoeX1@', '1000', 'zoë max']) expect(await found(search), search).toEqual([]);
  expect(await found('_')).toEqual(['+12025550177']);
});

test('people are paged and filtered by list and opt-out', async () => {
  const { ctx, organization } = await office();
  const list = await createList(db, organization.id, { slug: 'vip' });
  for (let n = 0; n < 5; n++) await createContact(ctx, { phone: `+1202555012${n}`, lists: n < 3 ? ['vip'] : [] });
  await contactRow(db, organization.id, { phone: '+12025550130', optedOut: true, optedOutSource: 'keyword' });
  expect(await listContacts(ctx, { list: 'vip', p: 2, ps: 2 })).toMatchObject({ total: 3, hasNext: false, page: 2, pageSize: 2, data: [{ lists: [{ id: list.id }] }] });
  expect((await listContacts(ctx, { optedOut: 'yes' })).data).toMatchObject([{ phone: '+12025550130' }]);
  expect((await listContacts(ctx, { optedOut: 'no' })).total).toBe(5);
  await expect(listContacts(ctx, { list: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
});

test('a search among 100,000 people finds by every kind of term', async () => {
  const { ctx, organization } = await office();
  await inSystem(db, (tx) => rows(tx, sql`insert into contact (organization_id, phone, first_name, last_name, email)
    select ${organization.id}, '+1303' || lpad(n::text, 7, '0'), 'First' || n, 'Last' || n % 977, 'p' || n || '@example.com' from generate_series(2000000, 2099999) n`));
  for (const search of ['', 'last12', 'first', 'p2054321@', '4321', '(303) 205-4321']) {
    expect((await listContacts(ctx, { search })).data.length, search).toBeGreaterThan(0);
  }
});
