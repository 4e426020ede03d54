import type { LinkView } from '#server/domain/connection/schema.ts';
import { maskPhone } from '#server/log.ts';

type Facts = { version: string; accountSid: string; isSimulated: boolean; links: LinkView[]; now: Date };

/** The state of the connection as text to hand to somebody else: numbers and SIDs are masked, addresses lose what follows their question mark. */
export function diagnosticsOf({ version, accountSid, isSimulated, links, now }: Facts): string {
  const words = { pass: 'works', warn: 'LOOK AT THIS', fail: 'DOES NOT WORK' };
  const lines = links.map(({ name, status, detail, fix, checkedAt }) => `${words[status]} · ${name} · ${detail}${fix ? ` → ${fix}` : ''} [${checkedAt}]`);
  return masked([`Hailer ${version}, ${now.toISOString()}`, `Twilio account ${accountSid}${isSimulated ? ' (simulated)' : ''}`, ...lines].join('\n'));
}

/** Recognisable, of no use to anybody. */
export const masked = (text: string): string =>
  text.replace(/\b([A-Z]{2})[0-9a-fA-F]{28}([0-9a-fA-F]{4})\b/g, '$1…$2').replace(/\+\d{7,15}/g, maskPhone).replace(/(https?:\/\/[^\s?]+)\?\S*/g, '$1?…');
