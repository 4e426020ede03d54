/** What a channel tells besides the words: the button that was tapped, a place, the message that it answers. */
export type InboundExtra = {
  buttonText?: string; buttonPayload?: string; listId?: string; listTitle?: string;
  location?: { latitude: number; longitude: number; address?: string; label?: string };
  forwarded?: boolean; frequentlyForwarded?: boolean; repliedToSid?: string; messageType?: string; referralUrl?: string; referralHeadline?: string;
};

/** A message that somebody wrote to one of our addresses. */
export type InboundMessage = {
  sid: string; accountSid: string;
  /** Theirs as the channel names it; it need not be a phone number. */
  from: string;
  to: string; body: string; media: Array<{ url: string; contentType: string }>;
  /** The service took it for one of its keywords. */
  optOutType: 'STOP' | 'START' | 'HELP' | null;
  /** WhatsApp: as they call themselves, and Meta's id of them, which stays when the number is hidden. */
  profileName: string | null; waUserId: string | null;
  extra: InboundExtra;
};

const MOST_MEDIA = 10;
const sid = '[0-9a-fA-F]{32}';
const ourAddress = /^(whatsapp:)?\+?\d{3,15}$/;
const theirAddress = /^[^\s\p{C}]{3,150}$/u;
/** No place is called like a parameter: a value that swallowed its neighbour shows it. */
const place = /^(?!.*(From|To)(City|Country|State|Zip)).*$/s;

/**
 * What a parameter looks like. The signature concatenates names and values without a separator, so what is known stands there at most once and fits;
 * what comes before Body in that order is strict, so that no text can vanish in its neighbour.
 */
const patterns: Record<string, RegExp> = {
  AccountSid: new RegExp(`^AC${sid}$`), MessageSid: new RegExp(`^(SM|MM)${sid}$`), SmsSid: new RegExp(`^(SM|MM)${sid}$`), SmsMessageSid: new RegExp(`^(SM|MM)${sid}$`),
  MessagingServiceSid: new RegExp(`^(MG${sid})?$`), ApiVersion: /^\d{4}-\d{2}-\d{2}$/, To: ourAddress, NumMedia: /^\d{0,3}$/, NumSegments: /^\d{0,3}$/, SmsStatus: /^[a-z]{0,20}$/,
  MessageType: /^[A-Za-z_]{0,30}$/, OptOutType: /^[A-Za-z]{0,20}$/, WaId: /^[\w.-]{0,150}$/, Forwarded: /^\w{0,5}$/, FrequentlyForwarded: /^\w{0,5}$/, OriginalRepliedMessageSid: /^[\w]{0,64}$/,
  Latitude: /^-?[\d.]{0,24}$/, Longitude: /^-?[\d.]{0,24}$/, ReferralNumMedia: /^\d{0,3}$/,
  FromCity: place, FromCountry: place, FromState: place, FromZip: place, ToCity: place, ToCountry: place, ToState: place, ToZip: place,
};
const once = [...Object.keys(patterns), 'Body', 'From', 'ExternalUserId', 'ProfileName', 'ButtonText', 'ButtonPayload', 'Address', 'Label'];
const needed = ['AccountSid', 'MessageSid', 'ApiVersion', 'To'];

/**
 * A signed form as a message, or null when it is none (https://www.twilio.com/docs/messaging/guides/webhook-request). Who wrote it may be anybody: without a
 * number or any other name the message stands for itself, because it must not be lost.
 */
export function parseInbound(form: URLSearchParams): InboundMessage | null {
  if (once.some((name) => form.getAll(name).length > 1) || needed.some((name) => !form.has(name))) return null;
  if (Object.entries(patterns).some(([name, pattern]) => form.has(name) && !pattern.test(form.get(name)!))) return null;
  const text = (name: string, most: number) => form.get(name)?.replaceAll('\u0000', '').trim().slice(0, most).toWellFormed() || null;
  const optOutType = form.get('OptOutType')?.toUpperCase();
  return {
    sid: form.get('MessageSid')!, accountSid: form.get('AccountSid')!, from: writerOf(form), to: form.get('To')!,
    body: form.get('Body')?.replaceAll('\u0000', '') || text('ButtonText', 1_000) || '', media: mediaOf(form),
    optOutType: optOutType === 'STOP' || optOutType === 'START' || optOutType === 'HELP' ? optOutType : null,
    profileName: text('ProfileName', 200), waUserId: userIdOf(form), extra: extraOf(form, text),
  };
}

/** Their number, else Meta's id of them, else this message alone. */
function writerOf(form: URLSearchParams): string {
  const channel = form.get('To')!.startsWith('whatsapp:') ? 'whatsapp:' : '';
  const [from, user] = [form.get('From') ?? '', userIdOf(form)];
  if (theirAddress.test(from) && from !== 'whatsapp:') return from;
  return user ? `${channel}${user}` : `${channel}unknown.${form.get('MessageSid')!}`;
}

/** https://www.twilio.com/docs/whatsapp: somebody whose number is not shown comes as an id of Meta's, as ExternalUserId or in the place of the number. */
function userIdOf(form: URLSearchParams): string | null {
  for (const name of ['ExternalUserId', 'From']) {
    const value = form.get(name) ?? '';
    const id = /^(?:whatsapp:)?((?:ID|[A-Z]{2})\.[A-Za-z0-9]{1,140})$/.exec(value)?.[1];
    if (id) return id;
  }
  return null;
}

/** Addresses only; how many came is what stands there, whatever the count says. */
function mediaOf(form: URLSearchParams): InboundMessage['media'] {
  const count = Math.min(MOST_MEDIA, Number(form.get('NumMedia') ?? 0));
  return Array.from({ length: count }, (_, i) => ({ url: form.get(`MediaUrl${i}`) ?? '', contentType: (form.get(`MediaContentType${i}`) ?? '').slice(0, 100) }))
    .filter(({ url, contentType }) => /^https?:\/\/[^\s\p{C}]{1,2000}$/iu.test(url) && /^[\w.+/;= "-]*$/.test(contentType));
}

function extraOf(form: URLSearchParams, text: (name: string, most: number) => string | null): InboundExtra {
  const known = {
    buttonText: text('ButtonText', 1_000), buttonPayload: text('ButtonPayload', 1_000), listId: text('ListId', 500), listTitle: text('ListTitle', 500), location: placeOf(form, text),
    forwarded: isTrue(form.get('Forwarded')), frequentlyForwarded: isTrue(form.get('FrequentlyForwarded')), repliedToSid: text('OriginalRepliedMessageSid', 64),
    messageType: text('MessageType', 30), referralUrl: text('ReferralSourceUrl', 2_000), referralHeadline: text('ReferralHeadline', 500),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)) as InboundExtra;
}

function placeOf(form: URLSearchParams, text: (name: string, most: number) => string | null): InboundExtra['location'] | null {
  const [latitude, longitude] = [text('Latitude', 24), text('Longitude', 24)].map((value) => (value === null ? NaN : Number(value)));
  if (!(Math.abs(latitude!) <= 90) || !(Math.abs(longitude!) <= 180)) return null;
  const [address, label] = [text('Address', 1_000), text('Label', 500)];
  return { latitude: latitude!, longitude: longitude!, ...(address && { address }), ...(label && { label }) };
}

const isTrue = (value: string | null) => (value?.toLowerCase() === 'true' ? true : null);
