import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent',
}));

import { addMember, createContact, createList, createOrganization } from '#db/factories.ts';
import type { Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { issueToken } from '#server/domain/user/issue-token.ts';
import { visit } from '#server/auth.ts';
import { handle } from './app.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

async function office() {
  const { id, owner } = await createOrganization(db);
  const { token } = await issueToken(visit(new Headers()), owner);
  return { id, call: async (method: string, path: string, data?: unknown) => {
    const response = await handle(new Request(`http://localhost:3000${path}`, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, ...(data === undefined ? {} : { body: JSON.stringify({ data }) }) }));
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  } };
}

const vips = { groups: [{ match: 'all', conditions: [{ kind: 'tag', operator: 'has', tag: 'vip' }] }] };
const noVips = { groups: [{ match: 'all', conditions: [{ kind: 'tag', operator: 'has_not', tag: 'vip' }] }] };

test('a filter is saved, listed, counted, changed and deleted over REST', async () => {
  const { id, call } = await office();
  for (const tags of [['vip'], ['vip'], []]) await createContact(db, id, { tags });
  const made = await call('POST', '/crm/filters', { name: 'VIPs', definition: vips });
  expect(made).toMatchObject({ status: 201, body: { data: { name: 'VIPs', people: 2, reachable: 2, definition: vips } } });
  const path = `/crm/filters/${made.body.data.id}`;
  expect(await call('GET', '/crm/filters')).toMatchObject({ status: 200, body: { total: 1, data: [made.body.data] } });
  expect((await call('POST', '/crm/filters/count', { definition: noVips })).body.data).toMatchObject({ people: 1, reachable: 1, sample: [{ name: 'Ann' }] });
  expect(await call('PATCH', path, { name: 'Others', definition: noVips })).toMatchObject({ status: 200, body: { data: { name: 'Others', people: 1 } } });
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', path)).status).toBe(404);
});

test('P24: a broadcast to chosen numbers, read in any usual form, each once; an unknown number becomes a contact', async () => {
  const { call } = await office();
  const made = await call('POST', '/broadcast', { broadcastName: 'Two people', channel: 'sms', content: 'Hi', recipientMethod: 'numbers', selectedNumbers: ['(202) 555-0143', '+1 202 555 0144', '+12025550143'] });
  expect(made).toMatchObject({ status: 201, body: { data: { recipientMethod: 'numbers', selectedNumbers: ['+12025550143', '+12025550144'] } } });
  const path = `/broadcast/${made.body.data.id}`;
  expect((await call('POST', `${path}/preview`)).body.data).toMatchObject({ total: 2, recipients: 2 });
  expect((await call('PATCH', path, { selectedNumbers: ['+12025550143'] })).body.data.selectedNumbers).toEqual(['+12025550143']);
  expect(await call('PATCH', path, { selectedNumbers: ['12'] })).toMatchObject({ status: 422, body: { code: 'validation_failed', details: [{ field: 'selectedNumbers' }] } });
  expect((await call('GET', '/crm/contacts')).body.total).toBe(2);
});

test('a broadcast to a filter without those of a list and of another filter: the lines add up', async () => {
  const { id, call } = await office();
  const filter = async (name: string, definition: unknown) => (await call('POST', '/crm/filters', { name, definition })).body.data.id as string;
  const [all, chosen] = [await filter('Everybody', { groups: [] }), await filter('VIPs', vips)];
  await createList(db, id, { slug: 'blocked' }).then(async (list) => addMember(db, id, list.id, (await createContact(db, id)).id));
  for (const values of [{ tags: ['vip'] }, {}, {}, { optedOut: true }, { phone: null }]) await createContact(db, id, values);
  const made = await call('POST', '/broadcast', { broadcastName: 'Filtered', channel: 'sms', content: 'Hi', recipientMethod: 'filter', selectedFilter: all, excludedLists: ['blocked'] });
  expect(made.body.data).toMatchObject({ recipientMethod: 'filter', selectedFilter: all, excludedLists: ['blocked'], selectedLists: [], excludedFilter: null });
  const path = `/broadcast/${made.body.data.id}`;
  const waterfall = async () => (await call('POST', `${path}/preview`)).body.data.waterfall.map(({ key, count }: { key: string; count: number }) => [key, count]);
  expect(await waterfall()).toEqual([['members', 6], ['excluded', -1], ['noPhone', -1], ['optedOut', -1], ['recipients', 3]]);
  expect((await call('PATCH', path, { excludedFilter: chosen })).body.data.excludedFilter).toBe(chosen);
  expect(await waterfall()).toEqual([['members', 6], ['excluded', -2], ['noPhone', -1], ['optedOut', -1], ['recipients', 2]]);
  expect(await call('DELETE', `/crm/filters/${chosen}`)).toMatchObject({ status: 409, body: { code: 'invalid_state', message: expect.stringContaining('‘Filtered’ (draft)') } });
  expect((await call('PATCH', path, { excludedFilter: null, excludedLists: [] })).body.data).toMatchObject({ excludedFilter: null, excludedLists: [] });
  expect(await waterfall()).toEqual([['members', 6], ['noPhone', -1], ['optedOut', -1], ['recipients', 4]]);
});

test('a ceiling that would be passed stands among the checks before the send', async () => {
  const { id, call } = await office();
  for (let n = 0; n < 3; n++) await createContact(db, id);
  const made = await call('POST', '/broadcast', { broadcastName: 'Capped', channel: 'sms', content: 'Hi', recipientMethod: 'all', recipientCeiling: 2 });
  const checks = async () => (await call('POST', `/broadcast/${made.body.data.id}/preview`)).body.data.checks.filter(({ name }: { name: string }) => name === 'Recipients');
  expect(await checks()).toMatchObject([{ status: 'block', code: 'recipient_ceiling', detail: expect.stringMatching(/3 people.* 2\./) }]);
  await call('PATCH', `/broadcast/${made.body.data.id}`, { recipientCeiling: 3 });
  expect(await checks()).toMatchObject([{ status: 'pass' }]);
});
