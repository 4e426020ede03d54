import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { inSystem, rows } from '#db/index.ts';
import { sql } from 'drizzle-orm';
import { receiveTemplateEvents } from '#server/api/template-webhook.ts';
import type { Context } from '#server/context.ts';
import { checkTemplates } from '#server/domain/template/check.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { readTemplate, readVersion } from '#server/domain/template/read.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { connectEvents } from '#server/domain/twilio-account/connect-events.ts';
import { readTwilioAccount } from '#server/domain/twilio-account/read.ts';
import { env } from '#server/env.ts';
import { approvalEvent, eventRequest, later, PUBLIC_URL, templateHouse } from '#server/domain/template/template.fixture.ts';

const { db, organization, advance } = await templateHouse();
/** The parsed environment itself: this file is the only one that reads it in its process. */
const environment = env();

async function submitted(name = 'order_shipped') {
  const house = await organization();
  const version = await submitTemplate(house.ctx, await createTemplate(house.ctx, { name, content: { body: 'Hi {{firstName}}, your order has left our house and will be with you soon.' }, variables: { firstName: { sample: 'Ann', fallback: '' } } }));
  const event = (type: 'status_update' | 'category_update', value: string, seconds = 0) => approvalEvent(house.account.accountSid, version.contentSid!, type, value, new Date(Date.now() + seconds * 1_000));
  return { ...house, version, event, push: async (...events: unknown[]) => (await receiveTemplateEvents(eventRequest(house.account.authToken, events))).status };
}
const statesOf = async (ctx: Context, templateId: string) => (await readTemplate(ctx, { templateId })).events.toReversed().map(({ after, source }) => `${after} (${source})`);

test('P59: an event moves the version; the same event again, or one of a content that is not known, changes nothing', async () => {
  const { ctx, account, version, event, push } = await submitted();
  const approved = event('status_update', 'APPROVED');
  expect(await push(approved)).toBe(204);
  expect(await push(approved, approved)).toBe(204);
  expect(await push(approvalEvent(account.accountSid, `HX${'0'.repeat(32)}`, 'status_update', 'rejected', new Date()))).toBe(204);
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'approved', statusSource: 'event', decidedAt: expect.any(String) });
  expect(await statesOf(ctx, version.templateId)).toEqual(['received (here)', 'approved (event)']);
});

test('events in any order: an older one never overwrites what is known, and asks for a read', async () => {
  const { ctx, version, event, push } = await submitted();
  await inSystem(db, (tx) => tx.execute(sql`update template_version set checked_at = now() - interval '1 hour' where id = ${version.id}`));
  const [pending, approved] = [event('status_update', 'pending', -2), event('status_update', 'approved', -1)];
  expect(await push(approved)).toBe(204);
  expect(await push(pending)).toBe(204);
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'approved' });
  expect((await statesOf(ctx, version.templateId)).toSorted()).toEqual(['approved (event)', 'received (here)']);
  expect(Date.parse((await readVersion(ctx, version)).nextCheckAt!)).toBeLessThanOrEqual(Date.now());
});

test('events whose times are ahead of our clock come in any order too: a decision is not taken back by what was before it, and the read that follows has the last word', async () => {
  const { ctx, version, event, push } = await submitted();
  advance(10);
  for (const value of ['approved', 'pending']) expect(await push(event('status_update', value, value === 'approved' ? 10 : 3))).toBe(204);
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'approved' });
  await checkTemplates(later(ctx, 1_000));
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'approved' });
});

test('a refusal by event has its reason from the read that follows', async () => {
  const { ctx, version, event, push } = await submitted('order_reject');
  advance(10);
  expect(await push(event('status_update', 'rejected'))).toBe(204);
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'rejected', rejectionReason: null });
  await checkTemplates(later(ctx, 6_000));
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'rejected', rejectionReason: expect.stringContaining('INCORRECT_CATEGORY'), nextCheckAt: null });
});

test('D7: a category of Meta by event is shown; a word that nobody knows is read up', async () => {
  const { ctx, version, event, push } = await submitted();
  expect(await push(event('category_update', 'MARKETING'))).toBe(204);
  expect(await readVersion(ctx, version)).toMatchObject({ category: 'utility', grantedCategory: 'marketing', status: 'received' });
  expect(await push(event('status_update', 'FLAGGED'))).toBe(204);
  expect(Date.parse((await readVersion(ctx, version)).nextCheckAt!)).toBeLessThanOrEqual(Date.now());
});

test.each([
  ['another token', (token: string, events: unknown[]) => eventRequest('f'.repeat(token.length), events)],
  ['no signature', (token: string, events: unknown[]) => { const request = eventRequest(token, events); request.headers.delete('x-twilio-signature'); return request; }],
  ['another body under the same signature', (token: string, events: unknown[]) => { const request = eventRequest(token, []); return new Request(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify(events) }); }],
  ['a body that is not bound to the signature', (token: string, events: unknown[]) => { const request = eventRequest(token, events); return new Request(request.url.replace(/bodySHA256=\w+/, ''), { method: 'POST', headers: request.headers, body: JSON.stringify(events) }); }],
  ['no list', (token: string) => eventRequest(token, { data: {} })],
  ['an empty list', (token: string) => eventRequest(token, [])],
  ['another organisation in the URL', (token: string, events: unknown[]) => eventRequest(token, events, '/connect/webhook/twilio/events?orgid=00000000-0000-4000-8000-000000000000')],
])('D2: %s is 403, and nothing is stored', async (_, requestOf) => {
  const { ctx, account, version, event } = await submitted();
  const answer = await receiveTemplateEvents(requestOf(account.authToken, [event('status_update', 'approved')]));
  expect(answer.status).toBe(403);
  expect(await readVersion(ctx, version)).toMatchObject({ status: 'received' });
});

test('events of two accounts in one body are refused: one signature cannot speak for both', async () => {
  const [mine, theirs] = [await submitted(), await submitted()];
  const request = eventRequest(mine.account.authToken, [mine.event('status_update', 'approved'), theirs.event('status_update', 'rejected')]);
  expect((await receiveTemplateEvents(request)).status).toBe(403);
  const found = await inSystem(db, (tx) => rows<{ status: string }>(tx, sql`select status from template_version where id in (${mine.version.id}, ${theirs.version.id})`));
  expect(found.map(({ status }) => status)).toEqual(['received', 'received']);
});

test('D2: Twilio is asked once to push; what the simulator then sends is taken here as it is signed', async () => {
  const server = createServer((request, response) => { void received(request).then((status) => response.writeHead(status).end()); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  environment.PUBLIC_URL = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  onTestFinished(() => { environment.PUBLIC_URL = PUBLIC_URL; });
  const { ctx, sdk, version } = await submitted('order_recat');
  expect(await readTwilioAccount(ctx)).toMatchObject({ pushesTemplates: false });
  expect(await connectEvents(ctx)).toMatchObject({ pushesTemplates: true });
  await connectEvents(ctx);
  expect([await sdk.events.v1.sinks.list(), await sdk.events.v1.subscriptions.list()]).toEqual([[expect.anything()], [expect.anything()]]);
  advance(10);
  await expect.poll(() => readVersion(ctx, version), { timeout: 15_000 }).toMatchObject({ status: 'approved', grantedCategory: 'marketing', statusSource: 'event' });
});

async function received(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = { 'x-twilio-signature': String(request.headers['x-twilio-signature']) };
  return (await receiveTemplateEvents(new Request(`http://10.0.0.5:3000${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) }))).status;
}

test('an installation that Twilio cannot reach goes on reading', async () => {
  const { ctx } = await organization();
  environment.PUBLIC_URL = 'http://hailer.local';
  const twilio = environment.TWILIO_BASE_URL;
  environment.TWILIO_BASE_URL = undefined;
  onTestFinished(() => { Object.assign(environment, { PUBLIC_URL, TWILIO_BASE_URL: twilio }); });
  await expect(connectEvents(ctx)).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('https') });
});
