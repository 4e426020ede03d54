import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import { channels, type Composed } from '#server/channels/index.ts';
import { PRICE_CURRENCY, timesSegments } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { readPeople } from '#server/domain/audience/people.ts';
import { samplePeople } from '#server/domain/broadcast/estimate.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import { readWindow } from '#server/domain/broadcast/sides.ts';
import { openAmong } from '#server/domain/sender/window.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { readPrices, type Prices } from '#server/domain/ledger/own-prices.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { invalidField, notFound, Problem, type ProblemDetail } from '#server/errors.ts';
import { describeReason } from '#server/twilio/errors.ts';

export type TestMessage = {
  /** The draft with the prefix, as it would be rendered. */
  content: string;
  contact: { id: string; name: string };
  phones: string[];
  text: string; segments: number;
  /** Of all messages; exact decimals. */
  estimate: string; currency: string;
  /** Why it cannot be sent like this. */
  problems: ProblemDetail[];
};

const PREFIX = '[Test] ';

/**
 * The message of a test with the values of the contact, or of the first of the audience when none is named. Reads only.
 * @throws Problem not_found, no_recipients when there is nobody whose values could fill it, validation_failed when the text cannot be rendered
 */
export async function composeTest(tx: Tx, ctx: Context, broadcast: BroadcastRow, { numbers, contactId, prefix }: { numbers: string[]; contactId?: string | undefined; prefix: boolean }): Promise<TestMessage> {
  const channel = channels[broadcast.channel];
  const content = prefix && broadcast.content.trim() !== '' ? PREFIX + broadcast.content : broadcast.content;
  const draft = { ...(await readDraft(tx, ctx, broadcast)), content };
  const faults = channel.problems(draft);
  if (faults.length > 0) throw new Problem('validation_failed', faults[0]!.message, { details: faults });
  const id = contactId ?? (await firstContact(tx, ctx, broadcast));
  const [chosen] = await readPeople(tx, ctx, broadcast.id, [{ contactId: id, recipient: '' }]);
  if (!chosen) throw notFound('contact');
  const { contact } = chosen.person;
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.phone || contact.email || 'A contact without a name';
  const { phones, problems } = await readNumbers(tx, ctx, numbers);
  const addresses = phones.map(channel.toAddress);
  const open = await openAmong(tx, ctx, await readWindow(tx, ctx, broadcast), addresses);
  const composer = channel.prepare(draft);
  const messages = (addresses.length > 0 ? addresses : [channel.toAddress(contact.phone ?? '')]).map((recipient) => composer.compose(chosen.person, { recipient, isWindowOpen: open.has(recipient) }));
  const composed = messages.find((message) => 'skip' in message) ?? messages[0]!;
  if (chosen.optedOut) problems.unshift({ field: 'contactId', code: 'opted_out', message: `${name} opted out, so nothing is written with their values. Choose somebody else.` });
  if ('skip' in composed) problems.unshift({ field: 'contactId', code: composed.skip, message: `With the values of ${name} there is no message: ${describeReason(composed.skip).title}` });
  const { text, segments } = 'skip' in composed ? { text: '', segments: 0 } : { text: composed.body, segments: composed.segments };
  const prices = await readPrices(tx, ctx, broadcast.channel, draft.template?.category);
  const amounts = phones.map((phone, i) => priceOf(prices, phone, messages[i]!, open.has(addresses[i]!)));
  return { content, contact: { id, name }, phones, text, segments, estimate: await sumOf(tx, amounts), currency: PRICE_CURRENCY, problems };
}

/** The first of the audience, else anybody: a draft may be tried before its recipients are chosen. */
async function firstContact(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<string> {
  const [first] = await samplePeople(tx, ctx, broadcast, 1);
  if (first) return first.contactId;
  const [anybody] = await tx.select({ id: contacts.id }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.optedOut, false))).limit(1);
  if (!anybody) throw new Problem('no_recipients', 'There is no contact whose values could fill the text. Add one first.');
  return anybody.id;
}

/** Each number once. Whoever texted STOP gets no test either. */
async function readNumbers(tx: Tx, ctx: Context, typed: string[]): Promise<{ phones: string[]; problems: ProblemDetail[] }> {
  const country = await defaultCountry(tx, ctx.organizationId);
  const problems: ProblemDetail[] = [];
  const phones = new Set<string>();
  for (const number of typed.filter((each) => each !== '')) {
    const reading = readPhone(number, country);
    if (reading.phone === null) problems.push({ field: 'numbers', code: 'invalid_phone', message: `${reading.problem} ${reading.howToFix}` });
    else phones.add(reading.phone);
  }
  const stopped = await optedOutAmong(tx, ctx, [...phones]);
  for (const phone of stopped) problems.push({ field: 'numbers', code: 'opted_out', message: `${phone} opted out: it gets no test either. Only START from that phone ends it.` });
  return { phones: [...phones].filter((phone) => !stopped.has(phone)), problems };
}

const priceOf = (prices: Prices, phone: string, message: Composed, isWindowOpen: boolean) =>
  ('skip' in message ? '0' : timesSegments(prices(phone, { method: message.method, isWindowOpen }).likely, message.segments));

async function sumOf(tx: Tx, amounts: string[]): Promise<string> {
  const [sum] = await rows<{ amount: string }>(tx, sql`select coalesce(sum(value::numeric), 0)::numeric(18, 6)::text as amount from json_array_elements_text(${JSON.stringify(amounts)}::json)`);
  return sum!.amount;
}

/** @throws Problem validation_failed with all that stands against it */
export function requireSendable({ problems, phones }: TestMessage): void {
  if (problems.length > 0) throw new Problem('validation_failed', problems[0]!.message, { details: problems });
  if (phones.length === 0) throw invalidField('numbers', 'Enter a number for the test.', 'required');
}
