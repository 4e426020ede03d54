import { createService } from '#server/twilio/simulator/account.ts';
import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import type { MessagingService, PhoneNumber } from '#server/twilio/simulator/model.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

const SERVICES = '/v1/Services';
const SERVICE = '/v1/Services/{ServiceSid}';

/** Messaging services and the numbers in their sender pools. */
export const messagingServiceRoutes: ApiRoute[] = [
  { method: 'GET', host: 'messaging.twilio.com', path: SERVICES, answer: listServices },
  { method: 'POST', host: 'messaging.twilio.com', path: SERVICES, answer: addService },
  { method: 'GET', host: 'messaging.twilio.com', path: SERVICE, answer: (request) => answer(request, findService(request), 200) },
  { method: 'POST', host: 'messaging.twilio.com', path: SERVICE, answer: updateService },
  { method: 'GET', host: 'messaging.twilio.com', path: `${SERVICE}/PhoneNumbers`, answer: listPool },
  { method: 'POST', host: 'messaging.twilio.com', path: `${SERVICE}/PhoneNumbers`, answer: joinPool },
  { method: 'GET', host: 'messaging.twilio.com', path: `${SERVICE}/PhoneNumbers/{Sid}`, answer: fetchFromPool },
  { method: 'DELETE', host: 'messaging.twilio.com', path: `${SERVICE}/PhoneNumbers/{Sid}`, answer: leavePool },
];

/** The service of the path, if this account has it; else 20404. */
export function findService(request: ApiRequest): MessagingService {
  const service = request.account.services.find((one) => one.sid === request.params.ServiceSid);
  if (!service) throw notFound(request.path);
  return service;
}

function showService(request: ApiRequest, service: MessagingService) {
  const url = `${request.origin}/v1/Services/${service.sid}`;
  const isRegistered = request.account.campaigns.some((one) => one.serviceSid === service.sid && one.status === 'VERIFIED');
  return {
    sid: service.sid,
    account_sid: service.accountSid,
    friendly_name: service.friendlyName,
    date_created: iso(service.createdAt),
    date_updated: iso(service.updatedAt),
    inbound_request_url: service.inboundRequestUrl,
    inbound_method: service.inboundMethod,
    fallback_url: service.fallbackUrl,
    fallback_method: 'POST',
    status_callback: service.statusCallback,
    sticky_sender: service.stickySender,
    mms_converter: true,
    smart_encoding: service.smartEncoding,
    scan_message_content: 'inherit',
    fallback_to_long_code: false,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: service.validityPeriod,
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
      us_app_to_person: `${url}/Compliance/Usa2p`,
      us_app_to_person_usecases: `${url}/Compliance/Usa2p/Usecases`,
    },
    usecase: service.usecase,
    us_app_to_person_registered: isRegistered,
    use_inbound_webhook_on_number: service.useInboundWebhookOnNumber,
  };
}

function answer(request: ApiRequest, service: MessagingService, status: number): Reply {
  return { status, body: showService(request, service) };
}

function listServices(request: ApiRequest): Reply {
  const page = pageOf(request, request.account.services, (service) => service.sid);
  return { status: 200, body: metaEnvelope(request, 'services', page, (service) => showService(request, service)) };
}

function addService(request: ApiRequest): Reply {
  const { simulator, account, form } = request;
  if (!form.get('FriendlyName')) throw new TwilioError(20001, 'FriendlyName is required');
  const service = createService(account.sid, simulator.newSid('MG'), 'undeclared', simulator.clock.now());
  change(service, form);
  account.services.push(service);
  simulator.revision++;
  return answer(request, service, 201);
}

function updateService(request: ApiRequest): Reply {
  const service = findService(request);
  change(service, request.form);
  service.updatedAt = request.simulator.clock.now();
  request.simulator.revision++;
  return answer(request, service, 200);
}

function change(service: MessagingService, form: URLSearchParams): void {
  const url = (name: string, now: string | null) => (form.has(name) ? form.get(name) || null : now);
  const flag = (name: string, now: boolean) => (form.has(name) ? form.get(name) === 'true' : now);
  service.friendlyName = form.get('FriendlyName') ?? service.friendlyName;
  service.inboundRequestUrl = url('InboundRequestUrl', service.inboundRequestUrl);
  service.inboundMethod = form.get('InboundMethod') ?? service.inboundMethod;
  service.fallbackUrl = url('FallbackUrl', service.fallbackUrl);
  service.statusCallback = url('StatusCallback', service.statusCallback);
  service.useInboundWebhookOnNumber = flag('UseInboundWebhookOnNumber', service.useInboundWebhookOnNumber);
  service.stickySender = flag('StickySender', service.stickySender);
  service.smartEncoding = flag('SmartEncoding', service.smartEncoding);
  service.validityPeriod = Number(form.get('ValidityPeriod') ?? service.validityPeriod);
  service.usecase = form.get('Usecase') ?? service.usecase;
}

function showPoolNumber(request: ApiRequest, number: PhoneNumber) {
  return {
    sid: number.sid,
    account_sid: number.accountSid,
    service_sid: number.serviceSid,
    date_created: iso(number.addedToServiceAt),
    date_updated: iso(number.addedToServiceAt),
    phone_number: number.phoneNumber,
    country_code: number.phoneNumber.startsWith('+44') ? 'GB' : 'US',
    capabilities: ['SMS', 'MMS', 'Voice'],
    url: `${request.origin}/v1/Services/${number.serviceSid}/PhoneNumbers/${number.sid}`,
  };
}

function listPool(request: ApiRequest): Reply {
  const service = findService(request);
  const pool = request.account.numbers.filter((number) => number.serviceSid === service.sid);
  const page = pageOf(request, pool, (number) => number.sid);
  return { status: 200, body: metaEnvelope(request, 'phone_numbers', page, (number) => showPoolNumber(request, number)) };
}

function joinPool(request: ApiRequest): Reply {
  const service = findService(request);
  const number = request.account.numbers.find((one) => one.sid === request.form.get('PhoneNumberSid'));
  if (!number) throw new TwilioError(20404, 'The PhoneNumberSid was not found', 404);
  if (number.serviceSid === service.sid) throw new TwilioError(21710, 'Phone Number is already in the Messaging Service', 409);
  if (number.serviceSid) throw new TwilioError(21712, 'Phone Number is associated with another Messaging Service', 409);
  number.serviceSid = service.sid;
  number.addedToServiceAt = request.simulator.clock.now();
  request.simulator.revision++;
  return { status: 201, body: showPoolNumber(request, number) };
}

function fetchFromPool(request: ApiRequest): Reply {
  return { status: 200, body: showPoolNumber(request, findInPool(request)) };
}

function leavePool(request: ApiRequest): Reply {
  findInPool(request).serviceSid = null;
  request.simulator.revision++;
  return { status: 204 };
}

function findInPool(request: ApiRequest): PhoneNumber {
  const service = findService(request);
  const number = request.account.numbers.find((one) => one.sid === request.params.Sid && one.serviceSid === service.sid);
  if (!number) throw notFound(request.path);
  return number;
}
