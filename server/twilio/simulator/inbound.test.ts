import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication, until } from '#server/twilio/simulator/test-application.ts';

const NUMBER = '+14155551234';
const PERSON = '+12025550143';
let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;
let twiml = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

beforeEach(async () => {
  application = await startApplication(() => ({ status: 200, body: twiml }));
  simulator = await startSimulator({ speed: 100 });
  twiml = '<Response/>';
  await client().messaging.v1.services(DEMO_ACCOUNT.messagingServiceSid).update({ inboundRequestUrl: `${application.url}/sms?orgid=1` });
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

const client = () => sdkOf(simulator.url, DEMO_ACCOUNT);
const send = () => client().messages.create({ to: PERSON, body: 'Hello', messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid });

async function text(body: string, to = NUMBER) {
  const answer = await fetch(`${simulator.url}/_sim/inbound`, { method: 'POST', body: JSON.stringify({ from: PERSON, to, body }) });
  return (await answer.json()) as { messageSid: string; autoReplySid: string | null; optOutType: string | null; replySids: string[] };
}

test('P73: a text reaches the webhook of the service, signed, with all its parameters', async () => {
  const { messageSid } = await text('Where is my order? 👋');
  const webhook = application.received[0];
  expect(webhook?.form).toMatchObject({ MessageSid: messageSid, From: PERSON, To: NUMBER, Body: 'Where is my order? 👋', NumMedia: '0', FromCity: '' });
  expect(webhook?.form.OptOutType).toBeUndefined();
  const signature = webhook?.headers['x-twilio-signature'] ?? '';
  expect(twilio.validateRequest(DEMO_ACCOUNT.authToken, signature, application.url + webhook?.url, webhook?.form ?? {})).toBe(true);
});

test('P36: Twilio answers STOP itself, the webhook still hears of it, and later sends fail 21610', async () => {
  const { autoReplySid } = await text(' Stop ');
  expect(application.received[0]?.form).toMatchObject({ Body: ' Stop ', OptOutType: 'STOP' });
  const reply = await client().messages(autoReplySid ?? '').fetch();
  expect(reply).toMatchObject({ direction: 'outbound-reply', to: PERSON, from: NUMBER });
  expect(reply.body).toContain('successfully been unsubscribed');
  const { sid } = await send();
  await until(async () => (await client().messages(sid).fetch()).status === 'failed', 'the refusal');
  expect(await client().messages(sid).fetch()).toMatchObject({ errorCode: 21610 });
  await expect(client().messages.create({ to: PERSON, body: 'Hello', from: NUMBER })).rejects.toMatchObject({ code: 21610, status: 400 });
});

test('P36: START lifts the opt-out', async () => {
  await text('STOP');
  expect(await text('unstop')).toMatchObject({ optOutType: 'START' });
  const { sid } = await send();
  await until(() => simulator.state.messages.get(sid)?.steps.length === 0, 'the end');
  expect(simulator.state.messages.get(sid)?.errorCode).not.toBe(21610);
});

test('P38: only a whole message is a keyword', async () => {
  expect(await text('please stop')).toMatchObject({ optOutType: null, autoReplySid: null });
});

test('P42: HELP is answered by Twilio, unless its answer is switched off', async () => {
  expect((await text('help')).autoReplySid).not.toBeNull();
  const body = JSON.stringify({ accountSid: DEMO_ACCOUNT.accountSid, autoReplies: { HELP: null } });
  await fetch(`${simulator.url}/_sim/config`, { method: 'POST', body });
  expect(await text('HELP')).toMatchObject({ optOutType: 'HELP', autoReplySid: null });
});

test('a TwiML answer becomes a message to the person', async () => {
  twiml = '<Response><Message>Fish &amp; chips &lt;3</Message><Message><Body>Second</Body></Message></Response>';
  const { replySids } = await text('menu');
  const bodies = await Promise.all(replySids.map(async (sid) => (await client().messages(sid).fetch()).body));
  expect(bodies).toEqual(['Fish & chips <3', 'Second']);
});

test('a number outside every service uses its own URL and opts out by itself', async () => {
  const tollFree = DEMO_ACCOUNT.numbers[2];
  await client().incomingPhoneNumbers(tollFree?.sid ?? '').update({ smsUrl: `${application.url}/number` });
  await text('STOP', tollFree?.phoneNumber);
  expect(application.received[0]).toMatchObject({ url: '/number' });
  expect(application.received[0]?.form.OptOutType).toBeUndefined();
  await expect(client().messages.create({ to: PERSON, body: 'x', from: tollFree?.phoneNumber ?? '' })).rejects.toMatchObject({ code: 21610 });
  expect((await send()).status).toBe('accepted');
});

test('P37: an opt-out recorded through the Consent API counts like a STOP', async () => {
  const item = {
    contact_id: PERSON,
    correlation_id: '0'.repeat(32),
    sender_id: DEMO_ACCOUNT.messagingServiceSid,
    status: 'opt-out',
    source: 'website',
  };
  const answer = await client().accounts.v1.bulkConsents.create({ items: [item] });
  expect(answer.items).toEqual([{ correlation_id: '0'.repeat(32), error_code: 0, error_messages: [] }]);
  const { sid } = await send();
  await until(() => simulator.state.messages.get(sid)?.errorCode === 21610, 'the refusal');
});
