import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';

// Read when the modules below load: the log asks for its level at once.
const simulator = await vi.hoisted(async () => {
  const { startSimulator } = await import('#server/twilio/simulator/start.ts');
  const running = await startSimulator();
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', TWILIO_BASE_URL: running.url, LOG_LEVEL: 'silent',
  });
  return running;
});

import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { acceptAgreement, addMember, createBroadcast, createContact, createList, createOrganization, createUser } from '#db/factories.ts';
import { inSystem, rows, type Db } from '#db/index.ts';
import { memberships, users } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { issueToken } from '#server/domain/user/issue-token.ts';
import { hashPassword } from '#server/domain/user/password.ts';
import { visit } from '#server/auth.ts';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { smsExample, whatsappExample } from './examples.ts';
import { handle } from './app.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;
afterAll(() => simulator.close());

type Answer = { status: number; body: Record<string, unknown> & { data: Record<string, string> }; headers: Headers };

async function call(method: string, path: string, more: { token?: string; data?: unknown; raw?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  const body = more.raw ?? (more.data === undefined ? undefined : JSON.stringify({ data: more.data }));
  const headers = { 'content-type': 'application/json', ...(more.token ? { authorization: `Bearer ${more.token}` } : {}), ...more.headers };
  const response = await handle(new Request(`http://localhost:3000${path}`, { method, headers, ...(body === undefined ? {} : { body }) }));
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}

async function organization() {
  const { id, owner } = await createOrganization(db);
  const { token } = await issueToken(visit(new Headers()), owner);
  return { id, owner, token };
}

async function member(organizationId: string, role: 'viewer' | 'marketer' | 'admin') {
  const user = await createUser(db);
  await inSystem(db, (tx) => tx.insert(memberships).values({ organizationId, userId: user.id, role }));
  return (await issueToken(visit(new Headers()), user)).token;
}

const source = readFileSync(new URL('./fixtures/source-examples.json.txt', import.meta.url), 'utf8').split('\n---\n');
let me: Awaited<ReturnType<typeof organization>>;
beforeEach(async () => { me = await organization(); });

describe("the source's JSON, byte for byte", () => {
  test('P13: the SMS example creates a draft', async () => {
    await createList(db, me.id, { slug: 'sms-promotions' });
    const { status, body } = await call('POST', '/broadcast', { token: me.token, raw: source[0]! });
    expect(status).toBe(201);
    const { broadcastName: name, ...asked } = JSON.parse(source[0]!).data;
    expect(body.data).toMatchObject({ ...asked, name, status: 'draft' });
    expect((await call('GET', `/broadcast/${body.data.id}`, { token: me.token })).body.data).toEqual(body.data);
  });

  test('P62: the WhatsApp example creates a draft', async () => {
    await createList(db, me.id, { slug: 'customers-with-recent-orders' });
    const expected = { channel: 'whatsapp', templateSid: 'HXabcdef...', templateVariables: { 1: '{{contact.firstName}}', 2: '{{order.trackingNumber}}' } };
    expect(await call('POST', '/broadcast', { token: me.token, raw: source[1]! })).toMatchObject({ status: 201, body: { data: expected } });
  });

  test('the alias of the source does the same, and the documented examples are these', async () => {
    await createList(db, me.id, { slug: 'sms-promotions' });
    expect((await call('POST', '/repository/create/email_broadcast', { token: me.token, raw: source[0]! })).status).toBe(201);
    expect([smsExample, whatsappExample]).toEqual(source.map((text) => JSON.parse(text).data));
  });
});

describe('POST /broadcast/{id}/send', () => {
  async function draft(organizationId = me.id) {
    const list = await createList(db, organizationId);
    const contact = await createContact(db, organizationId);
    await addMember(db, organizationId, list.id, contact.id);
    const broadcast = await createBroadcast(db, organizationId);
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list values (${organizationId}, ${broadcast.id}, ${list.id}, 0)`));
    return broadcast.id;
  }
  const send = (id: string, more: Parameters<typeof call>[2] = {}) => call('POST', `/broadcast/${id}/send`, { token: me.token, ...more });
  const deliveries = async (id: string) => Number((await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from broadcast_delivery where broadcast_id = ${id}`)))[0]!.n);
  const connect = () => {
    const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid, numbers } = credentialsOf(createAccount(simulator.state, {}));
    return call('POST', '/upstream/save-integration', {
      token: me.token, data: { type: 'twilio', credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: numbers[0]!.phoneNumber } },
    });
  };
  const accept = (token = me.token) => call('POST', '/org-management/services/bulk-sms/agreement/accept', { token });

  test('P26: without a token, with a bad one and with an expired one it is 401, each with its code', async () => {
    const id = await draft();
    const short = await issueToken({ ...visit(new Headers()), now: () => new Date(Date.now() - 86_400_000) }, me.owner);
    const codes = [];
    for (const token of [undefined, 'nonsense', `${me.token}x`, short.token]) {
      const { status, body, headers } = await call('POST', `/broadcast/${id}/send`, token ? { token } : {});
      expect([status, body.statusCode, headers.get('www-authenticate')]).toEqual([401, 401, 'Bearer']);
      codes.push(body.code);
    }
    expect(codes).toEqual(['missing_authorization_header', 'token_invalid', 'token_invalid', 'token_expired']);
  });

  test("P26: another organisation's broadcast is 404, the same as one that does not exist", async () => {
    const other = await draft((await organization()).id);
    const [theirs, nobodys, noId] = [await send(other), await send(crypto.randomUUID()), await send('7')];
    expect([theirs.status, nobodys.status, noId.status]).toEqual([404, 404, 404]);
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' });
  });

  test('a viewer and a member of another organisation get 403', async () => {
    const id = await draft();
    await acceptAgreement(db, me.id, me.owner.id, agreementText('bulk-sms').version);
    await connect();
    expect(await send(id, { token: await member(me.id, 'viewer') })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const stranger = await organization();
    expect(await send(id, { token: stranger.token, headers: { orgid: me.id } })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('P27, P28: without an agreement it is 402 with where to accept; nothing is dispatched and it stays a draft', async () => {
    const id = await draft();
    await connect();
    const { status, body } = await send(id);
    expect(status).toBe(402);
    expect(body).toMatchObject({ statusCode: 402, code: 'agreement_required', service: 'bulk-sms', agreementVersion: agreementText('bulk-sms').version, acceptUrl: '/org-management/services/bulk-sms/agreement/accept' });
    expect(await deliveries(id)).toBe(0);
    expect((await call('GET', `/broadcast/${id}`, { token: me.token })).body.data.status).toBe('draft');
  });

  test('P29, P30: after accepting, the same send succeeds, and so does the next one of a colleague', async () => {
    await connect();
    const [first, second] = [await draft(), await draft()];
    expect((await send(first)).status).toBe(402);
    expect((await call('POST', String((await send(first)).body.acceptUrl), { token: me.token })).body.data.accepted).toBe(true);
    expect(await send(first)).toMatchObject({ status: 202, body: { data: { broadcastId: first, status: 'sending', total: 1 } } });
    expect((await send(second, { token: await member(me.id, 'marketer') })).status).toBe(202);
  });

  test('P7: with an agreement but without Twilio it is 422 twilio_not_configured', async () => {
    const id = await draft();
    await accept();
    expect(await send(id)).toMatchObject({ status: 422, body: { code: 'twilio_not_configured' } });
    expect(await deliveries(id)).toBe(0);
  });

  test('a second send is 409, and with the same Idempotency-Key the same answer with one delivery', async () => {
    await connect();
    await accept();
    const id = await draft();
    const headers = { 'idempotency-key': 'march-promo-1' };
    const [first, repeat] = [await send(id, { headers }), await send(id, { headers })];
    expect(first.status).toBe(202);
    expect([repeat.status, repeat.body]).toEqual([first.status, first.body]);
    expect(await send(id)).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
    expect(await deliveries(id)).toBe(1);
  });

  test('a send at the same hour for each recipient is booked, and half a schedule is 422', async () => {
    await connect();
    await accept();
    const id = await draft();
    const localSendAt = `${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T09:00`;
    expect(await send(id, { data: { timeZone: 'Europe/Berlin' } })).toMatchObject({ status: 422, body: { details: [{ field: 'scheduledAt' }] } });
    expect(await send(id, { data: { localSendAt, fixAudience: true } })).toMatchObject({ status: 202, body: { data: { status: 'scheduled' } } });
    expect(await deliveries(id)).toBe(0);
  });

  test('a scheduledAt that stands outside of data, or is misspelt, does not send at once', async () => {
    await connect();
    await accept();
    const id = await draft();
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    expect(await send(id, { raw: JSON.stringify({ scheduledAt }) })).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
    expect(await send(id, { data: { scheduleAt: scheduledAt } })).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(await send(id, { data: { scheduledAt: '9999-12-31T23:59:59-23:59' } })).toMatchObject({ status: 422, body: { details: [{ field: 'scheduledAt', code: 'too_far' }] } });
    expect(await deliveries(id)).toBe(0);
  });

  test('one Idempotency-Key for two broadcasts at once: one is sent, the other refused', async () => {
    await connect();
    await accept();
    const ids = [await draft(), await draft()];
    const answers = await Promise.all(ids.map((id) => send(id, { headers: { 'idempotency-key': 'both' } })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    const [first, second] = [await deliveries(ids[0]!), await deliveries(ids[1]!)];
    expect(first + second).toBe(1);
  });

  test('the body may be left out, data.scheduledAt schedules, and a wrong one is 422 with the field named', async () => {
    await connect();
    await accept();
    const id = await draft();
    expect(await send(id, { data: { scheduledAt: 'tomorrow' } })).toMatchObject({ status: 422, body: { code: 'validation_failed', details: [{ field: 'scheduledAt' }] } });
    expect(await send(id, { raw: '{"data":' })).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
    expect(await send(id, { data: { scheduledAt: new Date(Date.now() + 3_600_000).toISOString() } })).toMatchObject({ status: 202, body: { data: { status: 'scheduled' } } });
  });
});

describe('bodies', () => {
  test.each([['no JSON', '{"data": '], ['no data', '{"broadcastName":"x"}'], ['a list', '[]'], ['null', 'null'], ['nothing', ''], ['data that is a text', '{"data":"x"}']])('P19: %s is 400', async (_, raw) => {
    expect(await call('POST', '/broadcast', { token: me.token, raw })).toMatchObject({ status: 400, body: { statusCode: 400, code: 'malformed_request' } });
  });

  test('P20: what does not fit is 422 with every field named', async () => {
    const { status, body } = await call('POST', '/broadcast', { token: me.token, data: { channel: 'fax', selectedLists: 'x' } });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect((body.details as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`).toSorted()).toEqual(['broadcastName required', 'channel invalid_value', 'selectedLists invalid_type']);
  });

  test('P21: a type that differs from the channel is 422', async () => {
    expect(await call('POST', '/broadcast', { token: me.token, data: { ...smsExample, selectedLists: [], type: 'whatsapp' } })).toMatchObject({ status: 422, body: { details: [{ field: 'type' }] } });
  });

  test('a body above 1 MB is 413, also when its length is not announced', async () => {
    const raw = JSON.stringify({ data: { ...smsExample, content: 'x'.repeat(1024 * 1024) } });
    expect(await call('POST', '/broadcast', { token: me.token, raw })).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    const body = new ReadableStream({ start(controller) { controller.enqueue(new TextEncoder().encode(raw)); controller.close(); } });
    const init = { method: 'POST', body, duplex: 'half', headers: { authorization: `Bearer ${me.token}` } } as RequestInit;
    expect((await handle(new Request('http://localhost:3000/broadcast', init))).status).toBe(413);
  });

  test('nothing of a large body is read for somebody without a token', async () => {
    let taken = 0;
    const body = new ReadableStream({ pull(controller) { taken += 65_536; if (taken > 10_000_000) controller.close(); else controller.enqueue(new Uint8Array(65_536)); } });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect((await handle(new Request('http://localhost:3000/crm/contacts/import', init))).status).toBe(401);
    expect(taken).toBeLessThan(1_000_000);
  });

  test('an organisation in the body or in the path of a body changes nothing', async () => {
    const other = await organization();
    const theirs = await createBroadcast(db, other.id);
    const mine = await createBroadcast(db, me.id);
    await call('PATCH', `/broadcast/${mine.id}`, { token: me.token, data: { id: theirs.id, organizationId: other.id, broadcastName: 'Renamed' } });
    expect((await call('GET', `/broadcast/${mine.id}`, { token: me.token })).body.data.name).toBe('Renamed');
    expect((await call('GET', `/broadcast/${theirs.id}`, { token: other.token })).body.data.name).toBe(theirs.name);
  });
});

test('POST /profile/signin gives a token that works, and a wrong password 401', async () => {
  await inSystem(db, async (tx) => tx.update(users).set({ passwordHash: await hashPassword('correct horse battery') }).where(sql`id = ${me.owner.id}`));
  const signIn = (password: string) => call('POST', '/profile/signin', { data: { email: me.owner.email, password } });
  expect(await signIn('wrong')).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
  const { body } = await signIn('correct horse battery');
  expect((await call('GET', '/broadcast', { token: body.data.token! })).body).toEqual({ data: [], total: 0, hasNext: false, page: 1, pageSize: 50 });
});

test('lists are pages: p, ps and hasNext', async () => {
  await Promise.all([1, 2, 3].map(() => createList(db, me.id)));
  const { body } = await call('GET', '/crm/lists?p=1&ps=2', { token: me.token });
  expect(body).toMatchObject({ total: 3, hasNext: true, page: 1, pageSize: 2 });
  expect((await call('GET', '/crm/lists?p=2&ps=2', { token: me.token })).body).toMatchObject({ hasNext: false, data: [{}] });
  expect((await call('GET', '/crm/lists?ps=201', { token: me.token })).status).toBe(422);
});

test('contacts and lists go in and out through the door', async () => {
  const created = await call('POST', '/crm/contacts', { token: me.token, data: { phone: '+1 415 555 2671', firstName: 'Ada' } });
  expect(created).toMatchObject({ status: 201, body: { data: { phone: '+14155552671', firstName: 'Ada' } } });
  const list = await call('POST', '/crm/lists', { token: me.token, data: { name: 'News', slug: 'news' } });
  expect(list.status).toBe(201);
  const added = await call('POST', '/crm/lists/news/members', { token: me.token, data: { members: [{ contactId: created.body.data.id, data: { order: { trackingNumber: 'X1' } } }] } });
  expect(added.body.data).toEqual({ added: 1, updated: 0 });
  expect((await call('DELETE', '/crm/lists/news/members', { token: me.token, data: { contactIds: [created.body.data.id] } })).body.data).toEqual({ removed: 1 });
  expect((await call('DELETE', `/crm/contacts/${created.body.data.id}`, { token: me.token })).status).toBe(204);
  expect((await call('GET', `/crm/contacts/${created.body.data.id}`, { token: me.token })).status).toBe(404);
});

test('an unknown path and an unknown service are 404 in JSON, each with the id of its request', async () => {
  for (const path of ['/broadcast/a/b/c', '/nothing', '/org-management/services/fax/agreement']) {
    const { status, body, headers } = await call('GET', path, { token: me.token });
    expect([status, body.code, body.requestId]).toEqual([404, 'not_found', headers.get('x-request-id')]);
  }
});

test('what we did not expect is 500 and tells nothing', async () => {
  const broken = globalThis as { hailerDatabase?: Db };
  broken.hailerDatabase = { ...db, transaction: () => Promise.reject(new Error('password=hunter2 at 10.0.0.1')) } as unknown as Db;
  const { status, body } = await call('GET', '/broadcast', { token: me.token });
  broken.hailerDatabase = db;
  expect([status, body.code]).toEqual([500, 'internal_error']);
  expect(JSON.stringify(body)).not.toMatch(/hunter2|10\.0|stack/);
});
