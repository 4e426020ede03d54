import { configOf } from '#server/twilio/simulator/config.ts';
import { startMessage } from '#server/twilio/simulator/engine.ts';
import type { Account, CallbackRecord, Direction, Message, PhoneNumber } from '#server/twilio/simulator/model.ts';
import { keywordOf, optOutScope, recordConsent, type OptOutType } from '#server/twilio/simulator/opt-out.ts';
import { countSegments } from '#server/twilio/simulator/segments.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { readTwimlMessages } from '#server/twilio/simulator/twiml.ts';

export type InboundText = { from: string; to: string; body: string; mediaUrls?: string[] };

export type InboundResult = {
  messageSid: string;
  optOutType: OptOutType | null;
  autoReplySid: string | null;
  /** Where the message was delivered and what came back; null when neither service nor number has a URL. */
  webhook: { url: string; httpStatus: number | null; error: string | null } | null;
  replySids: string[];
};

/** Twilio's texts when a toll-free number is involved: the network answers, not the service. */
const NETWORK_REPLIES = {
  STOP: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
  START: 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
};

/**
 * A person texts one of the simulated numbers: keywords are answered and remembered first, then the webhook is called (also for
 * keywords), then whatever TwiML it answered is sent. Throws a plain Error when nobody owns the number.
 */
export async function receiveText(simulator: Simulator, text: InboundText): Promise<InboundResult> {
  const number = simulator.numbers.get(text.to);
  const account = number && simulator.accounts.get(number.accountSid);
  if (!number || !account) throw new Error(`no account owns ${text.to}`);
  const message = addMessage(simulator, account, number, { direction: 'inbound', from: text.from, to: text.to, body: text.body, mediaUrls: text.mediaUrls ?? [] });
  startPrice(simulator, account, message);
  const optOutType = keywordOf(text.body);
  const autoReply = optOutType ? answerKeyword(simulator, account, number, text.from, optOutType) : null;
  const { webhook, twiml } = await callWebhook(simulator, account, number, message, optOutType);
  const replies = readTwimlMessages(twiml).map((body) => reply(simulator, account, number, text.from, body, false));
  return {
    messageSid: message.sid,
    optOutType,
    autoReplySid: autoReply?.sid ?? null,
    webhook,
    replySids: replies.map((one) => one.sid),
  };
}

function startPrice(simulator: Simulator, account: Account, message: Message): void {
  message.status = 'received';
  message.sentAt = message.createdAt;
  startMessage(simulator, account, message);
}

function answerKeyword(simulator: Simulator, account: Account, number: PhoneNumber, person: string, type: OptOutType): Message | null {
  const text = number.tollFree && type !== 'HELP' ? NETWORK_REPLIES[type] : configOf(simulator.config, account.sid).autoReplies[type];
  const scope = optOutScope(simulator, number.phoneNumber);
  if (type !== 'HELP') recordConsent(simulator, scope, person, type, number.phoneNumber);
  return text === null ? null : reply(simulator, account, number, person, text, true);
}

/** `isKeywordAnswer`: free, and let through although the person has just opted out. */
function reply(simulator: Simulator, account: Account, number: PhoneNumber, person: string, body: string, isKeywordAnswer: boolean): Message {
  const message = addMessage(simulator, account, number, { direction: 'outbound-reply', from: number.phoneNumber, to: person, body, mediaUrls: [] });
  message.free = isKeywordAnswer;
  startMessage(simulator, account, message);
  return message;
}

function addMessage(
  simulator: Simulator,
  account: Account,
  number: PhoneNumber,
  text: { direction: Direction; from: string; to: string; body: string; mediaUrls: string[] },
): Message {
  const now = simulator.clock.now();
  const segments = countSegments(text.body);
  const message: Message = {
    ...text,
    sid: simulator.newSid(text.mediaUrls.length > 0 ? 'MM' : 'SM'),
    seq: simulator.messages.size(),
    accountSid: account.sid,
    serviceSid: number.serviceSid,
    sender: text.from,
    segments,
    shownSegments: segments,
    status: 'queued',
    errorCode: null,
    price: null,
    priceUnit: null,
    createdAt: now,
    updatedAt: now,
    sentAt: null,
    sendAt: null,
    validitySeconds: 36_000,
    statusCallback: null,
    ordinal: simulator.messages.sentTo(account.sid, text.to),
    free: false,
    steps: [],
    callbacks: [],
  };
  simulator.messages.add(message);
  simulator.revision++;
  return message;
}

/** The service's URL wins over the number's, unless the service says to use the number's; without any URL the message goes nowhere. */
function webhookUrl(account: Account, number: PhoneNumber): string | null {
  const service = account.services.find((one) => one.sid === number.serviceSid);
  if (service && !service.useInboundWebhookOnNumber) return service.inboundRequestUrl;
  return number.smsUrl || null;
}

async function callWebhook(
  simulator: Simulator,
  account: Account,
  number: PhoneNumber,
  message: Message,
  optOutType: OptOutType | null,
): Promise<{ webhook: InboundResult['webhook']; twiml: string }> {
  const url = webhookUrl(account, number);
  if (!url) return { webhook: null, twiml: '' };
  const twiml = await simulator.callbacks.send({
    url,
    authToken: account.authToken,
    form: inboundForm(number, message, optOutType),
    status: 'inbound',
    record: (entry: CallbackRecord) => void message.callbacks.push(entry),
  });
  const last = message.callbacks.at(-1);
  return { webhook: { url, httpStatus: last?.httpStatus ?? null, error: last?.error ?? null }, twiml: twiml ?? '' };
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request; the empty places count in the signature, as Twilio's do. */
function inboundForm(number: PhoneNumber, message: Message, optOutType: OptOutType | null): Record<string, string> {
  const form: Record<string, string> = {
    ToCountry: 'US',
    ToState: '',
    SmsMessageSid: message.sid,
    NumMedia: String(message.mediaUrls.length),
    ToCity: '',
    FromZip: '',
    SmsSid: message.sid,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: message.body,
    FromCountry: message.from?.startsWith('+1') ? 'US' : '',
    To: message.to,
    ToZip: '',
    NumSegments: String(message.segments),
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    From: message.from ?? '',
    ApiVersion: '2010-04-01',
  };
  if (number.serviceSid) form.MessagingServiceSid = number.serviceSid;
  if (number.serviceSid && optOutType) form.OptOutType = optOutType;
  message.mediaUrls.forEach((url, i) => {
    form[`MediaUrl${i}`] = url;
    form[`MediaContentType${i}`] = 'image/jpeg';
  });
  return form;
}
