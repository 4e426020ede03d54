import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList as listRow, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcastLists } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { createList } from '#server/domain/audience/create-list.ts';
import { deleteList } from '#server/domain/audience/delete-list.ts';
import { listLists } from '#server/domain/audience/list-lists.ts';
import { listMembersOf } from '#server/domain/audience/list-members.ts';
import { readList } from '#server/domain/audience/read-list.ts';
import { removeMembers } from '#server/domain/audience/remove-members.ts';
import { updateList } from '#server/domain/audience/update-list.ts';
import { listContacts } from '#server/domain/contact/list.ts';

const { db } = await testDatabase();

async function office(role: Role = 'marketer') {
  const organization = await createOrganization(db);
  const as = (other: Role) => createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role: other, address: null });
  return { organization, as, ctx: as(role) };
}

test('P24: a list gets a slug of its name, the next one of that name another', async () => {
  const { ctx } = await office();
  expect(await createList(ctx, { name: 'SMS Promotions' })).toMatchObject({ slug: 'sms-promotions', name: 'SMS Promotions', members: 0, reachable: 0 });
  expect((await createList(ctx, { name: 'SMS promotions!' })).slug).toBe('sms-promotions-2');
  expect((await createList(ctx, { name: 'Sms  Promotions' })).slug).toBe('sms-promotions-3');
  expect((await createList(ctx, { name: 'Éire & Straße' })).slug).toBe('eire-strasse');
  expect((await createList(ctx, { name: '東京' })).slug).toBe('list');
});

test('lists made at once with one name get slugs of their own', async () => {
  const { ctx } = await office();
  const made = await Promise.all(Array.from({ length: 4 }, () => createList(ctx, { name: 'News' })));
  expect(new Set(made.map((list) => list.slug)).size).toBe(4);
});

test('a slug that was asked for and is taken is refused', async () => {
  const { ctx } = await office();
  await createList(ctx, { name: 'A', slug: 'vip' });
  await expect(createList(ctx, { name: 'B', slug: 'vip' })).rejects.toMatchObject({ code: 'already_exists', details: [{ field: 'slug' }] });
});

test('a list counts its members and those who can be reached', async () => {
  const { ctx, organization } = await office();
  const list = await createList(ctx, { name: 'All' });
  await createList(ctx, { name: 'Empty' });
  for (const values of [{}, {}, { optedOut: true }, { phone: null, email: 'a@example.com' }]) await addMember(db, organization.id, list.id, (await createContact(db, organization.id, values)).id);
  expect(await listLists(ctx)).toMatchObject([{ slug: 'all', members: 4, reachable: 2 }, { slug: 'empty', members: 0, reachable: 0 }]);
  expect(await readList(ctx, { list: 'all' })).toEqual(await readList(ctx, { list: list.id }));
});

test('a new name leaves the slug, by which programs know the list', async () => {
  const { ctx } = await office();
  await createList(ctx, { name: 'Old' });
  expect(await updateList(ctx, { list: 'old', name: 'New' })).toMatchObject({ slug: 'old', name: 'New' });
});

test('members are added by contact or by number, with data of their own; an unknown number becomes a contact', async () => {
  const { ctx, organization } = await office();
  await createList(ctx, { name: 'Orders' });
  const ann = await createContact(db, organization.id, { phone: '+12025550101' });
  const members = [{ contactId: ann.id, data: { order: { trackingNumber: '1Z' } } }, { phone: '(202) 555-0102' }, { phone: '+12025550101', data: { ref: 7 } }];
  expect(await addMembers(ctx, { list: 'orders', members })).toEqual({ added: 2, updated: 0 });
  expect(await addMembers(ctx, { list: 'orders', members: [{ contactId: ann.id, data: { order: { trackingNumber: '2Z' } } }, { phone: '+12025550102' }] })).toEqual({ added: 0, updated: 1 });
  const { data, total } = await listMembersOf(ctx, { list: 'orders' });
  expect(total).toBe(2);
  expect(data.find((member) => member.contactId === ann.id)?.data).toEqual({ order: { trackingNumber: '2Z' }, ref: 7 });
  expect(data.find((member) => member.contactId !== ann.id)).toMatchObject({ phone: '+12025550102', data: {}, optedOut: false });
  expect((await listMembersOf(ctx, { list: 'orders', search: '0102' })).total).toBe(1);
});

test('when one member does not fit nobody is added, and each wrong one is named', async () => {
  const { ctx } = await office();
  await createList(ctx, { name: 'L' });
  const attempt = addMembers(ctx, { list: 'l', members: [{ phone: '+12025550101' }, { phone: '555' }, {}] });
  await expect(attempt).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'members.1.phone' }, { field: 'members.2.phone' }] });
  expect(await readList(ctx, { list: 'l' })).toMatchObject({ members: 0 });
  expect((await listContacts(ctx, {})).total).toBe(0);
});

test('people taken out of a list stay contacts', async () => {
  const { ctx, organization } = await office();
  const list = await createList(ctx, { name: 'L' });
  const ann = await createContact(db, organization.id);
  const bob = await createContact(db, organization.id);
  await addMember(db, organization.id, list.id, ann.id);
  expect(await removeMembers(ctx, { list: 'l', contactIds: [ann.id, bob.id] })).toEqual({ removed: 1 });
  expect(await readList(ctx, { list: 'l' })).toMatchObject({ members: 0 });
  expect((await listContacts(ctx, {})).total).toBe(2);
});

test.each(['draft', 'scheduled', 'sending', 'paused'] as const)('a list that a %s broadcast uses is not deleted, and the broadcast is named', async (status) => {
  const { ctx, organization } = await office();
  const list = await createList(ctx, { name: 'L' });
  const broadcast = await createBroadcast(db, organization.id, { name: 'May sale', status });
  await inSystem(db, (tx) => tx.insert(broadcastLists).values({ organizationId: organization.id, broadcastId: broadcast.id, listId: list.id, position: 0 }));
  await expect(deleteList(ctx, { list: 'l' })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining(`‘May sale’ (${status})`), data: { broadcasts: [{ id: broadcast.id }] } });
  expect(await listLists(ctx)).toHaveLength(1);
});

test.each(['sent', 'cancelled', 'failed'] as const)('a list whose broadcast is %s can be deleted; its people stay', async (status) => {
  const { ctx, organization } = await office();
  const list = await createList(ctx, { name: 'L' });
  await addMember(db, organization.id, list.id, (await createContact(db, organization.id)).id);
  const broadcast = await createBroadcast(db, organization.id, { status });
  await inSystem(db, (tx) => tx.insert(broadcastLists).values({ organizationId: organization.id, broadcastId: broadcast.id, listId: list.id, position: 0 }));
  await deleteList(ctx, { list: list.id });
  expect(await listLists(ctx)).toEqual([]);
  expect((await listContacts(ctx, {})).total).toBe(1);
});

test('another organisation\'s list is a 404 for every verb, also its contacts as members', async () => {
  const { ctx, organization } = await office();
  const other = await office();
  const { id } = await listRow(db, other.organization.id, { slug: 'theirs' });
  const theirs = await createContact(db, other.organization.id);
  const attempts = (list: string) => [
    () => readList(ctx, { list }), () => updateList(ctx, { list, name: 'X' }), () => deleteList(ctx, { list }), () => listMembersOf(ctx, { list }),
    () => addMembers(ctx, { list, members: [{ phone: '+12025550101' }] }), () => removeMembers(ctx, { list, contactIds: [theirs.id] }),
  ];
  for (const list of ['theirs', id]) for (const attempt of attempts(list)) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  await listRow(db, organization.id, { slug: 'ours' });
  await expect(addMembers(ctx, { list: 'ours', members: [{ contactId: theirs.id }] })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'members.0.contactId' }] });
  expect(await readList(other.ctx, { list: 'theirs' })).toMatchObject({ name: 'A list' });
});

test('support and viewers read lists and change none', async () => {
  const { ctx, as } = await office();
  await createList(ctx, { name: 'L' });
  for (const role of ['support', 'viewer'] as const) {
    expect(await listLists(as(role))).toHaveLength(1);
    for (const write of [() => createList(as(role), { name: 'M' }), () => updateList(as(role), { list: 'l', name: 'M' }), () => deleteList(as(role), { list: 'l' }), () => addMembers(as(role), { list: 'l', members: [{ phone: '+12025550101' }] })]) {
      await expect(write()).rejects.toMatchObject({ code: 'forbidden' });
    }
  }
});
