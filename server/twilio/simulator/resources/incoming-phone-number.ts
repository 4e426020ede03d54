import { createNumber } from '#server/twilio/simulator/account.ts';
import { rfc2822, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import type { PhoneNumber } from '#server/twilio/simulator/model.ts';
import { needsOf, offers } from '#server/twilio/simulator/number-inventory.ts';
import { listEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json';
const ONE = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json';

/** The numbers that an account owns: list (import), buy, configure, release. */
export const incomingPhoneNumberRoutes: ApiRoute[] = [
  { method: 'GET', host: 'api.twilio.com', path: LIST, answer: listNumbers },
  { method: 'POST', host: 'api.twilio.com', path: LIST, answer: buyNumber },
  { method: 'GET', host: 'api.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: showNumber(find(request)) }) },
  { method: 'POST', host: 'api.twilio.com', path: ONE, answer: updateNumber },
  { method: 'DELETE', host: 'api.twilio.com', path: ONE, answer: releaseNumber },
];

function showNumber(number: PhoneNumber) {
  return {
    sid: number.sid,
    account_sid: number.accountSid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    identity_sid: null,
    origin: 'twilio',
    sms_application_sid: null,
    sms_fallback_method: 'POST',
    sms_fallback_url: null,
    sms_method: number.smsMethod,
    sms_url: number.smsUrl || null,
    status: 'in-use',
    status_callback: number.statusCallback || null,
    status_callback_method: 'POST',
    trunk_sid: null,
    type: number.tollFree ? 'toll-free' : number.phoneNumber.startsWith('+447') ? 'mobile' : 'local',
    uri: `/2010-04-01/Accounts/${number.accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: null,
    voice_method: 'POST',
    voice_receive_mode: 'voice',
    voice_url: null,
  };
}

function listNumbers(request: ApiRequest): Reply {
  const { query, account } = request;
  // Twilio matches parts of a number: "415" finds +1415…
  const wanted = query.get('PhoneNumber')?.replace(/[^\d]/g, '') ?? '';
  const friendlyName = query.get('FriendlyName');
  const found = account.numbers.filter(
    (number) => number.phoneNumber.includes(wanted) && (!friendlyName || number.friendlyName === friendlyName),
  );
  return { status: 200, body: listEnvelope(request, 'incoming_phone_numbers', pageOf(request, found, (number) => number.sid), showNumber) };
}

function buyNumber(request: ApiRequest): Reply {
  const { simulator, account, form } = request;
  const phoneNumber = form.get('PhoneNumber') ?? numberIn(request, form.get('AreaCode'));
  if (phoneNumber === '+15005550000') throw new TwilioError(21422, `${phoneNumber} is not available`);
  const needs = phoneNumber === '+15005550001' ? null : needsOf(phoneNumber);
  if (!needs) throw new TwilioError(21421, `${phoneNumber} is not a valid number`);
  if (needs !== 'none' && !form.get('AddressSid')) throw new TwilioError(21615, `Phone Number Requires a Local Address: ${phoneNumber}`);
  if (simulator.numbers.has(phoneNumber)) throw new TwilioError(21422, `${phoneNumber} is not available`);
  const number = createNumber(account.sid, phoneNumber, null, simulator.clock.now());
  change(number, form);
  account.numbers.push(number);
  simulator.numbers.set(phoneNumber, number);
  simulator.revision++;
  return { status: 201, body: showNumber(number) };
}

function numberIn(request: ApiRequest, areaCode: string | null): string {
  if (!areaCode) throw new TwilioError(21404, 'PhoneNumber or AreaCode is required');
  const first = areaCode === '533' ? undefined : offers(request.simulator, { country: 'US', type: 'local', areaCode })[0]?.phoneNumber;
  if (!first) throw new TwilioError(21452, `No phone numbers found in area code ${areaCode}`);
  return first;
}

function updateNumber(request: ApiRequest): Reply {
  const number = find(request);
  change(number, request.form);
  number.updatedAt = request.simulator.clock.now();
  request.simulator.revision++;
  return { status: 200, body: showNumber(number) };
}

function change(number: PhoneNumber, form: URLSearchParams): void {
  number.friendlyName = form.get('FriendlyName') ?? number.friendlyName;
  number.smsUrl = form.get('SmsUrl') ?? number.smsUrl;
  number.smsMethod = form.get('SmsMethod') ?? number.smsMethod;
  number.statusCallback = form.get('StatusCallback') ?? number.statusCallback;
}

function releaseNumber(request: ApiRequest): Reply {
  const number = find(request);
  request.account.numbers = request.account.numbers.filter((one) => one !== number);
  request.simulator.numbers.delete(number.phoneNumber);
  request.simulator.revision++;
  return { status: 204 };
}

function find(request: ApiRequest): PhoneNumber {
  const number = request.account.numbers.find((one) => one.sid === request.params.Sid);
  if (!number) throw notFound(request.path);
  return number;
}
