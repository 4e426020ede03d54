import { readOptionalText, readText, type Fields } from '#server/twilio/simulator/control/fields.ts';
import type { ControlRequest } from '#server/twilio/simulator/control/routes.ts';
import { receiveText, repeatWebhook, type InboundResult, type InboundText } from '#server/twilio/simulator/inbound.ts';
import type { InboundFile } from '#server/twilio/simulator/inbound-media.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { reachedBy } from '#server/twilio/simulator/whatsapp/tier.ts';
import type { WhatsAppSender, WhatsAppSenderStatus } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';
import { lastInboundAt, openWindow } from '#server/twilio/simulator/whatsapp/window.ts';

const QUALITIES = ['HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'];
const STATUSES: WhatsAppSenderStatus[] = ['CREATING', 'ONLINE', 'OFFLINE', 'PENDING_VERIFICATION', 'VERIFYING', 'ONLINE:UPDATING', 'TWILIO_REVIEW', 'DRAFT', 'STUBBED'];

/** The WhatsApp senders with whom they wrote to first in the last 24 hours. */
export function listWhatsAppSenders(simulator: Simulator) {
  return { senders: [...simulator.whatsAppSenders.values()].map((sender) => ({ ...sender, reached: [...reachedBy(simulator, sender.accountSid).keys()] })) };
}

/** `{sender, messagingLimit?, quality?, throughput?, status?}`: changes a sender as Meta would; a limit of null is none. */
export function changeWhatsAppSender(simulator: Simulator, _: ControlRequest, body: Fields): { sender: WhatsAppSender } {
  const sender = senderOf(simulator, readText(body, 'sender'));
  const { messagingLimit, quality, throughput, status } = body;
  if (messagingLimit !== undefined && messagingLimit !== null && !isAtLeast(messagingLimit, 0)) throw new Error('messagingLimit must be a number of at least 0, or null');
  if (throughput !== undefined && !isAtLeast(throughput, 0.001)) throw new Error('throughput must be a number above 0');
  if (quality !== undefined && !QUALITIES.includes(String(quality))) throw new Error(`quality must be one of ${QUALITIES.join(', ')}`);
  if (status !== undefined && !STATUSES.some((one) => one === status)) throw new Error(`status must be one of ${STATUSES.join(', ')}`);
  if (messagingLimit === null || isAtLeast(messagingLimit, 0)) sender.messagingLimit = messagingLimit;
  if (isAtLeast(throughput, 0)) sender.throughput = throughput;
  sender.qualityRating = quality === undefined ? sender.qualityRating : String(quality);
  sender.status = STATUSES.find((one) => one === status) ?? sender.status;
  simulator.revision++;
  return { sender };
}

/**
 * `{sender, person, secondsAgo}`: the last message of a person came so long ago, without any message or webhook; null: they never wrote.
 * `{sender, people: [{person, secondsAgo}]}` says it of many at once.
 */
export function setWindows(simulator: Simulator, _: ControlRequest, body: Fields) {
  const { senderId } = senderOf(simulator, readText(body, 'sender'));
  const people: unknown[] = Array.isArray(body.people) ? body.people : [body];
  const windows = people.map((one) => {
    const fields: Fields = typeof one === 'object' && one !== null ? { ...one } : {};
    const { secondsAgo } = fields;
    if (secondsAgo !== null && !isAtLeast(secondsAgo, 0)) throw new Error('secondsAgo must be a number of at least 0, or null');
    return { person: whatsAppAddress(readText(fields, 'person')), at: secondsAgo === null ? null : simulator.clock.now() - secondsAgo * 1000 };
  });
  for (const { person, at } of windows) openWindow(simulator, senderId, person, at);
  return { windows: windows.map(({ person }) => ({ person, lastInboundAt: lastInboundAt(simulator, senderId, person) })) };
}

/** A message from a person, by SMS or WhatsApp; answers once the application's webhook has answered, so that a test can look at the result at once. */
export function injectText(simulator: Simulator, _: ControlRequest, body: Fields): Promise<InboundResult> {
  const mediaUrls = Array.isArray(body.mediaUrls) ? body.mediaUrls.map(String) : [];
  const title = readOptionalText(body, 'buttonText');
  const button = title === undefined ? undefined : { text: title, payload: readOptionalText(body, 'buttonPayload') ?? title };
  const text: InboundText = {
    from: readText(body, 'from'),
    to: readText(body, 'to'),
    body: button ? button.text : mediaUrls.length > 0 || body.files !== undefined || body.location !== undefined ? (readOptionalText(body, 'body') ?? '') : readText(body, 'body'),
    mediaUrls,
    button,
    profileName: readOptionalText(body, 'profileName'),
    repliedSid: readOptionalText(body, 'repliedSid'),
    externalUserId: readOptionalText(body, 'externalUserId'),
    location: readLocation(body.location),
    isForwarded: body.isForwarded === true,
    files: readFiles(body.files),
    ...(isAtLeast(body.times, 1) && { times: Math.min(20, body.times) }),
    ...(isAtLeast(body.delaySeconds, 0) && { delaySeconds: body.delaySeconds }),
  };
  return receiveText(simulator, text);
}

/** `{messageSid}`: its webhook once more. */
export async function repeatText(simulator: Simulator, _: ControlRequest, body: Fields) {
  return { webhook: await repeatWebhook(simulator, readText(body, 'messageSid')) };
}

/** `[{contentType, data}]`, data in base64; without it a sample. */
function readFiles(value: unknown): InboundFile[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > 10) throw new Error('files must be a list of at most 10');
  return value.map((one: unknown) => {
    const fields: Fields = typeof one === 'object' && one !== null ? { ...one } : {};
    return { contentType: readText(fields, 'contentType'), data: readOptionalText(fields, 'data') ?? null };
  });
}

function readLocation(value: unknown): InboundText['location'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Fields = { ...value };
  const { latitude, longitude } = fields;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') throw new Error('location needs latitude and longitude');
  return { latitude, longitude, label: readOptionalText(fields, 'label') };
}

function senderOf(simulator: Simulator, address: string): WhatsAppSender {
  const sender = simulator.whatsAppSenders.get(whatsAppAddress(address));
  if (!sender) throw new Error(`no WhatsApp sender ${address}`);
  return sender;
}

function whatsAppAddress(address: string): string {
  return address.startsWith('whatsapp:') ? address : `whatsapp:${address}`;
}

function isAtLeast(value: unknown, low: number): value is number {
  return typeof value === 'number' && value >= low;
}
