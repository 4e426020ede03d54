import { isValidPhoneNumber } from 'libphonenumber-js/min';
import { configOf } from '#server/twilio/simulator/config.ts';
import type { ApiRequest } from '#server/twilio/simulator/http.ts';
import type { MessagingService, PhoneNumber } from '#server/twilio/simulator/model.ts';
import { isOptedOut } from '#server/twilio/simulator/opt-out.ts';
import { readMessageContent, type MessageContent } from '#server/twilio/simulator/message-content.ts';
import { magicErrorCode } from '#server/twilio/simulator/outcome.ts';
import { isQueueFull } from '#server/twilio/simulator/pace.ts';
import { paceOf } from '#server/twilio/simulator/registration.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';
import { paceOfWhatsApp } from '#server/twilio/simulator/whatsapp/delivery.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** A POST Messages that passed every synchronous check. `sendAt` in epoch ms. */
export type MessageRequest = {
  to: string;
  from: string | null;
  service: MessagingService | null;
  content: MessageContent;
  statusCallback: string | null;
  validitySeconds: number;
  sendAt: number | null;
};

/** Refusals of Twilio's test credentials, by recipient: they hold with a service as well as with From. */
const MAGIC_TO: Record<string, [number, string]> = {
  '+15005550001': [21211, "The 'To' number +15005550001 is not a valid phone number."],
  '+15005550002': [21612, "The 'To' phone number: +15005550002, is not currently reachable using the 'From' phone number"],
  '+15005550003': [21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +15005550003"],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number is not a valid mobile number"],
};

const MAGIC_FROM: Record<string, [number, string]> = {
  '+15005550001': [21212, 'The From phone number +15005550001 is not a valid, SMS-capable inbound phone number or short code for your account'],
  '+15005550007': [21606, 'The From phone number +15005550007 is not a valid, SMS-capable inbound phone number or short code for your account'],
  '+15005550008': [21611, "This 'From' number has exceeded the maximum number of queued messages"],
};

/** Twilio's own test sender: every account may use it. */
const TEST_SENDER = '+15005550006';

/**
 * Checks in the order To → From or service → content → lengths → StatusCallback → ownership → opt-out → queue.
 * Throws the first refusal as TwilioError.
 */
export function readMessageRequest(request: ApiRequest): MessageRequest {
  const { form } = request;
  const to = checkTo(form.get('To'));
  const { from, service } = readSender(request, to);
  const content = readMessageContent(request, to);
  const lengths = readLengths(request, service);
  const statusCallback = readStatusCallback(form.get('StatusCallback'));
  if (from && isWhatsApp(from)) checkWhatsAppSender(request, from, service);
  else if (from && from !== TEST_SENDER) checkSender(request, from, service, to);
  return { to, from, service, content, ...lengths, statusCallback };
}

function checkTo(to: string | null): string {
  if (!to) throw new TwilioError(21604, "A 'To' phone number is required.");
  const magic = MAGIC_TO[to];
  if (magic) throw new TwilioError(...magic);
  if (/^\d{3,6}$/.test(to)) throw new TwilioError(21265, "'To' number cannot be a Short Code");
  const number = to.replace(/^whatsapp:/, '');
  if (!/^\+\d{7,15}$/.test(number) || !isValidPhoneNumber(number)) {
    throw new TwilioError(21211, `Invalid 'To' Phone Number: ${mask(to)}`);
  }
  return to;
}

function readSender(request: ApiRequest, to: string): { from: string | null; service: MessagingService | null } {
  const from = request.form.get('From') || null;
  const serviceSid = request.form.get('MessagingServiceSid') || null;
  if (!from && !serviceSid) throw new TwilioError(21603, "A 'From' phone number is required.");
  if (serviceSid && !/^MG[0-9a-fA-F]{32}$/.test(serviceSid)) throw new TwilioError(21705, 'The Messaging Service Sid is invalid');
  const service = request.account.services.find((one) => one.sid === serviceSid) ?? null;
  if (serviceSid && !service) throw new TwilioError(21701, `The Messaging Service ${serviceSid} does not exist`, 404);
  if (from) {
    const magic = MAGIC_FROM[from];
    if (magic) throw new TwilioError(...magic);
    if (!/^(whatsapp:)?\+\d{7,15}$|^\d{3,6}$|^[A-Za-z0-9 ]{1,11}$/.test(from)) throw new TwilioError(21212, `Invalid 'From' Number: ${from}`);
    if (isWhatsApp(from) !== isWhatsApp(to)) throw new TwilioError(21910, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
    if (from === to) throw new TwilioError(21266, "'To' and 'From' number cannot be the same");
  }
  return { from, service };
}

function readLengths(request: ApiRequest, service: MessagingService | null): { validitySeconds: number; sendAt: number | null } {
  const { form } = request;
  if ((form.get('Body') ?? '').length > 1600) throw new TwilioError(21617, 'The concatenated message body exceeds the 1600 character limit');
  const validity = form.get('ValidityPeriod');
  const validitySeconds = validity ? Number(validity) : (service?.validityPeriod ?? 36_000);
  if (!Number.isInteger(validitySeconds) || validitySeconds < 1 || validitySeconds > 36_000) {
    throw new TwilioError(21624, 'The ValidityPeriod is invalid: it must be between 1 and 36000 seconds');
  }
  return { validitySeconds, sendAt: service ? readSchedule(request) : null };
}

/** Without a service Twilio drops the scheduling parameters and sends at once; so the caller does not ask us then. */
function readSchedule(request: ApiRequest): number | null {
  const type = request.form.get('ScheduleType');
  const sendAt = request.form.get('SendAt');
  if (!type && !sendAt) return null;
  if (type !== 'fixed') throw new TwilioError(35118, "ScheduleType must be 'fixed' when SendAt is given");
  const at = Date.parse(sendAt ?? '');
  const ahead = (at - request.simulator.clock.now()) / 1000;
  const minimum = configOf(request.simulator.config, request.account.sid).scheduleMinimumSeconds;
  if (!(ahead >= minimum && ahead <= 35 * 86_400)) throw new TwilioError(35114, 'Scheduling does not support this timestamp');
  return at;
}

/** Twilio wants a real host name; the simulator also takes localhost and IP addresses, which is what it is for. */
function readStatusCallback(url: string | null): string | null {
  if (!url) return null;
  const refuse = () => new TwilioError(21609, `The 'StatusCallback' URL ${url.slice(0, 200)} is not a valid URL.`);
  if (url.length > 4000 || !URL.canParse(url)) throw refuse();
  const { protocol, hostname } = new URL(url);
  if (!/^https?:$/.test(protocol) || !hostname || hostname.includes('_')) throw refuse();
  return url;
}

function checkSender(request: ApiRequest, from: string, service: MessagingService | null, to: string): void {
  const { simulator, account } = request;
  const number = simulator.numbers.get(from);
  if (!number) throw new TwilioError(21659, `'From' ${from} is not a Twilio phone number or Short Code country mismatch`);
  if (number.accountSid !== account.sid) throw new TwilioError(21660, `Mismatch between the 'From' number ${from} and the account ${account.sid}`);
  if (service && number.serviceSid !== service.sid) throw new TwilioError(21711, `${from} is not in the sender pool of ${service.sid}`);
  // With a service these two happen later, as the message's own failure.
  if (!service) checkNumberState(request, number, to);
}

/** What is wrong with the template, the window or the limits shows later, as the message's own failure. */
function checkWhatsAppSender({ simulator, account }: ApiRequest, from: string, service: MessagingService | null): void {
  const sender = simulator.whatsAppSenders.get(from);
  if (!sender || sender.accountSid !== account.sid) throw new TwilioError(63007, 'Twilio could not find a Channel with the specified From address');
  if (service && sender.serviceSid !== service.sid) throw new TwilioError(21711, `${from} is not in the sender pool of ${service.sid}`);
  if (!service && isQueueFull(simulator, account, paceOfWhatsApp(sender))) throw new TwilioError(21611, `This 'From' number ${from} has exceeded the maximum number of queued messages`);
}

function checkNumberState(request: ApiRequest, number: PhoneNumber, to: string): void {
  const { simulator, account } = request;
  if (magicErrorCode(to) === 21610 || isOptedOut(simulator, { serviceSid: null, sender: number.phoneNumber }, to)) {
    throw new TwilioError(21610, 'Attempt to send to unsubscribed recipient');
  }
  if (isQueueFull(simulator, account, paceOf(account, number))) {
    throw new TwilioError(21611, `This 'From' number ${number.phoneNumber} has exceeded the maximum number of queued messages`);
  }
}

function mask(number: string): string {
  return number.length > 6 ? `${number.slice(0, -4)}XXXX` : number;
}
