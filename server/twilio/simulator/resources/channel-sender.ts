import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';
import { armWhatsAppSender, createWhatsAppSender, limitWords, WEBHOOK_FIELDS, type WhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

const LIST = '/v2/Channels/Senders';
const ONE = `${LIST}/{Sid}`;

/** WhatsApp senders: list, register, configure, take away. JSON bodies, and 202 because Meta takes its time. */
export const channelSenderRoutes: ApiRoute[] = [
  { method: 'GET', host: 'messaging.twilio.com', path: LIST, answer: listSenders },
  { method: 'POST', host: 'messaging.twilio.com', path: LIST, answer: createSender },
  { method: 'GET', host: 'messaging.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: showSender(request, find(request)) }) },
  { method: 'POST', host: 'messaging.twilio.com', path: ONE, answer: updateSender },
  { method: 'DELETE', host: 'messaging.twilio.com', path: ONE, answer: deleteSender },
];

type Fields = Record<string, unknown>;

function listSenders(request: ApiRequest): Reply {
  const channel = request.query.get('Channel');
  if (!channel) throw new TwilioError(20001, 'Channel is required');
  const senders = channel === 'whatsapp' ? request.account.whatsAppSenders : [];
  const page = pageOf(request, senders, (sender) => sender.sid);
  return { status: 200, body: metaEnvelope(request, 'senders', page, (sender) => showSender(request, sender)) };
}

/** A number of the account is online after a moment, any other one waits for its verification code. */
function createSender(request: ApiRequest): Reply {
  const { simulator, account } = request;
  const fields = readJson(request.body);
  const senderId = String(fields.sender_id ?? '');
  if (!/^whatsapp:\+\d{7,15}$/.test(senderId)) throw new TwilioError(20001, 'sender_id must be whatsapp:+ and a phone number');
  if (simulator.whatsAppSenders.has(senderId)) throw new TwilioError(20409, `${senderId} is registered already`, 409);
  const sender = createWhatsAppSender(account, senderId, null, simulator.clock.now());
  // Meta begins with 250 people a day.
  sender.messagingLimit = 250;
  sender.qualityRating = 'UNKNOWN';
  sender.status = account.numbers.some((number) => `whatsapp:${number.phoneNumber}` === senderId) ? 'CREATING' : 'PENDING_VERIFICATION';
  change(sender, fields);
  account.whatsAppSenders.push(sender);
  simulator.whatsAppSenders.set(senderId, sender);
  simulator.revision++;
  armWhatsAppSender(simulator, sender);
  return { status: 202, body: showSender(request, sender) };
}

function updateSender(request: ApiRequest): Reply {
  const sender = find(request);
  const fields = readJson(request.body);
  change(sender, fields);
  if (sender.status === 'PENDING_VERIFICATION' && objectOf(fields.configuration).verification_code) {
    sender.status = 'VERIFYING';
    armWhatsAppSender(request.simulator, sender);
  }
  sender.updatedAt = request.simulator.clock.now();
  request.simulator.revision++;
  return { status: 202, body: showSender(request, sender) };
}

function change(sender: WhatsAppSender, fields: Fields): void {
  const webhook = objectOf(fields.webhook);
  for (const name of WEBHOOK_FIELDS) if (name in webhook) sender.webhook[name] = webhook[name] ? String(webhook[name]) : null;
  Object.assign(sender.profile, objectOf(fields.profile));
  const { waba_id: wabaId } = objectOf(fields.configuration);
  if (typeof wabaId === 'string') sender.wabaId = wabaId;
}

function deleteSender(request: ApiRequest): Reply {
  const { simulator, account } = request;
  const sender = find(request);
  account.whatsAppSenders = account.whatsAppSenders.filter((one) => one !== sender);
  simulator.whatsAppSenders.delete(sender.senderId);
  simulator.revision++;
  return { status: 204 };
}

function showSender(request: ApiRequest, sender: WhatsAppSender) {
  const isOnline = sender.status.startsWith('ONLINE');
  return {
    sid: sender.sid,
    status: sender.status,
    sender_id: sender.senderId,
    friendly_name: null,
    configuration: { waba_id: sender.wabaId, verification_method: 'sms', verification_code: null, voice_application_sid: null, account_type: null },
    webhook: sender.webhook,
    profile: sender.profile,
    properties: isOnline ? { quality_rating: sender.qualityRating, messaging_limit: limitWords(sender.messagingLimit) } : null,
    offline_reasons: sender.status === 'OFFLINE' ? [{ code: '63020', message: 'Twilio encountered a Business Manager account error', more_info: 'https://www.twilio.com/docs/errors/63020' }] : null,
    compliance: null,
    url: `${request.origin}${LIST}/${sender.sid}`,
  };
}

function find(request: ApiRequest): WhatsAppSender {
  const sender = request.account.whatsAppSenders.find((one) => one.sid === request.params.Sid);
  if (!sender) throw notFound(request.path);
  return sender;
}

function readJson(body: string): Fields {
  try {
    return objectOf(JSON.parse(body));
  } catch {
    throw new TwilioError(20001, 'The request body is not valid JSON');
  }
}

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
