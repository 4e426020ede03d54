import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcastLists, listMembers, lists } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { saveAsList } from './save-as-list.ts';

const { db } = await testDatabase();

/** Ann in both lists, Bea in the second, Cid opted out, Dan excluded. */
async function furnished() {
  const { id: organizationId, owner } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const [first, second, excluded] = [await createList(db, organizationId), await createList(db, organizationId), await createList(db, organizationId)];
  const ids = { ann: '', bea: '', cid: '', dan: '' };
  for (const name of ['ann', 'bea', 'cid', 'dan'] as const) ids[name] = (await createContact(db, organizationId, { firstName: name, optedOut: name === 'cid' })).id;
  await addMember(db, organizationId, first.id, ids.ann, { order: { trackingNumber: 'A1' } });
  await addMember(db, organizationId, second.id, ids.ann, { order: { trackingNumber: 'A2' }, city: 'Bonn' });
  for (const id of [ids.bea, ids.cid, ids.dan]) await addMember(db, organizationId, second.id, id, { city: 'Ulm' });
  await addMember(db, organizationId, excluded.id, ids.dan);
  const { id: broadcastId } = await createBroadcast(db, organizationId, { recipientMethod: 'lists' });
  await inSystem(db, (tx) => tx.insert(broadcastLists).values([first, second, excluded].map((list, position) => ({ organizationId, broadcastId, listId: list.id, position, isExcluded: list === excluded }))));
  const membersOf = (listId: string) => inSystem(db, (tx) => tx.select({ id: listMembers.contactId, data: listMembers.data }).from(listMembers).where(eq(listMembers.listId, listId)));
  return { ctx, owner, organizationId, broadcastId, ids, membersOf };
}

test('those who would get it become a list, each once, with their data: of two values the first list’s', async () => {
  const { ctx, broadcastId, ids, membersOf } = await furnished();
  const list = await saveAsList(ctx, { broadcastId, people: 'recipients', name: 'Those who are left' });
  expect(list).toMatchObject({ slug: 'those-who-are-left', members: 2, reachable: 2 });
  const members = new Map((await membersOf(list.id)).map(({ id, data }) => [id, data]));
  expect(members).toEqual(new Map([[ids.ann, { order: { trackingNumber: 'A1' }, city: 'Bonn' }], [ids.bea, { city: 'Ulm' }]]));
});

test('those who were left out for one reason become a list of their own', async () => {
  const { ctx, broadcastId, ids, membersOf } = await furnished();
  const excluded = await saveAsList(ctx, { broadcastId, people: 'excluded', name: 'Left out' });
  expect((await membersOf(excluded.id)).map(({ id }) => id)).toEqual([ids.dan]);
  expect(await saveAsList(ctx, { broadcastId, people: 'optedOut', name: 'Left us' })).toMatchObject({ members: 1, reachable: 0 });
  expect(await saveAsList(ctx, { broadcastId, people: 'duplicate', name: 'Twice' })).toMatchObject({ members: 1 });
});

test('where nobody stands, and for a broadcast of somebody else, no list is made', async () => {
  const { ctx, broadcastId, organizationId } = await furnished();
  const other = await furnished();
  await expect(saveAsList(ctx, { broadcastId, people: 'frequencyCap', name: 'None' })).rejects.toMatchObject({ code: 'no_recipients' });
  await expect(saveAsList(ctx, { broadcastId, people: 'joined', name: 'None' })).rejects.toMatchObject({ code: 'no_recipients' });
  await expect(saveAsList(other.ctx, { broadcastId, people: 'members', name: 'Theirs' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await inSystem(db, (tx) => tx.$count(lists, eq(lists.organizationId, organizationId)))).toBe(3);
});

test('who may only look makes no list', async () => {
  const { organizationId, owner, broadcastId } = await furnished();
  const viewer = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'viewer', address: null });
  await expect(saveAsList(viewer, { broadcastId, people: 'members', name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
});
