import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createOrganization, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { memberships, sessions } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createOrganization as createAnother } from '#server/domain/organization/create.ts';
import { switchOrganization } from '#server/domain/organization/switch.ts';
import { findSession } from '#server/domain/user/find-session.ts';
import { listSessions } from '#server/domain/user/list-sessions.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { revokeOtherSessions, revokeSession } from '#server/domain/user/revoke-session.ts';
import { testVisit } from '#server/domain/user/test-visit.ts';

const { db } = await testDatabase();

async function somebody() {
  const { visit, pass } = testVisit(db);
  const organization = await createOrganization(db);
  const userId = organization.owner.id;
  const { id } = await openSession(visit, { userId, kind: 'browser' });
  return { visit, pass, organization, userId, id, find: () => findSession(visit, { id, kind: 'browser' }) };
}

test('a session names the person, their organisation and their role', async () => {
  const { organization, userId, id, find } = await somebody();
  expect(await find()).toEqual({
    userId, name: organization.owner.name, email: organization.owner.email, sessionId: id, organizationId: organization.id, role: 'owner', address: '198.51.100.7',
  });
});

test('a revoked session is refused on the next request', async () => {
  const { visit, id, find } = await somebody();
  await revokeSession(visit, { sessionId: id });
  expect(await find()).toBeNull();
});

test('a session ends after 30 days', async () => {
  const { pass, find } = await somebody();
  pass(30 * 86_400 - 1);
  expect(await find()).not.toBeNull();
  pass(1);
  expect(await find()).toBeNull();
});

test('a session of one kind does not pass for the other', async () => {
  const { visit, id } = await somebody();
  expect(await findSession(visit, { id, kind: 'token' })).toBeNull();
});

test('"last seen" is written at most once a minute', async () => {
  const { pass, find, id } = await somebody();
  const seen = async () => (await db.select().from(sessions).where(eq(sessions.id, id)))[0]?.lastSeenAt.toISOString();
  pass(59); await find();
  expect(await seen()).toBe('2026-03-01T12:00:00.000Z');
  pass(1); await find();
  expect(await seen()).toBe('2026-03-01T12:01:00.000Z');
});

test('a role that changes counts at once, and so does a membership that ends', async () => {
  const { organization, userId, find } = await somebody();
  await inSystem(db, (tx) => tx.update(memberships).set({ role: 'viewer' }).where(eq(memberships.userId, userId)));
  expect(await find()).toMatchObject({ organizationId: organization.id, role: 'viewer' });
  await inSystem(db, (tx) => tx.delete(memberships).where(eq(memberships.userId, userId)));
  expect(await find()).toMatchObject({ userId, organizationId: null, role: null });
});

test('switching changes this session only, and never leads into an organisation of others', async () => {
  const { visit, organization, userId, id, find } = await somebody();
  const other = await openSession(visit, { userId, kind: 'browser' });
  const second = await createAnother(db, { userId, sessionId: id }, { name: 'Second' });
  expect(await find()).toMatchObject({ organizationId: second.id, role: 'owner' });
  await switchOrganization(db, { userId, sessionId: id }, { organizationId: organization.id });
  expect(await find()).toMatchObject({ organizationId: organization.id });
  await switchOrganization(db, { userId, sessionId: id }, { organizationId: second.id });
  expect(await findSession(visit, { id: other.id, kind: 'browser' })).toMatchObject({ organizationId: organization.id });
  const foreign = await createOrganization(db);
  await expect(switchOrganization(db, { userId, sessionId: id }, { organizationId: foreign.id })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await find()).toMatchObject({ organizationId: second.id });
});

test('a new session begins where the person worked last', async () => {
  const { visit, pass, userId, id } = await somebody();
  const second = await createAnother(db, { userId, sessionId: id }, { name: 'Second' });
  pass(120);
  await findSession(visit, { id, kind: 'browser' });
  const fresh = await openSession(visit, { userId, kind: 'browser' });
  expect(await findSession(visit, { id: fresh.id, kind: 'browser' })).toMatchObject({ organizationId: second.id });
});

test('signing out everywhere else leaves this session and those of other people', async () => {
  const { visit, userId, id, find } = await somebody();
  const [other, token] = [await openSession(visit, { userId, kind: 'browser' }), await openSession(visit, { userId, kind: 'token' })];
  const stranger = await createUser(db);
  const theirs = await openSession(visit, { userId: stranger.id, kind: 'browser' });
  expect(await listSessions(visit, { userId, sessionId: id })).toHaveLength(3);
  expect(await revokeOtherSessions(visit, { userId, sessionId: id })).toEqual({ revoked: 2 });
  expect(await findSession(visit, { id: other.id, kind: 'browser' })).toBeNull();
  expect(await findSession(visit, { id: token.id, kind: 'token' })).toBeNull();
  expect(await find()).not.toBeNull();
  expect(await findSession(visit, { id: theirs.id, kind: 'browser' })).not.toBeNull();
  expect(await listSessions(visit, { userId, sessionId: id })).toMatchObject([{ id, isCurrent: true, address: '198.51.100.7' }]);
});
