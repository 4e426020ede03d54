import { formatPhone } from '#components/format/phone.ts';
import type { OptOutView } from '#server/domain/consent/schema.ts';

export const sourceWords: Record<OptOutView['source'], string> = {
  keyword: 'Their own word', opt_out_type: 'Their word, as Twilio understood it', provider: 'Refused by Twilio', staff: 'Your team', import: 'Import', api: 'API', erased: 'Erased earlier',
};

/** From whom they want nothing more, or something again. */
export const scopeWords = ({ scope, sender }: Pick<OptOutView, 'scope' | 'sender'>): string => (scope === 'sender' && sender ? `Only ${formatPhone(sender)}` : 'All your senders');

/** What proves it, in words. */
export function evidenceWords({ evidence, source }: Pick<OptOutView, 'evidence' | 'source'>): string {
  const { word, errorCode, fileName, row, note, consentText, carriedFrom, writtenAt } = evidence;
  const found = typeof writtenAt === 'string' ? ', found at Twilio later' : '';
  if (typeof word === 'string' && word) return `“${word}”${found}`;
  if (typeof errorCode === 'number') return `Twilio error ${errorCode}`;
  if (typeof fileName === 'string') return typeof row === 'number' ? `${fileName}, row ${row}` : fileName;
  if (typeof carriedFrom === 'string') return `Had left as ${formatPhone(carriedFrom)}`;
  if (typeof consentText === 'string' && consentText) return consentText;
  if (typeof note === 'string' && note) return note;
  return source === 'provider' ? 'Twilio error 21610' : '';
}
