import { configOf } from '#server/twilio/simulator/config.ts';
import { startMessage } from '#server/twilio/simulator/engine.ts';
import type { CallbackRecord, Direction, Message } from '#server/twilio/simulator/model.ts';
import { storeMedia, type InboundFile } from '#server/twilio/simulator/inbound-media.ts';
import { keywordOf, optOutScope, recordConsent, type OptOutType } from '#server/twilio/simulator/opt-out.ts';
import { between, chance } from '#server/twilio/simulator/random.ts';
import { receiverOf, type Receiver } from '#server/twilio/simulator/receiver.ts';
import { countSegments } from '#server/twilio/simulator/segments.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { readTwimlMessages } from '#server/twilio/simulator/twiml.ts';
import { mediaTypeOf, whatsAppFields } from '#server/twilio/simulator/whatsapp/inbound-form.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';
import { openWindow } from '#server/twilio/simulator/whatsapp/window.ts';

/** What only a WhatsApp message can have: the person's name there and Meta's id of them, the button that they tapped, the message that they answer, a place, that it was passed on. */
export type WhatsAppText = {
  profileName?: string | undefined; externalUserId?: string | undefined; button?: { text: string; payload: string } | undefined; repliedSid?: string | undefined;
  location?: { latitude: number; longitude: number; label?: string | undefined } | undefined; isForwarded?: boolean;
};

export type InboundText = WhatsAppText & {
  from: string; to: string; body: string;
  /** Files by address: samples of their kind stand in for them. */
  mediaUrls?: string[];
  files?: InboundFile[];
  /** How often its webhook is delivered, all at once, and after how many seconds. */
  times?: number; delaySeconds?: number;
};

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
 * A person writes to one of the simulated numbers or WhatsApp senders: on WhatsApp that opens their window; keywords are answered and remembered
 * first, then the webhook is called (also for keywords), then whatever TwiML it answered is sent. Throws a plain Error when nobody owns the address.
 */
export async function receiveText(simulator: Simulator, text: InboundText): Promise<InboundResult> {
  const receiver = receiverOf(simulator, text.to);
  if (!receiver) throw new Error(`no account owns ${text.to}`);
  if (isWhatsApp(text.to) !== isWhatsApp(text.from)) throw new Error(`from and to must both be whatsapp:+… or both not: ${text.from}, ${text.to}`);
  const files = [...(text.mediaUrls ?? []).map((url) => ({ contentType: mediaTypeOf(url), data: null })), ...(text.files ?? [])];
  const message = addMessage(simulator, receiver, { direction: 'inbound', from: text.from, to: text.to, body: text.body, mediaUrls: files.map(() => '') });
  storeMedia(simulator, message, files);
  if (isWhatsApp(text.to)) openWindow(simulator, text.to, text.from, message.createdAt);
  startPrice(simulator, receiver, message);
  // Outside of a service nobody answers keywords on WhatsApp.
  const optOutType = isWhatsApp(text.to) && !receiver.serviceSid ? null : keywordOf(text.body);
  const autoReply = optOutType ? answerKeyword(simulator, receiver, text.from, optOutType) : null;
  const { webhook, twiml } = await callWebhook(simulator, receiver, message, inboundForm(receiver, message, { optOutType, isAnswered: autoReply !== null, text }), text);
  const replies = readTwimlMessages(twiml).map((body) => reply(simulator, receiver, text.from, body, false));
  return {
    messageSid: message.sid,
    optOutType,
    autoReplySid: autoReply?.sid ?? null,
    webhook,
    replySids: replies.map((one) => one.sid),
  };
}

function startPrice(simulator: Simulator, { account }: Receiver, message: Message): void {
  message.status = 'received';
  message.sentAt = message.createdAt;
  startMessage(simulator, account, message);
}

function answerKeyword(simulator: Simulator, receiver: Receiver, person: string, type: OptOutType): Message | null {
  const text = receiver.tollFree && type !== 'HELP' ? NETWORK_REPLIES[type] : configOf(simulator.config, receiver.account.sid).autoReplies[type];
  const scope = optOutScope(simulator, receiver.address);
  if (type !== 'HELP') recordConsent(simulator, scope, person, type, receiver.address);
  return text === null ? null : reply(simulator, receiver, person, text, true);
}

/** `isKeywordAnswer`: free, and let through although the person has just opted out. */
function reply(simulator: Simulator, receiver: Receiver, person: string, body: string, isKeywordAnswer: boolean): Message {
  const message = addMessage(simulator, receiver, { direction: 'outbound-reply', from: receiver.address, to: person, body, mediaUrls: [] });
  message.free = isKeywordAnswer;
  startMessage(simulator, receiver.account, message);
  return message;
}

function addMessage(
  simulator: Simulator,
  { account, serviceSid }: Receiver,
  text: { direction: Direction; from: string; to: string; body: string; mediaUrls: string[] },
): Message {
  const now = simulator.clock.now();
  const segments = isWhatsApp(text.to) ? 1 : countSegments(text.body);
  const message: Message = {
    ...text,
    sid: simulator.newSid(text.mediaUrls.length > 0 ? 'MM' : 'SM'),
    seq: simulator.messages.size(),
    accountSid: account.sid,
    serviceSid,
    sender: text.from,
    segments,
    shownSegments: segments,
    template: null,
    isInWindow: true,
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

async function callWebhook(
  simulator: Simulator,
  { account, webhookUrl: url }: Receiver,
  message: Message,
  form: Record<string, string>,
  { times = 1, delaySeconds = 0 }: Pick<InboundText, 'times' | 'delaySeconds'> = {},
): Promise<{ webhook: InboundResult['webhook']; twiml: string }> {
  message.inboundForm = form;
  if (!url) return { webhook: null, twiml: '' };
  const trouble = troubleOf(simulator, message);
  const seconds = delaySeconds + trouble.seconds;
  if (seconds > 0) await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / simulator.config.all.speed).unref());
  const record = (entry: CallbackRecord) => void message.callbacks.push(entry);
  const [twiml] = await Promise.all(Array.from({ length: times + trouble.more }, () => simulator.callbacks.send({ url, authToken: account.authToken, form, status: 'inbound', record })));
  const last = message.callbacks.at(-1);
  return { webhook: { url, httpStatus: last?.httpStatus ?? null, error: last?.error ?? null }, twiml: twiml ?? '' };
}

/** Webhooks of messages may come late, so that later ones overtake them, and twice: as the faults say. */
function troubleOf(simulator: Simulator, message: Message): { seconds: number; more: number } {
  const { faults } = configOf(simulator.config, message.accountSid);
  const { seed } = simulator.config.all;
  const hits = (name: string, share: number) => share > 0 && chance(seed, `${message.sid}|${name}`) < share;
  const [isLate, isDouble] = [hits('late', faults.delayInbound), hits('double', faults.duplicateInbound)];
  if (isLate) simulator.callbacks.counters.reordered++;
  if (isDouble) simulator.callbacks.counters.duplicated++;
  return { seconds: isLate ? between(seed, `${message.sid}|late`, 0.5, 4) : 0, more: isDouble ? 1 : 0 };
}

/** Tells the application of a message once more, word by word as before: a retry, or somebody's replay. Throws a plain Error when there is no such message. */
export async function repeatWebhook(simulator: Simulator, messageSid: string): Promise<InboundResult['webhook']> {
  const message = simulator.messages.get(messageSid);
  const receiver = message && receiverOf(simulator, message.to);
  if (!message?.inboundForm || !receiver) throw new Error('no such message of a person');
  return (await callWebhook(simulator, receiver, message, message.inboundForm)).webhook;
}

function inboundForm({ serviceSid }: Receiver, message: Message, { optOutType, isAnswered, text }: { optOutType: OptOutType | null; isAnswered: boolean; text: InboundText }): Record<string, string> {
  const form: Record<string, string> = {
    SmsMessageSid: message.sid,
    NumMedia: String(message.mediaUrls.length),
    SmsSid: message.sid,
    SmsStatus: 'received',
    Body: message.body,
    To: message.to,
    NumSegments: String(message.segments),
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    From: message.from ?? '',
    ApiVersion: '2010-04-01',
    ...(isWhatsApp(message.to) ? whatsAppFields(message, text) : placesOf(message)),
  };
  if (serviceSid) form.MessagingServiceSid = serviceSid;
  // An answer to HELP that is switched off is none of Twilio's business any more.
  if (serviceSid && optOutType && (optOutType !== 'HELP' || isAnswered)) form.OptOutType = optOutType;
  message.mediaUrls.forEach((url, i) => {
    form[`MediaUrl${i}`] = url;
    form[`MediaContentType${i}`] = message.media?.[i]?.contentType ?? '';
  });
  return form;
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request; the empty places count in the signature, as Twilio's do. */
function placesOf(message: Message): Record<string, string> {
  const FromCountry = message.from?.startsWith('+1') ? 'US' : '';
  return { ToCountry: 'US', ToState: '', ToCity: '', ToZip: '', FromCountry, FromState: '', FromCity: '', FromZip: '' };
}
