import { and, eq, sql } from 'drizzle-orm';
import { importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'https://hailer.example.com', LOG_LEVEL: 'silent' }));

import { createContact, createOrganization, createUser, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { postToTrusted, type Post } from '#server/domain/outbound/post.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { testVisit } from '#server/domain/user/test-visit.ts';
import { listDevices } from './list.ts';
import { pushMessage, pushNotice } from './push-message.ts';
import { fakeBrowser, fakePushService, type FakeBrowser, type FakePushService } from './push-service.fixture.ts';
import { registerDevice } from './register.ts';
import type { UpdateDeviceInput } from './schema.ts';
import { testPush } from './test-push.ts';
import { updateDevice } from './update.ts';
import { vapidKeys, vapidKeysOf, vapidSubject } from './vapid.ts';

const { db } = await testDatabase();
let service: FakePushService;
beforeAll(async () => { service = await fakePushService(); });
afterAll(() => { service.stop(); });

/** The push service's host is played by the fake one; everything else is as it goes out. */
const post: Post = (outgoing) => postToTrusted({ ...outgoing, url: service.origin + new URL(outgoing.url).pathname });
const NOW = new Date('2026-03-02T12:00:00Z');

async function office(values: Partial<typeof t.organizations.$inferInsert> = {}) {
  const organization = await createOrganization(db, values);
  const as = async (userId: string): Promise<Context> => {
    const { id: sessionId } = await openSession(testVisit(db, { now: () => NOW }).visit, { userId, kind: 'browser' });
    return { ...createContext(db, organization.id, { kind: 'user', userId, role: 'support', address: null, sessionId }), now: () => NOW };
  };
  const system = (now = NOW): Context => ({ ...createContext(db, organization.id, { kind: 'system', task: 'push-message' }), now: () => now });
  const hire = async () => {
    const user = await createUser(db);
    await inSystem(db, (tx) => tx.insert(t.memberships).values({ organizationId: organization.id, userId: user.id, role: 'support' }));
    return as(user.id);
  };
  return { id: organization.id, owner: await as(organization.owner.id), again: () => as(organization.owner.id), ownerId: organization.owner.id, hire, system };
}
type Office = Awaited<ReturnType<typeof office>>;

/** A browser that gets pushes, since yesterday. */
async function browserOf(ctx: Context, settings: Omit<UpdateDeviceInput, 'deviceId'> = {}): Promise<FakeBrowser & { deviceId: string }> {
  const browser = fakeBrowser();
  const { id } = await registerDevice(ctx, { name: 'Firefox', push: browser.subscription });
  await updateDevice(ctx, { deviceId: id, ...settings });
  await inSystem(db, (tx) => tx.update(t.devices).set({ createdAt: new Date(NOW.getTime() - 86_400_000) }).where(eq(t.devices.id, id)));
  return { ...browser, deviceId: id };
}

type Written = { body?: string; media?: Array<{ url: string; contentType: string }>; at?: Date; firstName?: string; assignedTo?: string };
async function write({ id }: Office, { body = 'Is it still there?', media = [], at = NOW, firstName = 'Ada', assignedTo }: Written = {}) {
  const phone = phoneNumber();
  const contact = await createContact(db, id, { phone, firstName, lastName: 'Lovelace' });
  return inSystem(db, async (tx) => {
    const [conversation] = await tx.insert(t.conversations).values({ organizationId: id, channel: 'sms', sender: '+14155551234', recipient: phone, contactId: contact.id, assignedTo, lastInboundAt: at, lastMessageAt: at }).returning();
    const [message] = await tx.insert(t.chatMessages).values({ organizationId: id, conversationId: conversation!.id, direction: 'inbound', sid: twilioSid('SM'), body, media, createdAt: at }).returning();
    return { messageId: message!.id, conversationId: conversation!.id, phone };
  });
}

const pushesTo = ({ path, read }: FakeBrowser) => service.pushes.filter((push) => push.path === path).map(read);
const jobs = ({ id }: Office) => inSystem(db, (tx) => rows<{ task: string; payload: unknown; wait: number }>(tx, sql`
  select k.identifier as task, payload, extract(epoch from run_at)::float8 as wait from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where payload ->> 'organizationId' = ${id} order by j.id`));
const stored = async (deviceId: string) => (await inSystem(db, (tx) => tx.select().from(t.devices).where(eq(t.devices.id, deviceId))))[0];

test('P77: a subscribed browser learns who wrote and the first words; only its own key reads them', async () => {
  const shop = await office();
  const browser = await browserOf(shop.owner);
  const { messageId, conversationId, phone } = await write(shop, { body: `  Is it\n still there? ${'and more '.repeat(40)}` });
  await pushMessage(shop.system(), { messageId }, post);
  const [payload] = pushesTo(browser);
  expect(payload).toEqual({ title: 'Ada Lovelace', body: expect.stringMatching(/^Is it still there\? and more .{100,}…$/), tag: `message-${conversationId}`, id: '1', url: `/inbox?c=${conversationId}`, deviceId: browser.deviceId });
  expect(payload!.body).toHaveLength(140);
  const [push] = service.pushes.filter(({ path }) => path === browser.path);
  expect(() => fakeBrowser().read(push!)).toThrow();
  for (const secret of ['Ada', 'still there', phone]) expect(push!.body.toString('latin1')).not.toContain(secret);
  expect((await stored(browser.deviceId))).toMatchObject({ lastPushedAt: NOW, lastPushError: null });
});

test('a push is signed as ours for that push service, by the key that browsers subscribed with', async () => {
  const shop = await office();
  const browser = await browserOf(shop.owner);
  await testPush(shop.owner, { deviceId: browser.deviceId }, post);
  const [{ headers }] = service.pushes.filter(({ path }) => path === browser.path) as [FakePushService['pushes'][number]];
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(\S+)$/.exec(headers.authorization ?? '') ?? [];
  expect(key).toBe(vapidKeys().publicKey);
  const point = Buffer.from(key, 'base64url');
  const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, 'ES256');
  const { payload } = await jwtVerify(token, jwk, { audience: 'https://push.example.com' });
  expect(payload.sub).toBe('https://hailer.example.com');
  expect(payload.exp! - Date.now() / 1000).toBeLessThan(24 * 3600);
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '14400', topic: 'test' });
});

test('the keys follow from AUTH_SECRET alone; whom to ask is an https or mailto address', () => {
  expect(vapidKeysOf('a'.repeat(32))).toEqual(vapidKeysOf('a'.repeat(32)));
  expect(vapidKeysOf('a'.repeat(32))).not.toEqual(vapidKeysOf('b'.repeat(32)));
  expect(Buffer.from(vapidKeysOf('a'.repeat(32)).publicKey, 'base64url')).toHaveLength(65);
  expect(vapidSubject('http://localhost:3000')).toBe('mailto:operator@localhost');
});

test('once per message and device, however often and at how many places the job runs', async () => {
  const shop = await office();
  const browsers = [await browserOf(shop.owner), await browserOf(await shop.hire())];
  const { messageId } = await write(shop);
  await Promise.all([1, 2, 3].map(() => pushMessage(shop.system(), { messageId }, post)));
  await pushMessage(shop.system(), { messageId }, post);
  expect(browsers.map((browser) => pushesTo(browser).length)).toEqual([1, 1]);
});

test('one that fails of three troubles nobody: two get it, the third is tried again later, and says so', async () => {
  const shop = await office();
  const [good, broken, other] = [await browserOf(shop.owner), await browserOf(shop.owner), await browserOf(shop.owner)];
  service.answer(broken.path, 'hang up');
  const { messageId } = await write(shop);
  await pushMessage(shop.system(), { messageId }, post);
  expect([pushesTo(good).length, pushesTo(other).length]).toEqual([1, 1]);
  expect(await stored(broken.deviceId)).toMatchObject({ lastPushError: 'The push service did not answer.' });
  expect(await jobs(shop)).toEqual([{ task: 'push-message', payload: { organizationId: shop.id, messageId }, wait: NOW.getTime() / 1000 + 30 }]);
  service.answer(broken.path, 201);
  await pushMessage(shop.system(), { messageId }, post);
  expect([good, broken, other].map((browser) => pushesTo(browser).length)).toEqual([1, 2, 1]);
  expect(await stored(broken.deviceId)).toMatchObject({ lastPushError: null, lastPushedAt: NOW });
});

test('a push service that asks to wait is given its time, and after five tries it is let be', async () => {
  const shop = await office();
  const browser = await browserOf(shop.owner);
  service.answer(browser.path, 429, { 'retry-after': '600' });
  const { messageId } = await write(shop);
  for (let n = 0; n < 7; n++) await pushMessage(shop.system(), { messageId }, post);
  expect(service.pushes.filter(({ path }) => path === browser.path)).toHaveLength(5);
  expect((await jobs(shop)).map(({ wait }) => wait - NOW.getTime() / 1000)).toEqual([600, 600, 600, 1920]);
});

test.each([404, 410])('a subscription that the browser ended (%d) is removed; a device with a stream stays', async (status) => {
  const shop = await office();
  const [tab, softphone] = [await browserOf(shop.owner), await browserOf(shop.owner)];
  await registerDevice(shop.owner, { deviceId: softphone.deviceId, name: 'Desk phone', capabilities: ['voice'] });
  for (const { path } of [tab, softphone]) service.answer(path, status);
  const { messageId } = await write(shop);
  await pushMessage(shop.system(), { messageId }, post);
  expect(await listDevices(shop.owner)).toMatchObject([{ id: softphone.deviceId, isPushed: false, lastPushError: 'Its subscription ended.' }]);
  expect(await jobs(shop)).toEqual([]);
});

test('a push that is refused for good is not tried again', async () => {
  const shop = await office();
  const browser = await browserOf(shop.owner);
  service.answer(browser.path, 403);
  const { messageId } = await write(shop);
  for (let n = 0; n < 2; n++) await pushMessage(shop.system(), { messageId }, post);
  expect(service.pushes.filter(({ path }) => path === browser.path)).toHaveLength(1);
  expect((await stored(browser.deviceId))?.lastPushError).toContain('The push service answered 403. Turn notifications off and on again');
});

test('quiet times hold by the clock of the device, over midnight, and only for the events that it names', async () => {
  const shop = await office();
  const night = { quietFrom: '21:00', quietUntil: '07:00' };
  const berlin = await browserOf(shop.owner, { ...night, timeZone: 'Europe/Berlin' });
  const losAngeles = await browserOf(shop.owner, { ...night, timeZone: 'America/Los_Angeles' });
  const noticesOnly = await browserOf(shop.owner, { ...night, timeZone: 'Europe/Berlin', quietEvents: ['notice'] });
  const at = async (moment: string) => {
    const before = [berlin, losAngeles, noticesOnly].map((browser) => pushesTo(browser).length);
    const { messageId } = await write(shop, { at: new Date(moment) });
    await pushMessage(shop.system(new Date(moment)), { messageId }, post);
    return [berlin, losAngeles, noticesOnly].map((browser, index) => pushesTo(browser).length - before[index]!);
  };
  expect(await at('2026-03-02T19:59:00Z')).toEqual([1, 1, 1]); // 20:59 in Berlin, 11:59 in Los Angeles
  expect(await at('2026-03-02T20:00:00Z')).toEqual([0, 1, 1]); // 21:00 in Berlin
  expect(await at('2026-03-03T05:59:00Z')).toEqual([0, 0, 1]); // 06:59 in Berlin, 21:59 in Los Angeles
  expect(await at('2026-03-03T06:00:00Z')).toEqual([1, 0, 1]); // 07:00 in Berlin
  expect(await at('2026-03-29T05:00:00Z')).toEqual([1, 0, 1]); // 07:00 in Berlin on the first morning of summer time
  expect(await at('2026-03-29T04:59:00Z')).toEqual([0, 0, 1]);
});

test('a conversation that somebody has is theirs; one that nobody has is everybody’s, and so is that of a colleague who left', async () => {
  const shop = await office();
  const [maya, ben] = [await shop.hire(), await shop.hire()];
  const [hers, his] = [await browserOf(maya), await browserOf(ben)];
  const mayaId = maya.actor.kind === 'user' ? maya.actor.userId : '';
  const tell = async (assignedTo?: string) => {
    const before = [pushesTo(hers).length, pushesTo(his).length];
    const { messageId } = await write(shop, assignedTo ? { assignedTo } : {});
    await pushMessage(shop.system(), { messageId }, post);
    return [pushesTo(hers).length - before[0]!, pushesTo(his).length - before[1]!];
  };
  expect(await tell(mayaId)).toEqual([1, 0]);
  expect(await tell()).toEqual([1, 1]);
  await inSystem(db, (tx) => tx.delete(t.memberships).where(and(eq(t.memberships.organizationId, shop.id), eq(t.memberships.userId, mayaId))));
  expect(await tell(mayaId)).toEqual([0, 1]); // and her own devices hear no more
});

test('without text a push tells neither who nor what: by the device, and by the rule of the organisation', async () => {
  const [open, strict] = [await office(), await office({ pushShowsText: false })];
  const [discreet, ruled] = [await browserOf(open.owner, { showsText: false }), await browserOf(strict.owner)];
  for (const [shop, browser] of [[open, discreet], [strict, ruled]] as const) {
    const { messageId } = await write(shop);
    await pushMessage(shop.system(), { messageId }, post);
    expect(pushesTo(browser)).toMatchObject([{ title: 'New message', body: '' }]);
    expect(JSON.stringify(pushesTo(browser))).not.toMatch(/Ada|still there/);
  }
});

test('a picture without words is told as one, a device that wants no messages hears none, and old news is none', async () => {
  const shop = await office();
  const [browser, deaf] = [await browserOf(shop.owner), await browserOf(shop.owner, { events: ['notice'] })];
  const picture = await write(shop, { body: '', media: [{ url: 'https://api.twilio.com/x', contentType: 'image/jpeg' }] });
  await pushMessage(shop.system(), picture, post);
  const old = await write(shop, { at: new Date(NOW.getTime() - 3_600_001) });
  await pushMessage(shop.system(), old, post);
  expect(pushesTo(browser)).toMatchObject([{ body: 'Picture' }]);
  expect(pushesTo(deaf)).toEqual([]);
});

test('a notice says what its rule says and for whom; a rule that was held back tells nobody', async () => {
  const shop = await office();
  const browser = await browserOf(shop.owner);
  const rule = async (outcome: 'acted' | 'held_back') => {
    const written = await write(shop, { body: 'PRICE please' });
    await inSystem(db, async (tx) => {
      const [row] = await tx.insert(t.keywordRules).values({ organizationId: shop.id, name: `Prices ${outcome}`, match: 'contains', keywords: ['price'], priority: 1, actions: [{ type: 'reply', text: 'Soon' }, { type: 'notify', text: 'Somebody asks for prices' }] }).returning();
      await tx.insert(t.ruleRuns).values({ organizationId: shop.id, messageId: written.messageId, ruleId: row!.id, outcome, recipient: written.phone });
    });
    await pushNotice(shop.system(), written, post);
    return written;
  };
  await rule('held_back');
  const { conversationId } = await rule('acted');
  expect(pushesTo(browser)).toMatchObject([{ title: 'Somebody asks for prices', body: 'Ada Lovelace: PRICE please', tag: `notice-${conversationId}`, url: `/inbox?c=${conversationId}` }]);
});

test('devices of another organisation hear nothing, and its messages cannot be told through this one', async () => {
  const [mine, theirs] = [await office(), await office()];
  const [here, there] = [await browserOf(mine.owner), await browserOf(theirs.owner)];
  const { messageId } = await write(mine);
  await pushMessage(theirs.system(), { messageId }, post);
  expect([pushesTo(here).length, pushesTo(there).length]).toEqual([0, 0]);
  await pushMessage(mine.system(), { messageId }, post);
  expect([pushesTo(here).length, pushesTo(there).length]).toEqual([1, 0]);
});

test('a test push goes out at once, and says why when it does not', async () => {
  const shop = await office();
  const browser = await browserOf(shop.owner, { quietFrom: '00:00', quietUntil: '23:59', timeZone: 'UTC' });
  expect(await testPush(shop.owner, { deviceId: browser.deviceId }, post)).toEqual({ sent: true });
  expect(pushesTo(browser)).toMatchObject([{ title: 'A test from Hailer', url: '/settings/devices' }]);
  service.answer(browser.path, 410);
  await expect(testPush(shop.owner, { deviceId: browser.deviceId }, post)).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('has ended this subscription') as string });
  await expect(testPush(shop.owner, { deviceId: browser.deviceId }, post)).rejects.toMatchObject({ code: 'not_found' });
  // The real way out refuses a name that leads inside.
  const inside = fakeBrowser();
  const { id } = await registerDevice(shop.owner, { name: 'x', push: { ...inside.subscription, endpoint: 'https://localhost.localdomain/push' } });
  await expect(testPush(shop.owner, { deviceId: id })).rejects.toMatchObject({ code: 'invalid_state' });
});

test('a browser whose sign-in was revoked, ran out or is unknown hears nothing, also when its device is still there; other browsers of the person do', async () => {
  const shop = await office();
  const [revoked, expired, unknown, live] = [await browserOf(await shop.again()), await browserOf(await shop.again()), await browserOf(await shop.again()), await browserOf(await shop.again())];
  const sessionOf = async (deviceId: string) => (await stored(deviceId))!.sessionId!;
  await db.update(t.sessions).set({ revokedAt: NOW }).where(eq(t.sessions.id, await sessionOf(revoked.deviceId)));
  await db.update(t.sessions).set({ expiresAt: NOW }).where(eq(t.sessions.id, await sessionOf(expired.deviceId)));
  await db.delete(t.sessions).where(eq(t.sessions.id, await sessionOf(unknown.deviceId)));
  const { messageId } = await write(shop);
  await pushMessage(shop.system(), { messageId }, post);
  expect([revoked, expired, unknown, live].map((browser) => pushesTo(browser).length)).toEqual([0, 0, 0, 1]);
  await expect(testPush(shop.owner, { deviceId: revoked.deviceId }, post)).rejects.toThrow('The sign-in of this device is over');
});
