import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Person } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readPeople } from '#server/domain/audience/people.ts';
import type { DueBroadcast, DueDelivery } from '#server/domain/broadcast/next.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { leftBesidesContact, optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { lockStrangers } from '#server/domain/opt-out/record.ts';

/** A delivery of a slice with the person whose values fill it; `refused`: why nothing may be written to them now. */
export type Addressee = DueDelivery & { person: Person; refused: 'opted_out' | 'number_changed' | null };
type Broadcast = Pick<DueBroadcast, 'id' | 'purpose' | 'sender' | 'deliveries'>;

/** What we answer to one person, in their conversation: it is meant as it stands, and goes to the address that wrote. */
export const isAnswer = ({ purpose }: Pick<DueBroadcast, 'purpose'>): boolean => purpose === 'reply' || purpose === 'help';

/** Fills nothing: an answer says what was typed. */
export const nobody: Person = { contact: { phone: null, email: null, firstName: null, lastName: null, fields: {} }, data: {} };

/**
 * Part of the intent transaction: who of a slice may be written to, with their rows locked so that an opt-out either is seen here or waits until the intent stands. A person who
 * was deleted is missing, except from an answer, which needs no contact.
 */
export async function readAddressees(tx: Tx, ctx: Context, broadcast: Broadcast): Promise<Addressee[]> {
  if (isAnswer(broadcast)) return readAnswered(tx, ctx, broadcast);
  const people = await readPeople(tx, ctx, broadcast.id, broadcast.deliveries, { lock: true });
  const isTest = broadcast.purpose === 'test';
  // Besides the contact: a test goes to other numbers than its, and somebody may have left this one sender.
  const phones = people.map(({ recipient }) => phoneOf(recipient));
  const stopped = isTest ? await optedOutAmong(tx, ctx, phones, broadcast.sender) : await leftBesidesContact(tx, ctx, phones, broadcast.sender);
  return people.map(({ optedOut, ...each }) => {
    // Who has a number now may be somebody else, who has not been asked for.
    const isMoved = !isTest && each.person.contact.phone !== phoneOf(each.recipient);
    return { ...each, refused: optedOut || stopped.has(phoneOf(each.recipient)) ? 'opted_out' : isMoved ? 'number_changed' : null };
  });
}

/** Who opted out and asks for HELP gets it; a reply never reaches them. */
async function readAnswered(tx: Tx, ctx: Context, { purpose, sender, deliveries }: Broadcast): Promise<Addressee[]> {
  const answered = deliveries.map((delivery): Addressee => ({ ...delivery, person: nobody, refused: null }));
  if (purpose === 'help') return answered;
  // STOP comes in with their conversation locked. In the same order as there: first the conversation, then the contact.
  const recipients = JSON.stringify(deliveries.map(({ recipient }) => recipient));
  await rows(tx, sql`select 1 from conversation where organization_id = ${ctx.organizationId} and sender = ${sender} and recipient in (select value from json_array_elements_text(${recipients}::json)) order by id for share`);
  const left = await whoLeft(tx, ctx, deliveries, sender);
  return answered.map((each) => ({ ...each, refused: left.has(each.recipient) ? 'opted_out' : null }));
}

/** By the number in all of its forms, and by the contact, whatever number they have now. */
async function whoLeft(tx: Tx, ctx: Context, deliveries: DueDelivery[], sender: string): Promise<Set<string>> {
  const asked = deliveries.flatMap(({ recipient, contactId }) => sameSubscriber(recipient).map((address) => ({ recipient, contactId, phone: phoneOf(address) })));
  const contacts = await rows<{ id: string; opted_out: boolean }>(tx, sql`
    select id, opted_out from contact where organization_id = ${ctx.organizationId} and (phone in (select value->>'phone' from jsonb_array_elements(${JSON.stringify(asked)}::jsonb))
      or id in (select (value->>'contactId')::uuid from jsonb_array_elements(${JSON.stringify(asked)}::jsonb))) order by id for share`);
  await lockStrangers(tx, ctx, asked.map(({ phone }) => phone), 'shared');
  const phones = await optedOutAmong(tx, ctx, asked.map(({ phone }) => phone), sender);
  const ids = new Set(contacts.filter((contact) => contact.opted_out).map(({ id }) => id));
  return new Set(asked.filter(({ phone, contactId }) => phones.has(phone) || ids.has(contactId)).map(({ recipient }) => recipient));
}

const phoneOf = (recipient: string) => recipient.replace(/^[a-z]+:/, '');
