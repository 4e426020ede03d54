import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication, until } from '#server/twilio/simulator/test-application.ts';
import { isWindowOpen } from '#server/twilio/simulator/whatsapp/window.ts';

const SENDER = 'whatsapp:+14155551234';
const PERSON = 'whatsapp:+447400123456';
let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;

beforeEach(async () => {
  application = await startApplication(() => ({ status: 200, body: '<Response/>' }));
  simulator = await startSimulator({ speed: 100 });
  await client().messaging.v1.services(DEMO_ACCOUNT.messagingServiceSid).update({ inboundRequestUrl: `${application.url}/service` });
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

const client = () => sdkOf(simulator.url, DEMO_ACCOUNT);
const xe = DEMO_ACCOUNT.whatsAppSenders[0]?.sid ?? '';

async function write(body: object) {
  const answer = await fetch(`${simulator.url}/_sim/inbound`, { method: 'POST', body: JSON.stringify({ from: PERSON, to: SENDER, ...body }) });
  return { status: answer.status, body: await answer.json() };
}

test('P73: a WhatsApp message reaches the webhook, signed, with the name of the person, and opens their window', async () => {
  expect(isWindowOpen(simulator.state, SENDER, PERSON)).toBe(false);
  await write({ body: 'Where is it?', profileName: 'Ann' });
  const webhook = application.received[0];
  expect(webhook).toMatchObject({ url: '/service', form: { From: PERSON, To: SENDER, Body: 'Where is it?', ProfileName: 'Ann', WaId: '447400123456', MessageType: 'text', NumMedia: '0' } });
  expect(webhook?.form.FromCity).toBeUndefined();
  expect(twilio.validateRequest(DEMO_ACCOUNT.authToken, webhook?.headers['x-twilio-signature'] ?? '', application.url + webhook?.url, webhook?.form ?? {})).toBe(true);
  expect(isWindowOpen(simulator.state, SENDER, PERSON)).toBe(true);
});

test("the sender's own webhook wins over the service's", async () => {
  await client().messaging.v2.channelsSenders(xe).update({ webhook: { callback_url: `${application.url}/sender`, callback_method: 'POST' } as never });
  await write({ body: 'Hi' });
  expect(application.received[0]?.url).toBe('/sender');
});

test('a tapped button says its text and payload, media come with their types', async () => {
  await write({ buttonText: 'Yes please', buttonPayload: 'yes', repliedSid: `SM${'1'.repeat(32)}` });
  await write({ mediaUrls: ['https://files.example/a.pdf', 'https://files.example/b.png'] });
  expect(application.received[0]?.form).toMatchObject({ Body: 'Yes please', ButtonText: 'Yes please', ButtonPayload: 'yes', MessageType: 'button', OriginalRepliedMessageSid: `SM${'1'.repeat(32)}` });
  expect(application.received[1]?.form).toMatchObject({ Body: '', NumMedia: '2', MessageType: 'document', MediaContentType0: 'application/pdf', MediaContentType1: 'image/png' });
});

test('P36: STOP on WhatsApp stops WhatsApp, and not SMS', async () => {
  simulator.state.config.all.resultMix = {};
  expect((await write({ body: 'STOP' })).body).toMatchObject({ optOutType: 'STOP' });
  const { sid } = await client().messages.create({ to: PERSON, from: SENDER, body: 'Hi' });
  await until(() => simulator.state.messages.get(sid)?.errorCode === 63014, 'the refusal');
  const sms = await client().messages.create({ to: '+447400123456', from: '+14155551234', body: 'Hi' });
  await until(() => simulator.state.messages.get(sms.sid)?.status === 'delivered', 'the text');
});

test('from and to must be of one channel', async () => {
  expect(await write({ body: 'Hi', to: '+14155551234' })).toMatchObject({ status: 400 });
});

test('P45: a number of the account becomes a sender, with the limit and quality that Meta gives', async () => {
  const sender = { sender_id: 'whatsapp:+14155555678', webhook: { callback_url: `${application.url}/new` }, profile: { name: 'Shop' } };
  const { sid, status } = await client().messaging.v2.channelsSenders.create(sender as never);
  expect(status).toBe('CREATING');
  await until(async () => (await client().messaging.v2.channelsSenders(sid).fetch()).status === 'ONLINE', 'the sender');
  const limits = async () => (await client().messaging.v2.channelsSenders.list({ channel: 'whatsapp' })).map((one) => (one.properties as unknown as { messagingLimit: string }).messagingLimit);
  expect(await limits()).toEqual(['2K Customers/24hr', '250 Customers/24hr']);
  await fetch(`${simulator.url}/_sim/whatsapp`, { method: 'POST', body: JSON.stringify({ sender: SENDER, messagingLimit: null, quality: 'LOW' }) });
  expect(await limits()).toEqual(['Unlimited Customers/24hr', '250 Customers/24hr']);
  await client().messaging.v2.channelsSenders(sid).remove();
  expect(await limits()).toHaveLength(1);
});

test('a restart keeps windows, tiers, senders and templates; a reset forgets windows, tiers and templates', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'simulator-')), 'state.json');
  const first = await startSimulator({ stateFile });
  const call = (url: string, path: string, body: object) => fetch(`${url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  await call(first.url, 'windows', { sender: SENDER, people: [{ person: PERSON, secondsAgo: 60 }] });
  const contents = sdkOf(first.url, DEMO_ACCOUNT).content.v1.contents;
  const { sid } = await contents.create({ friendly_name: 'Order', language: 'en', types: { 'twilio/text': { body: 'Your order is here.' } } } as unknown as Parameters<typeof contents.create>[0]);
  await contents(sid).approvalCreate.create({ name: 'order', category: 'UTILITY' } as never);
  await sdkOf(first.url, DEMO_ACCOUNT).messages.create({ to: 'whatsapp:+447400123457', from: SENDER, contentSid: sid });
  await first.close();
  const second = await startSimulator({ stateFile });
  try {
    expect(isWindowOpen(second.state, SENDER, PERSON)).toBe(true);
    second.state.clock.advance(20);
    const templateAfter = await sdkOf(second.url, DEMO_ACCOUNT).content.v1.contents(sid).approvalFetch().fetch();
    expect(templateAfter.whatsapp).toMatchObject({ name: 'order', status: 'approved' });
    await call(second.url, 'reset', {});
    expect(isWindowOpen(second.state, SENDER, PERSON)).toBe(false);
    expect(await sdkOf(second.url, DEMO_ACCOUNT).content.v1.contents.list()).toEqual([]);
    expect(second.state.whatsAppSenders.size).toBe(1);
  } finally {
    await second.close();
  }
});
