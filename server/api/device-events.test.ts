import { eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'silent' }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

import { createOrganization, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem, type Db } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { handle } from '#server/api/rest/app.ts';
import { pushMessage } from '#server/domain/device/push-message.ts';
import type { DeviceView } from '#server/domain/device/schema.ts';
import { person, type Person } from './doors.fixture.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

const headersOf = ({ token }: Person) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

async function office() {
  const { id } = await createOrganization(db);
  const caller = await person(db, id, 'support');
  const post = (path: string, data: object) => handle(new Request(`http://localhost:3000${path}`, { method: 'POST', headers: headersOf(caller), body: JSON.stringify({ data }) }));
  const { data } = await (await post('/phone/voice/register-device', { name: 'Desk phone', capabilities: ['voice'] })).json() as { data: DeviceView };
  const wait = (seconds: number) => inSystem(db, (tx) => tx.update(t.devices).set({ lastSeenAt: new Date(Date.now() - seconds * 1_000) }).where(eq(t.devices.id, data.id)));
  return { id, caller, post, deviceId: data.id, wait };
}
type Office = Awaited<ReturnType<typeof office>>;

/** Somebody writes, and the job of that has run. */
async function write({ id }: Office, body = 'Hi'): Promise<string> {
  const phone = phoneNumber();
  const messageId = await inSystem(db, async (tx) => {
    const [conversation] = await tx.insert(t.conversations).values({ organizationId: id, channel: 'sms', sender: '+14155551234', recipient: phone }).returning();
    return (await tx.insert(t.chatMessages).values({ organizationId: id, conversationId: conversation!.id, direction: 'inbound', sid: twilioSid('SM'), body }).returning())[0]!.id;
  });
  await pushMessage(createContext(db, id, { kind: 'system', task: 'push-message' }), { messageId });
  return messageId;
}

type Event = { event: string; id: string; data: string };

/** A reader as browsers have it: events by blank lines, comments left out. */
async function listen({ caller, deviceId }: Pick<Office, 'caller' | 'deviceId'>, lastEventId?: string) {
  const leaving = new AbortController();
  const response = await handle(new Request(`http://localhost:3000/phone/voice/events?deviceId=${deviceId}`, { headers: { ...headersOf(caller), ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }, signal: leaving.signal }));
  const events = eventsOf(response);
  const next = async () => { const { value, done } = await events.next(); return done ? null : value; };
  return { response, next, leave: () => { leaving.abort(); } };
}

async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      text = text.slice(end + 2);
      if (fields.data !== undefined) yield { event: fields.event ?? 'message', id: fields.id ?? '', data: fields.data };
    }
  }
}

test('P77: a device with a fresh heartbeat hears of a message: ids and short facts, no words and no number', async () => {
  const shop = await office();
  const stream = await listen(shop);
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
  expect(await stream.next()).toMatchObject({ event: 'ready', id: '0' });
  const messageId = await write(shop, 'My secret');
  const heard = await stream.next();
  expect(heard).toMatchObject({ event: 'message', id: '1' });
  expect(JSON.parse(heard!.data)).toMatchObject({ id: '1', kind: 'message', messageId, channel: 'sms', contactId: null, assignedTo: null, ruleId: null });
  expect(heard!.data).not.toMatch(/secret|\+1202/);
  stream.leave();
});

test('after a drop Last-Event-ID brings what came meanwhile, once and in order, also to a reader who had heard nothing yet', async () => {
  const shop = await office();
  const first = await listen(shop);
  const ready = await first.next();
  first.leave();
  const missed = [await write(shop), await write(shop), await write(shop)];
  const second = await listen(shop, ready!.id);
  await second.next();
  const heard = [await second.next(), await second.next()];
  expect(heard.map((event) => (JSON.parse(event!.data) as { messageId: string }).messageId)).toEqual(missed.slice(0, 2));
  second.leave();
  const third = await listen(shop, heard[1]!.id);
  await third.next();
  expect(JSON.parse((await third.next())!.data)).toMatchObject({ messageId: missed[2] });
  const last = await write(shop);
  expect(JSON.parse((await third.next())!.data)).toMatchObject({ messageId: last });
  third.leave();
});

test('numbers of events that are written at once have no gap that fills later: 40 messages, each heard once, in order', async () => {
  const shop = await office();
  const stream = await listen(shop);
  await stream.next();
  const written = await Promise.all(Array.from({ length: 40 }, () => write(shop)));
  const heard: Array<{ id: string; messageId: string }> = [];
  for (let n = 0; n < 40; n++) heard.push(JSON.parse((await stream.next())!.data) as { id: string; messageId: string });
  expect(new Set(heard.map(({ messageId }) => messageId))).toEqual(new Set(written));
  expect(heard.map(({ id }) => Number(id))).toEqual(heard.map((_, index) => index + 1));
  stream.leave();
});

test('without a heartbeat for 90 seconds no stream begins, and one that runs ends', async () => {
  const shop = await office();
  const stream = await listen(shop);
  await stream.next();
  await shop.wait(91);
  expect(await stream.next()).toBeNull();
  const refused = await listen(shop);
  expect(refused.response.status).toBe(409);
  expect((await shop.post('/phone/voice/heartbeat', { deviceId: shop.deviceId })).status).toBe(200);
  const again = await listen(shop);
  expect(await again.next()).toMatchObject({ event: 'ready' });
  again.leave();
});

test('a revoked token ends the stream within seconds', async () => {
  const shop = await office();
  const stream = await listen(shop);
  await stream.next();
  await inSystem(db, (tx) => tx.update(t.sessions).set({ revokedAt: new Date() }).where(eq(t.sessions.userId, shop.caller.session.userId)));
  expect(await stream.next()).toBeNull();
});

test('a stream tells of its own organisation only, and of nobody else’s device', async () => {
  const [mine, theirs] = [await office(), await office()];
  expect((await listen({ caller: theirs.caller, deviceId: mine.deviceId })).response.status).toBe(404);
  expect((await listen({ caller: await person(db, mine.id, 'owner'), deviceId: mine.deviceId })).response.status).toBe(404);
  const stream = await listen(mine);
  await stream.next();
  await write(theirs);
  const messageId = await write(mine);
  expect(JSON.parse((await stream.next())!.data)).toMatchObject({ messageId });
  stream.leave();
});

test('a number that was never given resumes from now; what is no number is refused', async () => {
  const shop = await office();
  const ahead = await listen(shop, '999999');
  expect(await ahead.next()).toMatchObject({ id: '0' });
  ahead.leave();
  expect((await listen(shop, '1 or 1=1')).response.status).toBe(422);
});
