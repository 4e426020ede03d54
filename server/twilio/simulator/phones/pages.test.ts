import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, until } from '#server/twilio/simulator/test-application.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 100 });
});
afterAll(() => simulator.close());

const page = async (path: string) => (await fetch(simulator.url + path)).text();
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(simulator.url + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers });

function send(to: string, body: string) {
  return sdkOf(simulator.url, DEMO_ACCOUNT).messages.create({ to, body, messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid });
}

test('a phone shows the exact text of its messages, and never as markup', async () => {
  await send('+12025550101', '<img src=x onerror="alert(1)"> & "you"\nnext line');
  const shown = await page('/?phone=%2B12025550101');
  expect(shown).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62; &#38; &#34;you&#34;\nnext line');
  expect(shown).not.toContain('<img');
});

test('the newest phone stands first and search finds parts of a number', async () => {
  await send('+12025550102', 'second');
  const all = await page('/');
  expect(all.indexOf('phone-+12025550102')).toBeLessThan(all.indexOf('phone-+12025550101'));
  const found = await page('/?q=50101');
  expect(found).toContain('phone-+12025550101');
  expect(found).not.toContain('phone-+12025550102');
});

test('P36: STOP in the reply box shows the automatic answer', async () => {
  await send('+12025550103', 'Hello');
  const answer = await post('/reply', { from: '+12025550103', to: '+14155551234', body: 'STOP' });
  expect(answer.status).toBe(303);
  await until(async () => (await page('/?phone=%2B12025550103')).includes('successfully been unsubscribed'), 'the answer');
});

test('New account makes an account whose credentials work', async () => {
  await post('/accounts', {});
  const account = [...simulator.state.accounts.values()].at(-1);
  expect(await page('/accounts')).toContain(account?.authToken);
  const authorization = `Basic ${Buffer.from(`${account?.sid}:${account?.authToken}`).toString('base64')}`;
  const answer = await fetch(`${simulator.url}/2010-04-01/Accounts/${account?.sid}.json`, { headers: { authorization } });
  expect(answer.status).toBe(200);
});

test('the faults form changes the configuration, and another web site cannot send it', async () => {
  const form = { speed: '100', latencyMs: '0', priceDelaySeconds: '5', 'mix.30003': '50', 'fault.loseCallback': '12.5' };
  expect((await post('/faults', form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await post('/faults', form)).headers.get('location')).toBe('/faults?saved=1');
  expect(simulator.state.config.all).toMatchObject({ priceDelaySeconds: 5, resultMix: { 30003: 0.5 }, faults: { loseCallback: 0.125 } });
  const wrong = await post('/faults', { ...form, speed: '0' });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('speed must be a number of at least 0.001');
});

test('a WhatsApp template shows its parts as text, and a tapped button comes back as the answer of the person', async () => {
  const contents = sdkOf(simulator.url, DEMO_ACCOUNT).content.v1.contents;
  const card = { header_text: 'Order', body: 'Is <b>{{1}}</b> right for you, or not?', footer: 'Shop', actions: [{ type: 'QUICK_REPLY', title: 'Yes & no', id: 'yes' }, { type: 'URL', title: 'See', url: 'https://shop.example/' }] };
  const content = { friendly_name: 'Order', language: 'en', variables: { 1: 'noon' }, types: { 'whatsapp/card': card } } as unknown as Parameters<typeof contents.create>[0];
  const { sid } = await contents.create(content);
  await fetch(`${simulator.url}/_sim/approvals`, { method: 'POST', body: JSON.stringify({ sid, status: 'approved' }) });
  await fetch(`${simulator.url}/_sim/config`, { method: 'POST', body: JSON.stringify({ resultMix: {} }) });
  const { sid: messageSid } = await sdkOf(simulator.url, DEMO_ACCOUNT).messages.create({ to: 'whatsapp:+447400123456', from: 'whatsapp:+14155551234', contentSid: sid, contentVariables: '{"1":"<i>ten</i>"}' });
  await until(() => ['delivered', 'read'].includes(simulator.state.messages.get(messageSid)?.status ?? ''), 'the delivery');
  const shown = await page('/?phone=%2B447400123456');
  expect(shown).toContain('Is &#60;b&#62;&#60;i&#62;ten&#60;/i&#62;&#60;/b&#62; right for you, or not?');
  expect(shown).toContain('closed: only templates arrive');
  expect(shown).toContain('value="Yes &#38; no"');
  const tap = { from: '+447400123456', to: 'whatsapp:+14155551234', buttonText: 'Yes & no', buttonPayload: 'yes', repliedSid: messageSid };
  expect((await post('/reply', tap)).status).toBe(303);
  await until(async () => (await page('/?phone=%2B447400123456')).includes('open until'), 'the open window');
  expect(simulator.state.messages.phone('+447400123456')?.messages.at(-1)).toMatchObject({ from: 'whatsapp:+447400123456', body: 'Yes & no', direction: 'inbound' });
});

test('P59: a template is rejected by hand on its page', async () => {
  const contents = sdkOf(simulator.url, DEMO_ACCOUNT).content.v1.contents;
  const { sid } = await contents.create({ friendly_name: '<b>Sale</b>', language: 'en', types: { 'twilio/text': { body: 'Everything is cheaper <today>.' } } } as unknown as Parameters<typeof contents.create>[0]);
  await contents(sid).approvalCreate.create({ name: 'sale', category: 'MARKETING' } as never);
  await fetch(`${simulator.url}/_sim/approvals`, { method: 'POST', body: JSON.stringify({ sid, status: 'pending' }) });
  expect(await page('/templates')).toContain('Everything is cheaper &#60;today&#62;.');
  expect((await post('/templates', { sid, status: 'rejected' })).status).toBe(303);
  expect((await contents(sid).approvalFetch().fetch()).whatsapp).toMatchObject({ status: 'rejected', rejection_reason: expect.stringContaining('INCORRECT_CATEGORY') });
  expect((await post('/templates', { sid: 'HX0', status: 'rejected' })).status).toBe(400);
});

test('P75: somebody who never got a message writes first, with a picture and a name, also when their number is not shown', async () => {
  expect((await post('/reply', { from: 'ID.4566546130240823', to: 'whatsapp:+14155551234', body: '', media: 'image/jpeg', profileName: 'Zoë' })).headers.get('location')).toBe('/?phone=ID.4566546130240823');
  const shown = await page('/?phone=ID.4566546130240823');
  const address = /href="(\/_media\/ME[0-9a-f]{32})"/.exec(shown)?.[1] ?? '';
  expect((await fetch(simulator.url + address)).headers.get('content-type')).toBe('image/png');
  expect((await post('/reply', { from: 'nobody', to: 'whatsapp:+14155551234', body: 'Hi' })).status).toBe(400);
});
