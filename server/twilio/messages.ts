import twilio from 'twilio';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import { TooLateToWrite, watched, type TwilioClient } from '#server/twilio/client.ts';

/** A text with files, or a template by its SID with the values by position. */
export type OutboundContent = { body: string; mediaUrls: string[] } | { contentSid: string; contentVariables: Record<string, string> };
export type OutboundMessage = OutboundContent & {
  to: string;
  from: string;
  messagingServiceSid?: string | undefined;
  statusCallback: string;
  /** Seconds that Twilio may keep it in its queue; 30036 after that. */
  validityPeriod: number;
  /** A scheduled message can be cancelled until this moment; it needs a messaging service. */
  sendAt?: Date | undefined;
};

/** What became of one POST to Messages (facts: a timeout or a 5xx may have been accepted, a 429 never was). */
export type Outcome =
  | { class: 'accepted'; sid: string; status: string; httpStatus: number }
  | { class: 'rejected'; code: number; httpStatus: number; retryAfter: number | null }
  | { class: 'unsent'; cause: string }
  | { class: 'uncertain'; httpStatus: number | null; cause: string };

/** HTTP statuses after which Twilio may still have taken the message, whatever the body says. */
const AMBIGUOUS = new Set([408, 409, 425]);

/**
 * Hands one message to Twilio: one POST, never repeated here. `guardMs`: how long the call may wait for its socket. `onWrite`: called as its first byte
 * goes out.
 * Never throws: every outcome is a class that the send protocol knows.
 */
export async function createMessage(client: TwilioClient, message: OutboundMessage, guardMs: number, onWrite?: () => void): Promise<Outcome> {
  const { to, from, messagingServiceSid, statusCallback, validityPeriod, sendAt } = message;
  const fields = { to, from, ...(messagingServiceSid && { messagingServiceSid }), ...contentFields(message), statusCallback, validityPeriod, ...(sendAt && { scheduleType: 'fixed' as const, sendAt }) };
  const result = await watched(guardMs, () => client.messages.create(fields), onWrite);
  if ('answer' in result) return acceptedOrUncertain(result.answer, message.to);
  if (!result.call.written) return { class: 'unsent', cause: result.error instanceof TooLateToWrite ? 'too_late' : codeOf(result.error) };
  return classify(result.error, result.call.retryAfter);
}

/** P66. A message without a text is its files alone. */
function contentFields(content: OutboundContent) {
  if ('contentSid' in content) return { contentSid: content.contentSid, contentVariables: JSON.stringify(content.contentVariables) };
  return content.mediaUrls.length === 0 ? { body: content.body } : { ...(content.body !== '' && { body: content.body }), mediaUrl: content.mediaUrls };
}

function acceptedOrUncertain(answer: MessageInstance, to: string): Outcome {
  if (/^(SM|MM)[0-9a-f]{32}$/i.test(answer.sid ?? '') && answer.to === to) return { class: 'accepted', sid: answer.sid, status: answer.status, httpStatus: 201 };
  return { class: 'uncertain', httpStatus: 201, cause: 'answer_without_sid' };
}

function classify(error: unknown, retryAfter: number | null): Outcome {
  if (!(error instanceof twilio.RestException)) return { class: 'uncertain', httpStatus: null, cause: codeOf(error) };
  const { status, code } = error;
  const isRefusal = status >= 400 && status < 500 && !AMBIGUOUS.has(status);
  if (isRefusal && (code || status === 429)) return { class: 'rejected', code: code ?? 20429, httpStatus: status, retryAfter };
  return { class: 'uncertain', httpStatus: status, cause: code ? String(code) : 'no_twilio_answer' };
}

const codeOf = (error: unknown) => (error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'unknown');

/** A message as Twilio holds it. */
export type ProviderMessage = {
  sid: string; to: string; from: string | null; body: string; status: string; direction: string; segments: number; errorCode: number | null;
  /** Positive decimal string; null until Twilio has priced it. */
  price: string | null; priceUnit: string | null; createdAt: Date;
};

/**
 * All outbound messages to one recipient since a moment, newest first. By To only: From and DateSent are empty on messages that wait for a sender
 * or for their time (facts/reliability.md §2).
 */
export async function listMessagesTo(client: TwilioClient, to: string, since: Date): Promise<ProviderMessage[]> {
  const found: ProviderMessage[] = [];
  let page: MessagePages | undefined = await client.messages.page({ to, pageSize: 100 });
  for (; page; page = await page.nextPage()) {
    const messages = page.instances.map(providerMessage);
    found.push(...messages.filter((message) => message.createdAt >= since));
    if (messages.some((message) => message.createdAt < since)) break;
  }
  return found;
}

type MessagePages = { instances: MessageInstance[]; nextPage(): Promise<MessagePages | undefined> | undefined };

/** Reads all messages sent since a moment, page by page of 1,000 (the way to settle prices in bulk). */
export async function readMessagesSince(client: TwilioClient, since: Date, each: (messages: ProviderMessage[]) => Promise<void>): Promise<void> {
  let page: MessagePages | undefined = await client.messages.page({ dateSentAfter: since, pageSize: 1000 });
  for (; page; page = await page.nextPage()) await each(page.instances.map(providerMessage));
}

/** Reads what was written to one of our addresses since a moment, page by page of 1,000. */
export async function readInboundSince(client: TwilioClient, to: string, since: Date, each: (messages: ProviderMessage[]) => Promise<void>): Promise<void> {
  let page: MessagePages | undefined = await client.messages.page({ to, dateSentAfter: since, pageSize: 1000 });
  for (; page; page = await page.nextPage()) await each(page.instances.map(providerMessage).filter(({ direction }) => direction === 'inbound'));
}

/** Reads everything made since a moment, newest first, also what was never sent: such messages have no DateSent to ask for. At most so many pages of 1,000. */
export async function readMadeSince(client: TwilioClient, since: Date, mostPages: number, each: (messages: ProviderMessage[]) => Promise<void>): Promise<void> {
  let page: MessagePages | undefined = await client.messages.page({ pageSize: 1000 });
  for (let n = 0; page && n < mostPages; n++, page = await page.nextPage()) {
    const messages = page.instances.map(providerMessage);
    await each(messages.filter(({ createdAt }) => createdAt >= since));
    if (messages.some(({ createdAt }) => createdAt < since)) return;
  }
}

export async function fetchMessage(client: TwilioClient, sid: string): Promise<ProviderMessage> {
  return providerMessage(await client.messages(sid).fetch());
}

/** Cancels a scheduled message. True when Twilio confirms that it will not go out. */
export async function cancelMessage(client: TwilioClient, sid: string): Promise<boolean> {
  const { answer } = (await watched(10_000, () => client.messages(sid).update({ status: 'canceled' }))) as { answer?: MessageInstance };
  if (answer?.status === 'canceled') return true;
  const now = await watched(10_000, () => client.messages(sid).fetch());
  return 'answer' in now && now.answer.status === 'canceled';
}

function providerMessage(message: MessageInstance): ProviderMessage {
  return {
    sid: message.sid, to: message.to, from: message.from || null, body: message.body, status: message.status, direction: message.direction,
    segments: Number(message.numSegments) || 0, errorCode: message.errorCode || null,
    price: message.price === null || message.price === undefined ? null : String(message.price).replace(/^-/, ''),
    priceUnit: message.priceUnit?.toUpperCase() ?? null, createdAt: message.dateCreated,
  };
}
