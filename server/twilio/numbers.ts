import { reading, type Reading } from '#server/twilio/account.ts';
import { twilioClient, type TwilioCredentials } from '#server/twilio/client.ts';

export type NumberType = 'local' | 'toll_free' | 'mobile';
/** What a number for sale must have. `contains`: digits, letters of the keypad, and * for any one digit. */
export type NumberSearch = { country: string; type: NumberType; areaCode?: string | undefined; contains?: string | undefined; mms?: boolean | undefined; voice?: boolean | undefined };
export type NumberForSale = {
  phoneNumber: string; country: string; type: NumberType; place: string | null;
  sms: boolean; mms: boolean; voice: boolean;
  /** An address of the business that Twilio asks for before it sells the number. */
  addressRequired: 'none' | 'any' | 'local' | 'foreign';
};
/** Monthly, decimal strings, in Twilio's own currency for this account. */
export type NumberPrices = { currency: string; byType: Partial<Record<NumberType, string>> };
/** A number that the account owns. `inboundUrl`: where it hands what people write when its service leaves that to it; null: nowhere. */
export type BoughtNumber = { sid: string; phoneNumber: string; canSms: boolean; inboundUrl: string | null };

const MOST_OFFERS = 30;
const SEARCH_TAKES = 30;

/** Numbers for sale that can send SMS, from AvailablePhoneNumbers. Empty also where Twilio sells none of this type. */
export const readNumbersForSale = (keys: TwilioCredentials, { country, type, areaCode, contains, mms, voice }: NumberSearch): Promise<Reading<NumberForSale[]>> =>
  reading(async () => {
    const shop = twilioClient(keys).availablePhoneNumbers(country);
    const wish = {
      smsEnabled: true, limit: MOST_OFFERS, pageSize: SEARCH_TAKES,
      ...(areaCode && { areaCode: Number(areaCode) }), ...(contains && { contains }), ...(mms && { mmsEnabled: true }), ...(voice && { voiceEnabled: true }),
    };
    const found = await (type === 'toll_free' ? shop.tollFree.list(wish) : type === 'mobile' ? shop.mobile.list(wish) : shop.local.list(wish));
    return found.map((one) => forSale(one, type));
  });

type Offer = { phoneNumber: string; isoCountry: string; locality: string; region: string; addressRequirements: string; capabilities: unknown };

function forSale({ phoneNumber, isoCountry, locality, region, addressRequirements, capabilities }: Offer, type: NumberType): NumberForSale {
  const can = Object.fromEntries(Object.entries(capabilities ?? {}).map(([name, value]) => [name.toLowerCase(), value === true])); // upper case here, lower case elsewhere: Twilio's own habit
  const needs = (['any', 'local', 'foreign'] as const).find((one) => one === addressRequirements);
  return { phoneNumber, country: isoCountry, type, place: [locality, region].filter(Boolean).join(', ') || null, sms: can.sms ?? false, mms: can.mms ?? false, voice: can.voice ?? false, addressRequired: needs ?? 'none' };
}

const typeOf: Record<string, NumberType> = { local: 'local', 'toll free': 'toll_free', mobile: 'mobile', national: 'local' };

/** What a number of a country costs this account each month, from the Pricing API. */
export const readNumberPrices = (keys: TwilioCredentials, country: string): Promise<Reading<NumberPrices>> =>
  reading(async () => {
    const { priceUnit, phoneNumberPrices } = await twilioClient(keys).pricing.v1.phoneNumbers.countries(country).fetch();
    const prices = phoneNumberPrices.map(priceOf).flatMap(({ type, price }) => { const known = typeOf[type]; return known && price ? [[known, price] as const] : []; });
    return { currency: priceUnit.toUpperCase(), byType: Object.fromEntries(prices) };
  });

/** Twilio's own names, or those that the SDK makes of them. */
function priceOf(row: unknown): { type: string; price: string } {
  const { number_type, numberType, current_price, currentPrice } = row as Record<string, unknown>;
  return { type: String(number_type ?? numberType ?? ''), price: String(current_price ?? currentPrice ?? '') };
}

/** Buys a number with its inbound URL set from the first moment. 21422: sold meanwhile · 21615, 21649: Twilio wants an address or a bundle first. */
export const buyNumber = (keys: TwilioCredentials, phoneNumber: string, inboundUrl: string): Promise<Reading<BoughtNumber>> =>
  reading(async () => owned(await twilioClient(keys).incomingPhoneNumbers.create({ phoneNumber, smsUrl: inboundUrl, smsMethod: 'POST' })));

/** The number of the account that is exactly this one; null: it has none such. */
export const findOwnedNumber = (keys: TwilioCredentials, phoneNumber: string): Promise<Reading<BoughtNumber | null>> =>
  reading(async () => {
    const found = (await twilioClient(keys).incomingPhoneNumbers.list({ phoneNumber, limit: 20 })).find((one) => one.phoneNumber === phoneNumber); // Twilio matches parts
    return found ? owned(found) : null;
  });

/** Has a number hand what people write to this address. */
export const setNumberInboundUrl = (keys: TwilioCredentials, sid: string, url: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).incomingPhoneNumbers(sid).update({ smsUrl: url, smsMethod: 'POST' }); return null; });

/** Gives a number back to Twilio. It is gone for good. */
export const releaseOwnedNumber = (keys: TwilioCredentials, sid: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).incomingPhoneNumbers(sid).remove(); return null; });

/** Puts a number into a messaging service. 21710: it is in it already · 21712: it is in another · 21714: the pool is full. */
export const addToService = (keys: TwilioCredentials, serviceSid: string, sid: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).messaging.v1.services(serviceSid).phoneNumbers.create({ phoneNumberSid: sid }); return null; });

export const removeFromService = (keys: TwilioCredentials, serviceSid: string, sid: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).messaging.v1.services(serviceSid).phoneNumbers(sid).remove(); return null; });

type Owned = { sid: string; phoneNumber: string; smsUrl: string; capabilities?: { sms?: boolean } };
const owned = ({ sid, phoneNumber, smsUrl, capabilities }: Owned): BoughtNumber => ({ sid, phoneNumber, canSms: capabilities?.sms !== false, inboundUrl: smsUrl || null });
