import type { ChannelId } from '#server/channels/index.ts';
import { paceByRegistration, type SmsPace } from '#server/channels/sms/pace-by-registration.ts';
import type { BrandState, CampaignState, OwnedNumber, ServiceState, TollFreeState, WhatsAppSenderState } from '#server/twilio/account.ts';

/** Everything that Twilio says about the numbers of an account and their registration. `whatsApp` null: it did not say, so those that are known stay. */
export type TwilioSenders = { numbers: OwnedNumber[]; service: ServiceState | null; brands: BrandState[]; tollFree: TollFreeState[]; whatsApp: WhatsAppSenderState[] | null };

export type RegistrationStatus = 'not_required' | 'unregistered' | 'pending' | 'approved' | 'rejected' | 'suspended';
export type SenderFromTwilio = {
  channel: ChannelId; address: string; providerSid: string; kind: 'local' | 'toll_free' | 'mobile' | 'whatsapp';
  registration: RegistrationStatus; detail: string;
  /** People whom it may write to first in 24 hours; null: as many as it likes. */
  messagingLimit: number | null; qualityRating: string | null;
  isInService: boolean;
  /** Where Twilio hands what people write to it; null: nowhere. */
  inboundUrl: string | null;
  /** What the carrier meters: the campaign for 10DLC, else the number. */
  meter: string; pace: SmsPace;
};

const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;

/** Messages per second of a WhatsApp sender when Twilio does not say (facts/twilio.md §6.1). */
const WHATSAPP_PACE = 80;
/** Meta's lowest tier, taken when Twilio does not say: more would be a guess. */
const LOWEST_TIER = 250;

/** Numbers that can send SMS, and WhatsApp senders, with registration and cap. Nothing but Twilio's word counts (P12, D3). */
export const sendersFromTwilio = (facts: TwilioSenders): SenderFromTwilio[] => [
  ...facts.numbers.filter((number) => number.canSms).map((number) => senderOf(number, facts)), ...(facts.whatsApp ?? []).map(whatsAppSender),
];

/** P45, P67: a WhatsApp sender has a pace of its own, apart from the SMS of the same number. */
function whatsAppSender({ sid, address, status, limit, quality, perSecond, offlineReasons, inboundUrl }: WhatsAppSenderState): SenderFromTwilio {
  return {
    channel: 'whatsapp', address, providerSid: sid, kind: 'whatsapp', meter: address, isInService: true, inboundUrl: inboundUrl ?? null, messagingLimit: limit === undefined ? LOWEST_TIER : limit, qualityRating: quality, ...whatsAppState(status, offlineReasons),
    pace: { segmentsPerSecond: perSecond ?? WHATSAPP_PACE, source: perSecond ? 'WhatsApp sender, as Twilio says' : 'WhatsApp sender, the usual rate' },
  };
}

function whatsAppState(status: string, reasons: string[]): Pick<SenderFromTwilio, 'registration' | 'detail'> {
  if (status === 'ONLINE' || status === 'ONLINE:UPDATING') return { registration: 'approved', detail: 'Online at WhatsApp.' };
  const why = reasons.length > 0 ? `: ${reasons.join(' ')}` : '.';
  if (status === 'OFFLINE') return { registration: 'rejected', detail: `Offline at WhatsApp${why} Open the sender in Twilio.` };
  return { registration: 'pending', detail: `Twilio and Meta are setting it up (${status.toLowerCase().replaceAll('_', ' ')})${why} Check again in some minutes.` };
}

function senderOf(number: OwnedNumber, facts: TwilioSenders): SenderFromTwilio {
  const known = TOLL_FREE.test(number.phoneNumber) ? tollFreeSender(number, facts)
    : number.phoneNumber.startsWith('+1') ? localSender(number, facts)
    : { kind: 'mobile' as const, registration: 'not_required' as const, detail: 'Numbers of this country need no US registration.', meter: number.phoneNumber, pace: paceByRegistration({ kind: 'mobile' }) };
  const isInService = isInPool(number, facts.service);
  const sender = { channel: 'sms' as const, messagingLimit: null, qualityRating: null, address: number.phoneNumber, providerSid: number.sid, isInService, inboundUrl: inboundOf(number, facts.service), ...known };
  if (isInService || !isUsable(sender.registration)) return sender;
  return { ...sender, registration: 'unregistered', detail: `${sender.detail} It is not in the messaging service, so it cannot send: add it to the sender pool in Twilio, then check again.` };
}

/** In a service its address holds, unless it leaves that to each number. */
const inboundOf = (number: OwnedNumber, service: ServiceState | null): string | null =>
  (isInPool(number, service) && !service?.usesNumberUrls ? service?.inboundUrl : number.inboundUrl) ?? null;

type KnownSender = Omit<SenderFromTwilio, 'channel' | 'address' | 'providerSid' | 'messagingLimit' | 'qualityRating' | 'isInService' | 'inboundUrl'>;

function tollFreeSender(number: OwnedNumber, { tollFree }: TwilioSenders): KnownSender {
  const all = tollFree.filter((one) => one.numberSid === number.sid);
  const verification = all.find((one) => one.status === 'TWILIO_APPROVED') ?? all[0];
  const common = { kind: 'toll_free' as const, meter: number.phoneNumber, pace: paceByRegistration({ kind: 'toll_free' }) };
  if (!verification) return { ...common, registration: 'unregistered', detail: 'Carriers block this number until its toll-free verification is approved. Submit it in Twilio; it usually takes a few days.' };
  if (verification.status === 'TWILIO_APPROVED') return { ...common, registration: 'approved', detail: 'Toll-free verification approved.' };
  if (verification.status === 'TWILIO_REJECTED') {
    return { ...common, registration: 'rejected', detail: `Toll-free verification rejected${verification.rejection ? `: ${verification.rejection}` : '.'} Correct it in Twilio and submit it again.` };
  }
  return { ...common, registration: 'pending', detail: 'Toll-free verification is in review, usually for a few days.' };
}

function localSender(number: OwnedNumber, { service, brands }: TwilioSenders): KnownSender {
  const alone = { kind: 'local' as const, meter: number.phoneNumber, pace: paceByRegistration({ kind: 'local', campaign: null }) };
  if (!service || !isInPool(number, service)) {
    return { ...alone, registration: 'unregistered', detail: 'Not in the messaging service of a registered 10DLC campaign, so US carriers block it. Add it to the sender pool in Twilio, then check again.' };
  }
  const campaign = service.campaigns.find((one) => one.status === 'VERIFIED') ?? service.campaigns[0];
  if (!campaign) return { ...alone, registration: 'unregistered', detail: 'The messaging service has no 10DLC campaign, so US carriers block it. Register a brand, then a campaign, in Twilio: about 1 to 3 weeks.' };
  return { ...alone, ...campaignSender(campaign, brands.find((brand) => brand.sid === campaign.brandSid)) };
}

/** P9: the brand and the campaign are two stages; the sender is as good as the weaker one. */
function campaignSender(campaign: CampaignState, brand: BrandState | undefined): Pick<KnownSender, 'registration' | 'detail'> & Partial<Pick<KnownSender, 'meter' | 'pace'>> {
  if (brand?.status === 'SUSPENDED') return { registration: 'suspended', detail: 'The brand is suspended. Twilio support says what is needed to lift it.' };
  if (brand?.status === 'FAILED') return { registration: 'rejected', detail: 'The brand registration failed. Correct the business data in Twilio and submit it again.' };
  if (campaign.status === 'FAILED') return { registration: 'rejected', detail: `The 10DLC campaign was rejected${campaign.problem ? `: ${campaign.problem}` : '.'} Correct it in Twilio and submit it again.` };
  if (campaign.status !== 'VERIFIED') {
    const stage = brand && brand.status !== 'APPROVED' ? 'The brand is being vetted; the 10DLC campaign follows' : 'The brand is approved; the 10DLC campaign is in review';
    return { registration: 'pending', detail: `${stage}. Both together take about 1 to 3 weeks.` };
  }
  const pace = paceByRegistration({ kind: 'local', campaign: { usecase: campaign.usecase, brandType: brand?.type ?? 'STANDARD', brandScore: brand?.score ?? null, isRussell3000: brand?.isRussell3000 ?? false } });
  return { registration: 'approved', detail: 'Brand and 10DLC campaign approved.', meter: campaign.sid, pace };
}

const isInPool = (number: OwnedNumber, service: ServiceState | null) => service?.pool.includes(number.phoneNumber) ?? false;
const isUsable = (registration: RegistrationStatus) => registration === 'approved' || registration === 'not_required';
