import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication } from '#server/twilio/simulator/test-application.ts';

const SENDER = 'whatsapp:+14155551234';
let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;
beforeEach(async () => {
  application = await startApplication(() => ({ status: 200, body: '<Response/>' }));
  simulator = await startSimulator({ speed: 100 });
  await sdkOf(simulator.url, DEMO_ACCOUNT).messaging.v1.services(DEMO_ACCOUNT.messagingServiceSid).update({ inboundRequestUrl: `${application.url}/sms` });
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

const control = async (path: string, body: object) => (await fetch(`${simulator.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<{ messageSid: string }>;
const write = (body: object) => control('inbound', { from: 'whatsapp:+447400123456', to: SENDER, ...body });
const forms = () => application.received.map(({ form }) => form);

test('P75: a file that a person sends is served at the address of its webhook: by the account’s keys, over a redirect, from a store without any', async () => {
  await write({ files: [{ contentType: 'image/png', data: Buffer.from('bytes').toString('base64') }, { contentType: 'application/pdf' }] });
  const [form] = forms();
  expect(form).toMatchObject({ NumMedia: '2', MessageType: 'image', Body: '', MediaContentType0: 'image/png', MediaContentType1: 'application/pdf' });
  const address = new URL(form?.MediaUrl0 ?? '');
  expect([address.origin, form?.MessageSid?.slice(0, 2)]).toEqual(['https://api.twilio.com', 'MM']);
  const get = (path: string, authorization?: string) => fetch(simulator.url + path, { redirect: 'manual', headers: authorization ? { authorization } : {} });
  const key = `Basic ${btoa(`${DEMO_ACCOUNT.apiKeySid}:${DEMO_ACCOUNT.apiKeySecret}`)}`;
  expect((await get(address.pathname)).status).toBe(401);
  const moved = await get(address.pathname, key);
  expect(moved.status).toBe(307);
  const file = await get(moved.headers.get('location') ?? '');
  expect([file.headers.get('content-type'), await file.text()]).toEqual(['image/png', 'bytes']);
  const sample = await get((await get(new URL(form?.MediaUrl1 ?? '').pathname, key)).headers.get('location') ?? '');
  expect(await sample.text()).toMatch(/^%PDF/);
  expect((await get(`${address.pathname.slice(0, -4)}0000`, key)).status).toBe(404);
});

test('somebody whose number is not shown, a place, a message that was passed on', async () => {
  await control('inbound', { from: 'whatsapp:ID.4566546130240823', to: SENDER, body: 'Hi', profileName: 'Zoë' });
  await write({ location: { latitude: 37.78, longitude: -122.4, label: 'Office' }, externalUserId: 'US.123' });
  await write({ body: 'Look', isForwarded: true });
  expect(forms()).toMatchObject([
    { From: 'whatsapp:ID.4566546130240823', ExternalUserId: 'whatsapp:ID.4566546130240823', ProfileName: 'Zoë' },
    { From: 'whatsapp:+447400123456', WaId: '447400123456', ExternalUserId: 'whatsapp:US.123', MessageType: 'location', Latitude: '37.78', Longitude: '-122.4', Label: 'Office' },
    { Forwarded: 'true' },
  ]);
});

test('P75: one message is told several times at once, once more later, and late so that a later one overtakes it', async () => {
  const { messageSid } = await write({ body: 'First', times: 3 });
  await control('inbound/again', { messageSid });
  expect(forms().map(({ MessageSid }) => MessageSid)).toEqual([messageSid, messageSid, messageSid, messageSid]);
  expect(new Set(application.received.map(({ headers }) => headers['x-twilio-signature'])).size).toBe(1);
  const late = write({ body: 'Late', delaySeconds: 20 });
  await write({ body: 'Later' });
  await late;
  expect(forms().slice(4).map(({ Body }) => Body)).toEqual(['Later', 'Late']);
});

test('as faults: each message twice, and late', async () => {
  await control('config', { faults: { duplicateInbound: 1, delayInbound: 1 } });
  await write({ body: 'Hi' });
  expect(forms()).toHaveLength(2);
});
