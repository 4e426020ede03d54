import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast as insertBroadcast, createList, createOrganization, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { lists } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { createBroadcast } from './create.ts';
import { duplicateBroadcast } from './duplicate.ts';
import { listVersions } from './list-versions.ts';
import { nameVersion } from './name-version.ts';
import { readVersion } from './read-version.ts';
import { restoreVersion } from './restore-version.ts';
import { updateBroadcast } from './update.ts';

const { db } = await testDatabase();

/** An organisation with two people at a clock that the test turns, and a draft by the first. */
async function draft() {
  const { id: organizationId, owner } = await createOrganization(db);
  let now = new Date('2026-11-22T10:00:00Z');
  const by = (userId: string): Context => ({ ...createContext(db, organizationId, { kind: 'user', userId, role: 'marketer', address: null }), now: () => now });
  const [ctx, other] = [by(owner.id), by((await createUser(db)).id)];
  const list = await createList(db, organizationId, { slug: 'friends' });
  const { id } = await createBroadcast(ctx, { broadcastName: 'Sale', channel: 'sms', content: 'One', selectedLists: ['friends'] });
  const write = (content: string, as = ctx) => updateBroadcast(as, { id, content });
  return { ctx, other, id, list, owner, write, later: (minutes: number) => { now = new Date(now.getTime() + minutes * 60_000); } };
}

test('changes of one person within five minutes are one version, later ones another', async () => {
  const { ctx, id, owner, write, later } = await draft();
  await write('One t');
  later(4);
  await write('One two');
  expect(await listVersions(ctx, { id })).toEqual([{ version: 3, name: null, savedBy: owner.name, savedAt: '2026-11-22T10:04:00.000Z', isCurrent: true }]);
  later(2);
  await write('One two three');
  expect((await listVersions(ctx, { id })).map(({ version, isCurrent }) => [version, isCurrent])).toEqual([[4, true], [3, false]]);
  expect((await readVersion(ctx, { id, version: 3 })).draft.content).toBe('One two');
});

test('what another person changes is a version of its own, and so is what comes after a name', async () => {
  const { ctx, other, id, write } = await draft();
  await write('Theirs', other);
  await write('Mine');
  const [mine] = await listVersions(ctx, { id });
  expect(await nameVersion(ctx, { id, version: mine!.version, name: 'Before the lawyers' })).toMatchObject({ name: 'Before the lawyers', isCurrent: true });
  await write('After the lawyers');
  expect((await listVersions(ctx, { id })).map(({ name }) => name)).toEqual([null, 'Before the lawyers', null, null]);
  expect((await readVersion(ctx, { id, version: mine!.version })).draft.content).toBe('Mine');
  expect(await nameVersion(ctx, { id, version: mine!.version, name: '' })).toMatchObject({ name: null });
});

test('restoring brings back text, lists and rules as a new version on top, and loses nothing', async () => {
  const { ctx, id, write, later } = await draft();
  await updateBroadcast(ctx, { id, optOutLine: 'Reply STOP to end', recipientCeiling: 50, missingValues: { firstName: { policy: 'skip' } } });
  later(10);
  await updateBroadcast(ctx, { id, content: 'Two', selectedLists: [], optOutLine: null, recipientCeiling: null, missingValues: {}, broadcastName: 'Other' });
  const restored = await restoreVersion(ctx, { id, version: 2 });
  expect(restored).toMatchObject({ version: 4, name: 'Sale', content: 'One', selectedLists: ['friends'], optOutLine: 'Reply STOP to end', recipientCeiling: 50, missingValues: { firstName: { policy: 'skip' } } });
  await write('One more');
  expect((await listVersions(ctx, { id })).map(({ version }) => version)).toEqual([5, 3, 2]);
  expect((await readVersion(ctx, { id, version: 3 })).draft).toMatchObject({ content: 'Two', name: 'Other' });
});

test('a list that was deleted meanwhile is left out of what is restored', async () => {
  const { ctx, id, write, later, list } = await draft();
  later(10);
  await write('Two');
  await inSystem(db, (tx) => tx.delete(lists).where(eq(lists.id, list.id)));
  expect(await restoreVersion(ctx, { id, version: 1 })).toMatchObject({ content: 'One', selectedLists: [] });
});

test('a draft that has no history yet keeps how it stood before its first change', async () => {
  const { ctx } = await draft();
  const { id } = await insertBroadcast(db, ctx.organizationId, { content: 'From an earlier release' });
  await updateBroadcast(ctx, { id, content: 'Changed' });
  expect((await readVersion(ctx, { id, version: 1 })).draft.content).toBe('From an earlier release');
});

test('a copy begins a history of its own', async () => {
  const { ctx, id } = await draft();
  const copy = await duplicateBroadcast(ctx, { id });
  expect(await listVersions(ctx, { id: copy.id })).toHaveLength(1);
});

test('a viewer reads the history and neither names nor restores', async () => {
  const { ctx, id } = await draft();
  const viewer = createContext(db, ctx.organizationId, { kind: 'user', userId: (await createUser(db)).id, role: 'viewer', address: null });
  expect(await listVersions(viewer, { id })).toHaveLength(1);
  await expect(nameVersion(viewer, { id, version: 1, name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(restoreVersion(viewer, { id, version: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(readVersion(viewer, { id, version: 99 })).rejects.toMatchObject({ code: 'not_found' });
});
