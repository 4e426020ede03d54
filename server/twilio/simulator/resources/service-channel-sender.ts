import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { findService } from '#server/twilio/simulator/resources/messaging-service.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';
import type { WhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

const LIST = '/v1/Services/{ServiceSid}/ChannelSenders';
const ONE = `${LIST}/{Sid}`;

/** WhatsApp senders in the pool of a messaging service. */
export const serviceChannelSenderRoutes: ApiRoute[] = [
  { method: 'GET', host: 'messaging.twilio.com', path: LIST, answer: listPool },
  { method: 'POST', host: 'messaging.twilio.com', path: LIST, answer: joinPool },
  { method: 'GET', host: 'messaging.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: show(request, findInPool(request)) }) },
  { method: 'DELETE', host: 'messaging.twilio.com', path: ONE, answer: leavePool },
];

function listPool(request: ApiRequest): Reply {
  const { sid } = findService(request);
  const page = pageOf(request, request.account.whatsAppSenders.filter((sender) => sender.serviceSid === sid), (sender) => sender.sid);
  return { status: 200, body: metaEnvelope(request, 'senders', page, (sender) => show(request, sender)) };
}

function joinPool(request: ApiRequest): Reply {
  const service = findService(request);
  const sender = request.account.whatsAppSenders.find((one) => one.sid === request.form.get('Sid'));
  if (!sender) throw new TwilioError(20404, 'The Sid of the sender was not found', 404);
  if (sender.serviceSid) throw new TwilioError(21712, 'The sender is associated with a Messaging Service already', 409);
  sender.serviceSid = service.sid;
  sender.addedToServiceAt = request.simulator.clock.now();
  request.simulator.revision++;
  return { status: 201, body: show(request, sender) };
}

function leavePool(request: ApiRequest): Reply {
  findInPool(request).serviceSid = null;
  request.simulator.revision++;
  return { status: 204 };
}

function show(request: ApiRequest, sender: WhatsAppSender) {
  return {
    account_sid: sender.accountSid,
    messaging_service_sid: sender.serviceSid,
    sid: sender.sid,
    sender: sender.senderId,
    sender_type: 'WhatsApp',
    country_code: sender.senderId.startsWith('whatsapp:+1') ? 'US' : null,
    date_created: iso(sender.addedToServiceAt),
    date_updated: iso(sender.addedToServiceAt),
    url: `${request.origin}/v1/Services/${sender.serviceSid}/ChannelSenders/${sender.sid}`,
  };
}

function findInPool(request: ApiRequest): WhatsAppSender {
  const service = findService(request);
  const sender = request.account.whatsAppSenders.find((one) => one.sid === request.params.Sid && one.serviceSid === service.sid);
  if (!sender) throw notFound(request.path);
  return sender;
}
