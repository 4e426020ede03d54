import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import { channelIds, channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readTimes } from '#server/domain/broadcast/hold-back.ts';
import { optOutStep, numberStep, consentStep, twilioStep, windowStep } from '#server/domain/person/steps.ts';
import { capStep, quietStep } from '#server/domain/person/time-steps.ts';
import type { MayMessageView } from '#server/domain/person/schema.ts';
import { readTwilioSide } from '#server/domain/person/twilio-side.ts';
import { senderStep, senderToThem } from '#server/domain/person/sender-step.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { readOwnRules } from '#server/domain/time-zone/rules.ts';
import { notFound } from '#server/errors.ts';

export type ContactRow = typeof contacts.$inferSelect;
type OnChannel = MayMessageView['channels'][number];
export type Step = OnChannel['steps'][number];

/**
 * "May we message this person now?", for an ordinary broadcast on each channel, with every reason. It asks the functions that the send and the intent
 * transaction ask, at the database's clock; only that somebody agreed is our advice, which stops no send.
 * @throws Problem not_found
 */
export async function readMayMessage(ctx: Context, { id }: { id: string }): Promise<MayMessageView> {
  return ctx.transaction(async (tx) => {
    const [contact] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
    if (!contact) throw notFound('contact');
    const [clock] = await rows<{ now: number }>(tx, sql`select extract(epoch from clock_timestamp())::float8 * 1000 as now`);
    const found: OnChannel[] = [];
    for (const channel of channelIds) found.push(await askChannel(tx, ctx, contact, channel, clock!.now));
    return { contactId: id, asOf: new Date(clock!.now).toISOString(), channels: found };
  });
}

async function askChannel(tx: Tx, ctx: Context, contact: ContactRow, channel: ChannelId, now: number): Promise<OnChannel> {
  const { label, toAddress } = channels[channel];
  const sender = await senderToThem(tx, ctx, channel, contact.phone);
  const last = await senderStep(tx, ctx, channel, sender);
  if (contact.phone === null) return { channel, label, verdict: 'no', sender, steps: [numberStep(contact), last] };
  const recipient = toAddress(contact.phone);
  const rules = await readOwnRules(tx, ctx);
  const times = (await readTimes(tx, ctx, [contact.id], rules)).get(contact.id);
  const steps = [
    numberStep(contact),
    optOutStep(contact, await optedOutAmong(tx, ctx, [contact.phone], sender), sender),
    twilioStep(await readTwilioSide(tx, ctx, channel, contact.phone)),
    consentStep(contact),
    quietStep(rules, contact.timeZone, recipient, now),
    capStep(rules, times),
    await windowStep(tx, ctx, channel, sender, recipient),
    last,
  ];
  return { channel, label, verdict: verdictOf(steps), sender, steps };
}

function verdictOf(steps: Step[]): OnChannel['verdict'] {
  if (steps.some(({ status }) => status === 'fail')) return 'no';
  if (steps.some(({ status }) => status === 'wait')) return 'later';
  return steps.some(({ code, status }) => code === 'window' && status === 'warn') ? 'template_only' : 'yes';
}
