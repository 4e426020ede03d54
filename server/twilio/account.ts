import { twilioClient, type TwilioCredentials } from '#server/twilio/client.ts';

/** Twilio's answer, or why there is none: `status` is null when nothing was answered at all. */
export type Reading<T> = { ok: true; value: T } | { ok: false; status: number | null; code: number | null; message: string };

export type AccountState = { status: string; type: string; name: string };
/** `inboundUrl`: where it hands what people write, if its service leaves that to it. */
export type OwnedNumber = { sid: string; phoneNumber: string; canSms: boolean; inboundUrl?: string | null };
/** `inboundUrl`: where it hands what people write; null: nowhere. `usesNumberUrls`: each number says so for itself. */
export type ServiceState = { sid: string; name: string; pool: string[]; campaigns: CampaignState[]; inboundUrl?: string | null; usesNumberUrls?: boolean };
export type CampaignState = { sid: string; status: string; usecase: string; brandSid: string; problem: string | null };
export type BrandState = { sid: string; status: string; type: string; score: number | null; isRussell3000: boolean };
/** A WhatsApp sender (XE…). `limit`: people whom it may write to first in 24 hours; null: as many as it likes, undefined: Twilio does not say. */
export type WhatsAppSenderState = { sid: string; address: string; status: string; limit: number | null | undefined; quality: string | null; perSecond: number | null; offlineReasons: string[]; /** Where it hands what people write; null: nowhere of its own. */ inboundUrl?: string | null };
export type TollFreeState = { numberSid: string; status: string; rejection: string | null };

const MOST_NUMBERS = 5000;
const POOL_LIMIT = 400; // Twilio's own limit of a sender pool

/** The account itself. A standard API key may be refused here (403/20003) although it may send. */
export const readAccount = (keys: TwilioCredentials): Promise<Reading<AccountState>> =>
  reading(async () => {
    const account = await twilioClient(keys).api.v2010.accounts(keys.accountSid).fetch();
    return { status: account.status, type: account.type, name: account.friendlyName };
  });

export const readBalance = (keys: TwilioCredentials): Promise<Reading<{ amount: string; currency: string }>> =>
  reading(async () => {
    const { balance, currency } = await twilioClient(keys).balance.fetch();
    return { amount: balance, currency };
  });

/** The numbers of the account, from IncomingPhoneNumbers. */
export const readNumbers = (keys: TwilioCredentials): Promise<Reading<OwnedNumber[]>> =>
  reading(async () => {
    const numbers = await twilioClient(keys).incomingPhoneNumbers.list({ limit: MOST_NUMBERS });
    return numbers.map(({ sid, phoneNumber, capabilities, smsUrl }) => ({ sid, phoneNumber, canSms: capabilities?.sms !== false, inboundUrl: smsUrl || null }));
  });

/** A messaging service with its sender pool and its 10DLC campaigns (Usa2p). */
export const readService = (keys: TwilioCredentials, serviceSid: string): Promise<Reading<ServiceState>> =>
  reading(async () => {
    const service = twilioClient(keys).messaging.v1.services(serviceSid);
    const { sid, friendlyName, inboundRequestUrl, useInboundWebhookOnNumber } = await service.fetch();
    const [pool, campaigns] = await Promise.all([service.phoneNumbers.list({ limit: POOL_LIMIT }), service.usAppToPerson.list({ limit: 20 })]);
    return { sid, name: friendlyName, pool: pool.map((number) => number.phoneNumber), campaigns: campaigns.map(campaignState), inboundUrl: inboundRequestUrl || null, usesNumberUrls: useInboundWebhookOnNumber };
  });

/** Has a messaging service hand what people write to this address. */
export const setInboundUrl = (keys: TwilioCredentials, serviceSid: string, url: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).messaging.v1.services(serviceSid).update({ inboundRequestUrl: url, inboundMethod: 'POST' }); return null; });

/** The same for a WhatsApp sender, which may be in no service. */
export const setSenderInboundUrl = (keys: TwilioCredentials, senderSid: string, url: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).messaging.v2.channelsSenders(senderSid).update({ webhook: { callback_url: url, callback_method: 'POST' } as never }); return null; }); // the SDK's type has names that Twilio does not

/** Messaging services of the account by name, for "which one did you mean". */
export const readServiceNames = (keys: TwilioCredentials): Promise<Reading<{ sid: string; name: string }[]>> =>
  reading(async () => (await twilioClient(keys).messaging.v1.services.list({ limit: 20 })).map(({ sid, friendlyName }) => ({ sid, name: friendlyName })));

export const readBrand = (keys: TwilioCredentials, brandSid: string): Promise<Reading<BrandState>> =>
  reading(async () => {
    const brand = await twilioClient(keys).messaging.v1.brandRegistrations(brandSid).fetch();
    return { sid: brand.sid, status: brand.status, type: brand.brandType, score: brand.brandScore ?? null, isRussell3000: brand.russell3000 ?? false };
  });

export const readTollFree = (keys: TwilioCredentials): Promise<Reading<TollFreeState[]>> =>
  reading(async () => {
    const verifications = await twilioClient(keys).messaging.v1.tollfreeVerifications.list({ limit: 1000 });
    return verifications.map((one) => ({ numberSid: one.tollfreePhoneNumberSid, status: one.status, rejection: one.rejectionReason || null }));
  });

/** The WhatsApp senders of the account, from messaging v2 Channels/Senders. */
export const readWhatsAppSenders = (keys: TwilioCredentials): Promise<Reading<WhatsAppSenderState[]>> =>
  reading(async () => (await twilioClient(keys).messaging.v2.channelsSenders.list({ channel: 'whatsapp', limit: MOST_NUMBERS })).map(whatsAppSenderState));

function whatsAppSenderState(sender: { sid: string; senderId: string; status: string; properties: unknown; offlineReasons: unknown; webhook?: unknown }): WhatsAppSenderState {
  const properties = (sender.properties ?? {}) as Record<string, unknown>; // Twilio's own names, or those that the SDK makes of them
  const [limit, quality, throughput] = [properties.messaging_limit ?? properties.messagingLimit, properties.quality_rating ?? properties.qualityRating, properties.throughput ?? properties.mps];
  const webhook = (sender.webhook ?? {}) as Record<string, unknown>;
  const url = webhook.callback_url ?? webhook.callbackUrl;
  const reasons = Array.isArray(sender.offlineReasons) ? (sender.offlineReasons as { message?: string }[]) : [];
  return {
    sid: sender.sid, address: sender.senderId, status: sender.status, limit: typeof limit === 'string' ? readLimit(limit) : undefined, quality: typeof quality === 'string' ? quality : null,
    perSecond: Number(throughput) > 0 ? Number(throughput) : null, offlineReasons: reasons.flatMap(({ message }) => message ?? []), inboundUrl: typeof url === 'string' && url ? url : null,
  };
}

/** "250 Customers/24hr", "10K Customers/24hr", "Unlimited"; undefined for words that nobody here knows. */
export function readLimit(words: string): number | null | undefined {
  if (/^unlimited/i.test(words.trim())) return null;
  const [, digits, unit = ''] = /^([\d.,]+)\s*([km]?)\b/i.exec(words.trim()) ?? [];
  if (digits === undefined) return undefined;
  const people = Number(digits.replaceAll(',', '')) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
  return Number.isInteger(people) && people > 0 ? people : undefined;
}

function campaignState(campaign: { sid: string; campaignStatus: string; usAppToPersonUsecase: string; brandRegistrationSid: string; errors: unknown }): CampaignState {
  const [first] = Array.isArray(campaign.errors) ? (campaign.errors as { description?: string }[]) : [];
  return {
    sid: campaign.sid, status: campaign.campaignStatus, usecase: campaign.usAppToPersonUsecase, brandSid: campaign.brandRegistrationSid,
    problem: first?.description ?? null,
  };
}

/** A failing Twilio is an answer here, not an exception: these reads explain the state of a connection. */
export async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    const { status, code, message } = error as { status?: unknown; code?: unknown; message?: unknown };
    return {
      ok: false,
      status: typeof status === 'number' ? status : null,
      code: typeof code === 'number' ? code : null,
      message: typeof message === 'string' ? message : 'no answer',
    };
  }
}
