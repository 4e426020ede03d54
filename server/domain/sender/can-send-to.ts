import type { SenderView } from '#server/domain/sender/schema.ts';

type Known = Pick<SenderView, 'kind' | 'registration' | 'registrationDetail'>;
export type Destination = SenderView['canSendTo'][number];
type Answer = [answer: Destination['answer'], why: string];
type Answers = { us: Answer; canada: Answer; uk: Answer; whatsApp: Answer };

const yes = (why: string): Answer => ['yes', why];
const no = (why: string): Answer => ['no', why];

const ABROAD: Answer = ['maybe', 'Carriers there may show another sender, so replies may not come back. The country must be on in Twilio under Messaging → Geo permissions.'];
const OTHER_CHANNEL = no('Needs a WhatsApp sender; this one sends SMS.');
const NO_SMS = no('A WhatsApp sender sends no SMS.');
const northAmerican = (approved: string): Answers => ({ us: yes(approved), canada: yes('A North American number; Canada asks for no registration of its own.'), uk: ABROAD, whatsApp: OTHER_CHANNEL });

/** What carriers of the country do, once the send verb lets it go. Twilio's SMS guidelines of the countries and its geographic permissions, read 22 Nov 2026. */
const approved: Record<Known['kind'], Answers> = {
  local: northAmerican('Its brand and 10DLC campaign are approved.'),
  toll_free: northAmerican('Its toll-free verification is approved.'),
  short_code: { us: yes('Short code of the US.'), canada: no('A short code works in its own country only.'), uk: no('A short code works in its own country only.'), whatsApp: OTHER_CHANNEL },
  mobile: { us: no('US carriers block numbers of other countries that send in volume. Use a registered US number.'), canada: ABROAD, uk: yes('No registration is asked for; the country must be on in Twilio’s geo permissions.'), whatsApp: OTHER_CHANNEL },
  alphanumeric: { us: no('The US takes no names as sender.'), canada: no('Canada takes no names as sender.'), uk: yes('One way: nobody can reply to a name.'), whatsApp: OTHER_CHANNEL },
  whatsapp: { us: NO_SMS, canada: NO_SMS, uk: NO_SMS, whatsApp: yes('Online. To US numbers Meta delivers no marketing templates since April 2025.') },
};

/** What a sender reaches, and why not (P5): first what the send verb asks of it, then what carriers do. */
export function canSendTo({ kind, registration, registrationDetail }: Known): Destination[] {
  const may = registration === 'approved' || registration === 'not_required';
  const because = ([answer, why]: Answer): Answer => (may || answer === 'no' ? [answer, why] : no(registrationDetail ?? 'Carriers have not approved it.'));
  const { us, canada, uk, whatsApp } = approved[kind];
  const places = [['US SMS', us], ['Canada SMS', canada], ['UK SMS', uk], ['WhatsApp', whatsApp]] as const;
  return places.map(([to, given]) => { const [answer, why] = because(given); return { to, answer, why }; });
}
