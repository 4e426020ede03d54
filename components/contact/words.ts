import { formatPhone } from '#components/format/phone.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';

type Named = Pick<ContactView, 'firstName' | 'lastName' | 'phone' | 'email'>;

/** What to call somebody: the name, else the number, else the e-mail. */
export const nameOf = (contact: Named): string => fullName(contact) || (contact.phone ? formatPhone(contact.phone) : contact.email ?? 'Nameless');
export const fullName = ({ firstName, lastName }: Pick<Named, 'firstName' | 'lastName'>): string => [firstName, lastName].filter(Boolean).join(' ');

const sources: Record<string, string> = {
  keyword: 'They texted STOP.', provider: 'Twilio reported that they do not want messages.', staff: 'Recorded by a member of your team.',
  import: 'It came with an imported file.', api: 'Recorded through the API.', opt_out_type: 'They texted a word that Twilio understood as STOP.', erased: 'They were erased on their wish, and their number came back.',
};

const returns: Record<string, string> = { keyword: 'They wrote it themselves.', opt_out_type: 'They wrote START.', staff: 'Recorded by a member of your team.', import: 'It came with an imported file.', api: 'Recorded through the API.' };

/** Where an entry of the ledger comes from. */
export const consentSourceWords = (source: string, kind: 'opt_out' | 'opt_in'): string => (kind === 'opt_out' ? optOutReason(source) : returns[source] ?? 'The source was not recorded.');

/** Why nobody may write to this person. */
export const optOutReason = (source: string | null): string => (source && sources[source]) || 'The reason was not recorded.';
