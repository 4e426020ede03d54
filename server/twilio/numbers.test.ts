import { afterAll, expect, test, vi } from 'vitest';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';
import { addToService, buyNumber, findOwnedNumber, readNumberPrices, readNumbersForSale, releaseOwnedNumber, removeFromService, setNumberInboundUrl } from './numbers.ts';

const simulator = await startSimulator();
for (const [name, value] of Object.entries({ DATABASE_URL: 'postgres://unused', AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), TWILIO_BASE_URL: simulator.url, PUBLIC_URL: 'https://sms.example' })) vi.stubEnv(name, value);
afterAll(() => simulator.close());

function account() {
  const { accountSid, apiKeySid, apiKeySecret, messagingServiceSid } = credentialsOf(createAccount(simulator.state, {}));
  return { keys: { accountSid, username: apiKeySid, password: apiKeySecret }, serviceSid: messagingServiceSid };
}

test('P8: numbers for sale come with place, capabilities and what Twilio asks for; a type that is not sold is a 404', async () => {
  const { keys } = account();
  expect(await readNumbersForSale(keys, { country: 'US', type: 'local', areaCode: '415', mms: true })).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({ place: 'San Francisco, CA', country: 'US', type: 'local', sms: true, mms: true, addressRequired: 'none' })]) });
  expect(await readNumbersForSale(keys, { country: 'GB', type: 'local' })).toEqual({ ok: true, value: [] }); // none of them can text
  expect(await readNumbersForSale(keys, { country: 'US', type: 'mobile' })).toMatchObject({ ok: false, status: 404 });
});

test('P8: the price is what Twilio says for this account, per type', async () => {
  expect(await readNumberPrices(account().keys, 'US')).toEqual({ ok: true, value: { currency: 'USD', byType: { local: '1.15', toll_free: '2.15' } } });
});

test('P8: a number is bought with its inbound URL, joins a service once, leaves it, takes another URL and is released', async () => {
  const { keys, serviceSid } = account();
  const offers = await readNumbersForSale(keys, { country: 'US', type: 'toll_free' });
  const phoneNumber = offers.ok ? offers.value[0]!.phoneNumber : '';
  const bought = await buyNumber(keys, phoneNumber, 'https://sms.example/in');
  const sid = bought.ok ? bought.value.sid : '';
  expect(bought).toMatchObject({ ok: true, value: { phoneNumber, inboundUrl: 'https://sms.example/in' } });
  expect(await buyNumber(account().keys, phoneNumber, '')).toMatchObject({ ok: false, code: 21422 });
  expect([await addToService(keys, serviceSid, sid), await addToService(keys, serviceSid, sid)]).toMatchObject([{ ok: true }, { ok: false, code: 21710 }]);
  expect(await setNumberInboundUrl(keys, sid, 'https://sms.example/other')).toEqual({ ok: true, value: null });
  expect(await findOwnedNumber(keys, phoneNumber)).toMatchObject({ ok: true, value: { sid, inboundUrl: 'https://sms.example/other' } });
  expect([await removeFromService(keys, serviceSid, sid), await releaseOwnedNumber(keys, sid)]).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await findOwnedNumber(keys, phoneNumber)).toEqual({ ok: true, value: null });
});
