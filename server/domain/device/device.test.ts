import { eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'https://hailer.example.com', LOG_LEVEL: 'silent' }));

import { createOrganization, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { devices, memberships } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { revokeOtherSessions, revokeSession } from '#server/domain/user/revoke-session.ts';
import { testVisit } from '#server/domain/user/test-visit.ts';
import { heartbeatDevice } from './heartbeat.ts';
import { listDevices } from './list.ts';
import { fakeBrowser } from './push-service.fixture.ts';
import { registerDevice } from './register.ts';
import { removeDevice } from './remove.ts';
import { renewSubscription } from './renew.ts';
import { subscriptionOf } from './row.ts';
import { updateDevice } from './update.ts';

const { db } = await testDatabase();

async function somebody() {
  const organization = await createOrganization(db);
  return { organizationId: organization.id, userId: organization.owner.id, ...(await clocked(organization.id, organization.owner.id)) };
}

/** Their context in a browser where they are signed in, and a clock that moves when told. */
async function clocked(organizationId: string, userId: string) {
  const { visit, pass } = testVisit(db);
  const { id: sessionId } = await openSession(visit, { userId, kind: 'browser' });
  const ctx: Context = { ...createContext(db, organizationId, { kind: 'user', userId, role: 'viewer', address: null, sessionId }), now: visit.now };
  return { ctx, visit, sessionId, pass };
}

async function colleagueIn(organizationId: string) {
  const user = await createUser(db);
  await inSystem(db, (tx) => tx.insert(memberships).values({ organizationId, userId: user.id, role: 'support' }));
  return { userId: user.id, ...(await clocked(organizationId, user.id)) };
}

const rowOf = async (id: string) => (await inSystem(db, (tx) => tx.select().from(devices).where(eq(devices.id, id))))[0]!;

test('P77: a device registers with what it can do; its keys are sealed and shown to nobody', async () => {
  const { ctx } = await somebody();
  const { subscription } = fakeBrowser();
  const view = await registerDevice(ctx, { name: 'Desk phone', platform: 'Firefox on Linux', capabilities: ['voice', 'sms'], push: subscription });
  expect(view).toMatchObject({ name: 'Desk phone', platform: 'Firefox on Linux', capabilities: ['voice', 'sms'], events: ['message', 'notice'], isPushed: true, isPresent: true });
  expect(JSON.stringify(view)).not.toContain(subscription.endpoint);
  const row = await rowOf(view.id);
  expect(row.sealedPushKeys).not.toContain(subscription.keys.auth);
  expect(subscriptionOf(row)).toEqual(subscription);
  expect(subscriptionOf({ ...row, organizationId: (await somebody()).organizationId })).toBeNull();
});

test('a device counts as there for 90 seconds after its last heartbeat', async () => {
  const { ctx, pass } = await somebody();
  const { id } = await registerDevice(ctx, { name: 'Phone' });
  const isPresent = async () => (await listDevices(ctx))[0]?.isPresent;
  pass(89);
  expect(await isPresent()).toBe(true);
  pass(1);
  expect(await isPresent()).toBe(false);
  expect(await heartbeatDevice(ctx, { deviceId: id })).toEqual({ id, lastSeenAt: '2026-03-01T12:01:30.000Z', expiresAt: '2026-03-01T12:03:00.000Z' });
  expect(await isPresent()).toBe(true);
});

test('the same browser is one device, whoever signs in to it last', async () => {
  const { ctx, organizationId } = await somebody();
  const colleague = await colleagueIn(organizationId);
  const { subscription } = fakeBrowser();
  const first = await registerDevice(ctx, { name: 'Firefox', push: subscription });
  expect((await registerDevice(ctx, { name: 'Firefox again', push: subscription })).id).toBe(first.id);
  const theirs = await registerDevice(colleague.ctx, { name: 'Firefox', push: subscription });
  expect(theirs.id).not.toBe(first.id);
  expect(await listDevices(ctx)).toEqual([]);
  expect(await listDevices(colleague.ctx)).toHaveLength(1);
});

test('devices of colleagues and of other organisations are not there', async () => {
  const { ctx, organizationId } = await somebody();
  const { id: deviceId } = await registerDevice(ctx, { name: 'Mine' });
  const [colleague, stranger] = [await colleagueIn(organizationId), await somebody()];
  for (const other of [colleague.ctx, stranger.ctx]) {
    expect(await listDevices(other)).toEqual([]);
    const acts = [() => heartbeatDevice(other, { deviceId }), () => updateDevice(other, { deviceId, name: 'Theirs' }), () => removeDevice(other, { deviceId }), () => registerDevice(other, { deviceId, name: 'Theirs' })];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await listDevices(ctx)).toMatchObject([{ name: 'Mine' }]);
  await removeDevice(ctx, { deviceId });
  expect(await listDevices(ctx)).toEqual([]);
});

test('quiet times need both ends, another end than beginning, and a zone', async () => {
  const { ctx } = await somebody();
  const { id: deviceId } = await registerDevice(ctx, { name: 'Phone' });
  const refused = (changes: object) => expect(updateDevice(ctx, { deviceId, ...changes })).rejects;
  await refused({ quietFrom: '21:00' }).toMatchObject({ details: [{ field: 'quietUntil' }] });
  await refused({ quietUntil: '07:00' }).toMatchObject({ details: [{ field: 'quietFrom' }] });
  await refused({ quietFrom: '21:00', quietUntil: '21:00', timeZone: 'UTC' }).toMatchObject({ details: [{ field: 'quietUntil', code: 'equal' }] });
  await refused({ quietFrom: '21:00', quietUntil: '07:00' }).toMatchObject({ details: [{ field: 'timeZone' }] });
  expect(await updateDevice(ctx, { deviceId, quietFrom: '21:00', quietUntil: '07:00', timeZone: 'Europe/Berlin', quietEvents: ['message'], events: ['notice', 'notice'], showsText: false }))
    .toMatchObject({ quietFrom: '21:00', quietUntil: '07:00', timeZone: 'Europe/Berlin', quietEvents: ['message'], events: ['notice'], showsText: false });
  expect(await updateDevice(ctx, { deviceId, quietFrom: null, quietUntil: null })).toMatchObject({ quietFrom: null, quietUntil: null });
});

test('what a browser says of its subscription is checked: a named https address without a port, a key on the curve', async () => {
  const { ctx } = await somebody();
  const { subscription } = fakeBrowser();
  const register = (change: object) => registerDevice(ctx, { name: 'x', push: { ...subscription, ...change } });
  for (const endpoint of ['http://push.example.com/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://2130706433/x', 'https://localhost/x', 'https://push.example.com:8443/x', 'https://user:secret@push.example.com/x', 'javascript:alert(1)', 'file:///etc/passwd', '', `https://push.example.com/${'x'.repeat(2_000)}`]) {
    await expect(register({ endpoint }), endpoint).rejects.toThrow();
  }
  for (const keys of [{ p256dh: 'A'.repeat(87), auth: subscription.keys.auth }, { p256dh: subscription.keys.p256dh, auth: 'short' }, { p256dh: `${subscription.keys.p256dh}AAAA`, auth: subscription.keys.auth }]) await expect(register({ keys })).rejects.toThrow();
  expect(await listDevices(ctx)).toEqual([]);
});

test('somebody has at most 20 devices', async () => {
  const { ctx } = await somebody();
  for (let n = 0; n < 20; n++) await registerDevice(ctx, { name: `Phone ${n}` });
  await expect(registerDevice(ctx, { name: 'One more' })).rejects.toMatchObject({ code: 'invalid_state' });
});

test('a browser whose subscription changed keeps its device in every organisation, and takes nobody else’s', async () => {
  const { ctx, userId, organizationId, sessionId } = await somebody();
  const second = await createOrganization(db);
  await inSystem(db, (tx) => tx.insert(memberships).values({ organizationId: second.id, userId, role: 'viewer' }));
  const elsewhere = (await clocked(second.id, userId)).ctx;
  const [before, after, other] = [fakeBrowser().subscription, fakeBrowser().subscription, fakeBrowser().subscription];
  const ids = [(await registerDevice(ctx, { name: 'Here', push: before })).id, (await registerDevice(elsewhere, { name: 'There', push: before })).id];
  const colleague = await colleagueIn(organizationId);
  const theirs = await registerDevice(colleague.ctx, { name: 'Theirs', push: other });
  expect(await renewSubscription(db, { userId, sessionId }, { oldEndpoint: before.endpoint, push: after })).toEqual({ renewed: 2 });
  for (const id of ids) expect(subscriptionOf(await rowOf(id))).toEqual(after);
  expect(await renewSubscription(db, { userId, sessionId }, { oldEndpoint: other.endpoint, push: after })).toEqual({ renewed: 0 });
  expect(subscriptionOf(await rowOf(theirs.id))).toEqual(other);
});

test('signing out takes the devices of that sign-in away, in every organisation; signing out elsewhere those of all others', async () => {
  const { ctx, userId, visit, sessionId } = await somebody();
  const second = await createOrganization(db);
  await inSystem(db, (tx) => tx.insert(memberships).values({ organizationId: second.id, userId, role: 'viewer' }));
  const sameBrowser: Context = { ...createContext(db, second.id, ctx.actor), now: ctx.now };
  const phone = await clocked(ctx.organizationId, userId);
  const colleague = await colleagueIn(ctx.organizationId);
  for (const each of [ctx, sameBrowser, phone.ctx, colleague.ctx]) await registerDevice(each, { name: 'Browser', push: fakeBrowser().subscription });
  const counts = () => Promise.all([ctx, sameBrowser, colleague.ctx].map(async (each) => (await listDevices(each)).length));
  expect(await counts()).toEqual([2, 1, 1]);
  await revokeOtherSessions(visit, { userId, sessionId });
  expect(await counts()).toEqual([1, 1, 1]);
  await revokeSession(visit, { sessionId });
  expect(await counts()).toEqual([0, 0, 1]);
});

test('a sign-in that ran out leaves its device silent, until its browser is signed in again', async () => {
  const { ctx, userId, pass, visit } = await somebody();
  const { subscription } = fakeBrowser();
  const { id: deviceId } = await registerDevice(ctx, { name: 'Browser', push: subscription });
  const isPushed = async () => (await listDevices(ctx))[0]?.isPushed;
  pass(30 * 86_400 - 1);
  expect(await isPushed()).toBe(true);
  pass(1);
  expect(await isPushed()).toBe(false);
  const again = async () => (await openSession(visit, { userId, kind: 'browser' })).id;
  expect(await renewSubscription(db, { userId, sessionId: await again() }, { oldEndpoint: subscription.endpoint, push: subscription })).toEqual({ renewed: 1 });
  expect(await isPushed()).toBe(true);
  pass(30 * 86_400);
  expect(await isPushed()).toBe(false);
  await heartbeatDevice({ ...ctx, actor: { kind: 'user', userId, role: 'viewer', address: null, sessionId: await again() } }, { deviceId });
  expect(await isPushed()).toBe(true);
});
