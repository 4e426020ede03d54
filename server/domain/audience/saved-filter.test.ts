import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast as broadcastRow, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcastLists, broadcasts, contacts } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { countFilter } from '#server/domain/audience/count-filter.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { deleteFilter } from '#server/domain/audience/delete-filter.ts';
import { deleteList } from '#server/domain/audience/delete-list.ts';
import { listFilters } from '#server/domain/audience/list-filters.ts';
import { readPeople } from '#server/domain/audience/people.ts';
import { readFilter } from '#server/domain/audience/read-filter.ts';
import type { FilterCondition, FilterDefinition } from '#server/domain/audience/schema.ts';
import { tagContacts } from '#server/domain/audience/tag-contacts.ts';
import { updateFilter } from '#server/domain/audience/update-filter.ts';
import { audienceVocabulary } from '#server/domain/audience/vocabulary.ts';
import { createBroadcast } from '#server/domain/broadcast/create.ts';

const { db } = await testDatabase();

async function office(role: Role = 'marketer') {
  const organization = await createOrganization(db);
  const as = (other: Role) => createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role: other, address: null });
  return { organizationId: organization.id, as, ctx: as(role) };
}

const all = (...conditions: FilterCondition[]): FilterDefinition => ({ groups: [{ match: 'all', conditions }] });
const tagged = (tag: string) => all({ kind: 'tag', operator: 'has', tag });

test('a filter is saved, read with its people, changed and deleted', async () => {
  const { ctx, organizationId } = await office();
  for (const values of [{ tags: ['vip'] }, { tags: ['vip'], optedOut: true }, { tags: ['vip'], phone: null }, { tags: ['new'] }]) await createContact(db, organizationId, values);
  const made = await createFilter(ctx, { name: 'VIPs', definition: tagged('vip') });
  expect(made).toMatchObject({ name: 'VIPs', people: 3, reachable: 1, definition: tagged('vip') });
  expect(await readFilter(ctx, { id: made.id })).toEqual(made);
  await createFilter(ctx, { name: 'all of them', definition: { groups: [] } });
  expect((await listFilters(ctx)).map(({ name, people, reachable }) => [name, people, reachable])).toEqual([['all of them', 4, 2], ['VIPs', 3, 1]]);
  expect(await updateFilter(ctx, { id: made.id, definition: tagged('new') })).toMatchObject({ name: 'VIPs', people: 1 });
  await deleteFilter(ctx, { id: made.id });
  await expect(readFilter(ctx, { id: made.id })).rejects.toMatchObject({ code: 'not_found' });
});

test('a name belongs to one filter, however it is written', async () => {
  const { ctx } = await office();
  await createFilter(ctx, { name: 'VIPs', definition: { groups: [] } });
  const other = await createFilter(ctx, { name: 'Others', definition: { groups: [] } });
  await expect(createFilter(ctx, { name: 'vips', definition: { groups: [] } })).rejects.toMatchObject({ code: 'already_exists', details: [{ field: 'name' }] });
  await expect(updateFilter(ctx, { id: other.id, name: 'VIPS' })).rejects.toMatchObject({ code: 'already_exists' });
});

test('a filter about what does not exist is refused with the condition named; a viewer may count but not save', async () => {
  const { ctx, as } = await office();
  const gone = { groups: [...tagged('a').groups, ...all({ kind: 'list', operator: 'not_in', list: 'gone' }).groups] };
  await expect(createFilter(ctx, { name: 'A', definition: gone })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'definition.groups.1.conditions.0.list', code: 'not_found' }] });
  await expect(createFilter(ctx, { name: 'A', definition: all({ kind: 'broadcast', operator: 'delivered', broadcastId: crypto.randomUUID() }) })).rejects.toMatchObject({ details: [{ field: 'definition.groups.0.conditions.0.broadcastId' }] });
  await expect(createFilter(as('viewer'), { name: 'A', definition: { groups: [] } })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await countFilter(as('viewer'), { definition: gone })).toEqual({ people: 0, reachable: 0, sample: [] });
});

test('the count of an unsaved question shows ten of the people, the last added first', async () => {
  const { ctx, organizationId } = await office();
  for (let n = 0; n < 12; n++) await createContact(db, organizationId, { firstName: n === 11 ? null : `P${n}`, lastName: n === 11 ? null : 'Lee', email: 'last@example.com', createdAt: new Date(Date.UTC(2026, 0, n + 1)) });
  const { people, sample } = await countFilter(ctx, { definition: { groups: [] } });
  expect([people, sample.length, sample.slice(0, 2).map(({ name }) => name)]).toEqual([12, 10, ['last@example.com', 'P10 Lee']]);
});

test('a filter in use by a broadcast that is not over stays, with the broadcasts named; one that is over lets go of it', async () => {
  const { ctx, organizationId } = await office();
  const { id } = await createFilter(ctx, { name: 'VIPs', definition: tagged('vip') });
  const users = [await broadcastRow(db, organizationId, { name: 'Draft A', savedFilterId: id }), await broadcastRow(db, organizationId, { name: 'Paused B', status: 'paused', excludedFilterId: id })];
  const over = await broadcastRow(db, organizationId, { status: 'sent', savedFilterId: id, excludedFilterId: id });
  await expect(deleteFilter(ctx, { id })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringMatching(/‘Draft A’ \(draft\), ‘Paused B’ \(paused\)/), data: { broadcasts: users.map((user) => ({ id: user.id, name: user.name, status: user.status })) } });
  await inSystem(db, async (tx) => { for (const user of users) await tx.update(broadcasts).set({ status: 'cancelled' }).where(eq(broadcasts.id, user.id)); });
  await deleteFilter(ctx, { id });
  expect((await inSystem(db, (tx) => tx.select().from(broadcasts).where(eq(broadcasts.id, over.id))))[0]).toMatchObject({ savedFilterId: null, excludedFilterId: null });
});

test('a list that a saved filter asks for stays: without it “not on the list” would be everybody', async () => {
  const { ctx } = await office();
  const list = await createList(db, ctx.organizationId, { slug: 'blocked', name: 'Blocked' });
  for (const [i, named] of ['blocked', list.id].entries()) await createFilter(ctx, { name: `F${i}`, definition: all({ kind: 'list', operator: 'not_in', list: named }) });
  await expect(deleteList(ctx, { list: 'blocked' })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringMatching(/‘F0’, ‘F1’/) });
  for (const { id } of await listFilters(ctx)) await deleteFilter(ctx, { id });
  await deleteList(ctx, { list: 'blocked' });
});

test('another organisation’s filter is not there', async () => {
  const [{ ctx }, { ctx: other }] = [await office(), await office()];
  const { id } = await createFilter(ctx, { name: 'Mine', definition: { groups: [] } });
  for (const attempt of [() => readFilter(other, { id }), () => updateFilter(other, { id, name: 'X' }), () => deleteFilter(other, { id })]) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  expect(await listFilters(other)).toEqual([]);
  await expect(createBroadcast(other, { broadcastName: 'X', channel: 'sms', recipientMethod: 'filter', selectedFilter: id })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'selectedFilter' }] });
});

test('the vocabulary names own fields with values that occur, and tags with their people', async () => {
  const { ctx, organizationId } = await office();
  const fields: Array<Record<string, string | number | boolean>> = [{ city: 'Berlin', age: 30 }, { city: 'Berlin', isMember: true }, { city: 'Paris', note: '' }];
  for (const [n, own] of fields.entries()) await createContact(db, organizationId, { fields: own, tags: n ? ['vip', 'new'] : ['vip'] });
  expect(await audienceVocabulary(ctx)).toEqual({
    fields: [{ name: 'city', samples: ['Berlin', 'Paris'] }, { name: 'age', samples: ['30'] }, { name: 'isMember', samples: ['true'] }],
    tags: [{ tag: 'vip', people: 3 }, { tag: 'new', people: 2 }],
  });
});

test('tags go on and off many people at once; who changes nothing is not counted', async () => {
  const { ctx, organizationId, as } = await office();
  const made: string[] = [];
  for (const tags of [['a'], ['b', 'c'], ['new', 'b']]) made.push((await createContact(db, organizationId, { tags })).id);
  const stranger = await createContact(db, (await office()).organizationId, { tags: ['b'] });
  const tagsOf = async () => Promise.all([...made, stranger.id].map(async (id) => (await inSystem(db, (tx) => tx.select({ tags: contacts.tags }).from(contacts).where(eq(contacts.id, id))))[0]!.tags));
  expect(await tagContacts(ctx, { contactIds: [...made, stranger.id, crypto.randomUUID()], add: ['New '], remove: ['B', 'nobody has it'] })).toEqual({ changed: 3 });
  expect(await tagsOf()).toEqual([['a', 'new'], ['c', 'new'], ['new'], ['b']]);
  expect(await tagContacts(ctx, { contactIds: made, add: ['new'], remove: ['new'] })).toEqual({ changed: 0 });
  const many = Array.from({ length: 50 }, (_, n) => `tag ${n}`);
  await expect(tagContacts(ctx, { contactIds: made, add: many })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'add', code: 'too_many' }] });
  expect(await tagsOf()).toEqual([['a', 'new'], ['c', 'new'], ['new'], ['b']]);
  await expect(tagContacts(as('viewer'), { contactIds: made, add: ['x'] })).rejects.toMatchObject({ code: 'forbidden' });
});

test('P64: data of a list whose members are left out is not read', async () => {
  const { ctx, organizationId } = await office();
  const { id: contactId } = await createContact(db, organizationId);
  const { id: broadcastId } = await broadcastRow(db, organizationId);
  for (const [position, isExcluded] of [true, false].entries()) {
    const { id: listId } = await createList(db, organizationId);
    await addMember(db, organizationId, listId, contactId, isExcluded ? { secret: 1 } : { order: 7 });
    await inSystem(db, (tx) => tx.insert(broadcastLists).values({ organizationId, broadcastId, listId, position, isExcluded }));
  }
  const [found] = await ctx.transaction((tx) => readPeople(tx, ctx, broadcastId, [{ contactId, recipient: '+1' }]));
  expect(found!.person.data).toEqual({ order: 7 });
});
