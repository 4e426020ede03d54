import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import { channelIds, channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import type { ContactRow } from '#server/domain/person/may-message.ts';
import type { ConsentEventView, ConsentView } from '#server/domain/person/schema.ts';
import { readTwilioSide } from '#server/domain/person/twilio-side.ts';
import { notFound } from '#server/errors.ts';

type OnChannel = ConsentView['channels'][number];

/** What a person agreed to, or left, on each channel: the result that every send keeps to, and the entry of the ledger that it came from. @throws Problem not_found */
export async function readConsent(ctx: Context, { id }: { id: string }): Promise<ConsentView> {
  return ctx.transaction(async (tx) => {
    const [contact] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
    if (!contact) throw notFound('contact');
    const events = await readLedger(tx, ctx, contact);
    const left = contact.phone === null ? [] : await rows<{ sender: string; at: string }>(tx, sql`select sender, at from sender_opt_out where organization_id = ${ctx.organizationId} and phone = ${contact.phone} order by at desc`);
    const found: OnChannel[] = [];
    for (const channel of channelIds) found.push(await onChannel(tx, ctx, contact, channel, events, left));
    return { contactId: id, channels: found };
  });
}

type Row = Omit<ConsentEventView, 'at'> & { at: string };

/** Of their number and of their contact, newest first. */
export async function readLedger(tx: Tx, ctx: Context, { id, phone }: Pick<ContactRow, 'id' | 'phone'>): Promise<ConsentEventView[]> {
  const found = await rows<Row>(tx, sql`
    select e.id, e.kind, e.at, e.scope, e.sender, e.channel, e.source, e.evidence, u.name as by, e.push, e.push_error as "pushError"
    from consent_event e left join "user" u on u.id = e.actor_id
    where e.organization_id = ${ctx.organizationId} and (e.phone = ${phone} or e.contact_id = ${id}) order by e.at desc, e.id desc limit 1000`);
  return found.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

async function onChannel(tx: Tx, ctx: Context, contact: ContactRow, channel: ChannelId, events: ConsentEventView[], left: Array<{ sender: string; at: string }>): Promise<OnChannel> {
  const { label, toSender } = channels[channel];
  const twilio = contact.phone === null ? null : (await readTwilioSide(tx, ctx, channel, contact.phone)).words;
  const leftSenders = left.filter(({ sender }) => toSender(sender) === sender);
  const base = { channel, label, words: null, leftSenders: leftSenders.map(({ sender }) => sender), twilio };
  const whole = events.filter((event) => event.scope === 'organization' && (event.channel === null || event.channel === channel));
  if (contact.optedOut) return { ...base, state: 'opted_out', since: contact.optedOutAt?.toISOString() ?? null, event: whole.find(({ kind, source }) => kind === 'opt_out' && source === contact.optedOutSource) ?? null };
  const agreed = whole.find(({ kind }) => kind === 'opt_in') ?? null;
  const words = wordsOf(agreed) ?? contact.consentSource;
  if (leftSenders[0]) return { ...base, words, state: 'left_sender', since: new Date(leftSenders[0].at).toISOString(), event: events.find(({ kind, scope, sender }) => kind === 'opt_out' && scope === 'sender' && sender === leftSenders[0]!.sender) ?? null };
  if (!agreed && !contact.consentSource) return { ...base, state: 'never_asked', since: null, event: null };
  return { ...base, words, state: 'subscribed', since: agreed?.at ?? contact.consentAt?.toISOString() ?? null, event: agreed };
}

const wordsOf = (event: ConsentEventView | null): string | null => (typeof event?.evidence.consentText === 'string' ? event.evidence.consentText : null);
