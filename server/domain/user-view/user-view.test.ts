import { expect, test } from 'vitest';
import { createOrganization, createUser } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { deleteUserView } from './delete.ts';
import { listUserViews } from './list.ts';
import { saveUserView } from './save.ts';

const { db } = await testDatabase();

async function people() {
  const { id, owner } = await createOrganization(db);
  const as = (userId: string, role: 'owner' | 'viewer', organizationId = id) => createContext(db, organizationId, { kind: 'user', userId, role, address: null });
  return { owner: as(owner.id, 'owner'), viewer: as((await createUser(db)).id, 'viewer'), elsewhere: as(owner.id, 'owner', (await createOrganization(db)).id) };
}
const failed = { page: 'deliveries', name: 'Failed today', query: 'search=status%3Afailed' } as const;

test('a view is kept for the one who saved it, whatever their role, and for nobody else and no other organisation', async () => {
  const { owner, viewer, elsewhere } = await people();
  await saveUserView(viewer, failed);
  await saveUserView(owner, { page: 'broadcasts', name: 'Drafts', query: 'status=draft' });
  expect(await listUserViews(viewer, { page: 'deliveries' })).toMatchObject([failed]);
  expect(await listUserViews(viewer, { page: 'broadcasts' })).toEqual([]);
  expect(await listUserViews(owner, { page: 'deliveries' })).toEqual([]);
  expect(await listUserViews(elsewhere, { page: 'broadcasts' })).toEqual([]);
});

test('the same name replaces the view, and views stand by name', async () => {
  const { viewer } = await people();
  const { id } = await saveUserView(viewer, failed);
  await saveUserView(viewer, { ...failed, name: 'All read' });
  expect(await saveUserView(viewer, { ...failed, query: 'status=failed' })).toMatchObject({ id, query: 'status=failed' });
  expect((await listUserViews(viewer, { page: 'deliveries' })).map(({ name }) => name)).toEqual(['All read', 'Failed today']);
});

test('only its owner can delete a view', async () => {
  const { owner, viewer } = await people();
  const { id } = await saveUserView(viewer, failed);
  await expect(deleteUserView(owner, { id })).rejects.toMatchObject({ code: 'not_found' });
  await deleteUserView(viewer, { id });
  expect(await listUserViews(viewer, { page: 'deliveries' })).toEqual([]);
  await expect(deleteUserView(viewer, { id })).rejects.toMatchObject({ code: 'not_found' });
});

test('more than fifty views of a list are refused; one of them can still be replaced', async () => {
  const { viewer } = await people();
  for (let n = 0; n < 50; n++) await saveUserView(viewer, { ...failed, name: `View ${n}` });
  await expect(saveUserView(viewer, { ...failed, name: 'One more' })).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await saveUserView(viewer, { ...failed, name: 'View 7', query: 'status=sent' })).toMatchObject({ query: 'status=sent' });
});
