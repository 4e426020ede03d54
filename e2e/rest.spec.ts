import { readFile } from 'node:fs/promises';
import type { BroadcastView, ReportView } from '#server/domain/broadcast/schema.ts';
import { arrivals, expect, ok, okPage, organization, test } from './fixtures.ts';

const source = (await readFile(new URL('../server/api/rest/fixtures/source-examples.json.txt', import.meta.url), 'utf8')).split('---')[0] ?? '';

test('P13 P25-P30 P34 P84: a program does the same by REST: contacts, draft, 402, agreement, send, deliveries, report, usage', async ({ request, baseURL }) => {
  const { rest, twilio } = await organization('Program');
  const strangers = await request.post('/broadcast', { headers: { 'content-type': 'application/json' }, data: source });
  expect(strangers.status()).toBe(401);
  expect(await strangers.json()).toMatchObject({ statusCode: 401, code: 'missing_authorization_header' });

  await ok(rest('POST', '/crm/lists', { name: 'SMS promotions', slug: 'sms-promotions' }));
  const phones = Array.from({ length: 25 }, (_, i) => `+120255508${String(i).padStart(2, '0')}`);
  for (const [i, phone] of phones.entries()) await ok(rest('POST', '/crm/contacts', { phone, firstName: `Person ${i}`, lists: ['sms-promotions'] }));

  // P13 byte for byte, but for the number: every simulated account has its own.
  const draft = JSON.parse(source.replace('+14155551234', twilio.numbers[0]?.phoneNumber ?? '')) as { data: object };
  const created = await rest('POST', '/broadcast', draft.data);
  expect(created).toMatchObject({ status: 201, body: { data: { name: 'March promo', status: 'draft', channel: 'sms', type: 'sms' } } });
  const { id } = (created.body as { data: BroadcastView }).data;

  const preview = await ok(rest('POST', `/broadcast/${id}/preview`));
  expect(preview).toMatchObject({ total: 25, recipients: 25, segments: { total: 25 } });

  const refused = await rest('POST', `/broadcast/${id}/send`);
  expect(refused).toMatchObject({ status: 402, body: { statusCode: 402, code: 'agreement_required', service: 'bulk-sms' } });
  expect((await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).status).toBe('draft');
  expect((await arrivals(twilio)).count).toBe(0);

  await ok(rest('POST', '/org-management/services/bulk-sms/agreement/accept'));
  const sent = await rest('POST', `/broadcast/${id}/send`, undefined, { 'idempotency-key': 'march-1' });
  expect(sent).toMatchObject({ status: 202, body: { data: { broadcastId: id, status: 'sending', total: 25 } } });
  expect(await rest('POST', `/broadcast/${id}/send`, undefined, { 'idempotency-key': 'march-1' })).toMatchObject({ status: 202, body: sent.body });
  expect(await rest('POST', `/broadcast/${id}/send`)).toMatchObject({ status: 409, body: { code: 'invalid_state' } });

  await expect.poll(async () => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).counts.delivered, { timeout: 60_000 }).toBe(25);
  expect([...(await arrivals(twilio)).to].sort()).toEqual(phones);
  const deliveries = await okPage(rest('GET', `/broadcast/${id}/deliveries?ps=200&status=delivered`));
  expect(deliveries.total).toBe(25);
  expect(deliveries.data[0]).toMatchObject({ broadcastId: id, channel: 'sms', method: 'sms', status: 'delivered', segments: 1, providerMessageId: expect.stringMatching(/^SM[0-9a-f]{32}$/) });

  // P84: the ledger has every message once, and its sum is the report's.
  const ledger = () => okPage<{ amount: string }>(rest('GET', `/usage/history/bulk-sms?broadcastId=${id}&ps=200`));
  await expect.poll(async () => (await ledger()).total, { timeout: 60_000 }).toBe(25);
  const sum = (await ledger()).data.reduce((total, { amount }) => total + Math.round(Number(amount) * 1e6), 0) / 1e6;
  const report = await ok<ReportView>(rest('GET', `/broadcast/${id}/report`));
  expect(Number(report.cost.settled[0]?.settled)).toBeCloseTo(Math.abs(sum), 6);
  const today = new Date().toISOString().slice(0, 10);
  const usage = await ok(rest('GET', `/usage/stats?from=${today}&to=${today}`));
  expect(JSON.stringify(usage)).toContain('USD');

  const other = await organization('Other Program');
  expect((await other.rest('GET', `/broadcast/${id}`)).status, 'P26: another organisation sees nothing').toBe(404);
  expect((await fetch(`${baseURL}/broadcast/${id}`, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
});
