import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channelIds, channels } from '#server/channels/index.ts';
import { readPhone } from '#server/domain/contact/phone.ts';

/** What somebody typed in the box of the log, understood. */
export type Term =
  | { kind: 'everything' }
  | { kind: 'nothing' }
  /** One message, named by Twilio's SM… or MM…, or by our own id. */
  | { kind: 'delivery'; broadcastId: string; seq: number }
  /** Few people: their addresses are looked up in each broadcast. */
  | { kind: 'recipients'; recipients: string[] }
  /** Many people: reading along finds them soon. */
  | { kind: 'people'; filter: SQL };

/** Up to here people are looked up one by one. */
const FEW = 200;

/** A message's SID or id, a number in any usual form, its last digits, or a name. */
export async function readTerm(tx: Tx, organizationId: string, search: string): Promise<Term> {
  if (search === '') return { kind: 'everything' };
  if (/^(SM|MM)[0-9a-f]{32}$/i.test(search)) return bySid(tx, organizationId, search.slice(0, 2).toUpperCase() + search.slice(2).toLowerCase());
  const digits = search.replace(/\D/g, '');
  if (digits.length >= 2 && /^(whatsapp:)?[\d\s+().\-/]+$/i.test(search)) return byNumber(tx, organizationId, search, digits);
  return byPeople(tx, organizationId, namedLike(search));
}

async function bySid(tx: Tx, organizationId: string, sid: string): Promise<Term> {
  const [found] = await rows<{ broadcast_id: string; seq: number }>(tx, sql`
    select broadcast_id, seq from attempt where organization_id = ${organizationId} and sid = ${sid}
    union all select broadcast_id, seq from message_event where organization_id = ${organizationId} and sid = ${sid} limit 1`);
  return found ? { kind: 'delivery', broadcastId: found.broadcast_id, seq: found.seq } : { kind: 'nothing' };
}

/** A complete number is looked up as such, also when its contact is gone; fewer digits are the end of a contact's number. */
async function byNumber(tx: Tx, organizationId: string, search: string, digits: string): Promise<Term> {
  const [organization] = await rows<{ country: string }>(tx, sql`select default_country as country from organization where id = ${organizationId}`);
  const complete = readPhone(search, organization?.country ?? null).phone;
  const written = digits.length >= 7 ? [complete, `+${digits.replace(/^00/, '')}`] : [complete];
  const numbers = [...new Set(written.filter((phone) => phone !== null))];
  if (complete || digits.length > 10) return { kind: 'recipients', recipients: numbers.flatMap(addressesOf) };
  return byPeople(tx, organizationId, sql`contact.phone like ${`%${digits.replace(/^0+(?=\d{7})/, '')}`}`);
}

/** Each word is part of the name. */
function namedLike(search: string): SQL {
  const words = search.split(/\s+/).slice(0, 6).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  return sql.join(words.map((word) => sql`(contact.first_name ilike ${word} or contact.last_name ilike ${word})`), sql` and `);
}

async function byPeople(tx: Tx, organizationId: string, filter: SQL): Promise<Term> {
  const people = await rows<{ phone: string }>(tx, sql`
    select phone from contact where organization_id = ${organizationId} and phone is not null and ${filter} limit ${FEW + 1}`);
  if (people.length > FEW) return { kind: 'people', filter };
  return people.length === 0 ? { kind: 'nothing' } : { kind: 'recipients', recipients: people.flatMap(({ phone }) => addressesOf(phone)) };
}

/** How one person is written on each channel. */
const addressesOf = (phone: string) => [...new Set(channelIds.map((id) => channels[id].toAddress(phone)))];
