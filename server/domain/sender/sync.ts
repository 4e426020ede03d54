import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { paces, senders } from '#db/schema/index.ts';
import { channelIds, channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { raisedTiers, releaseWaiting } from '#server/domain/sender/raised-tier.ts';
import { sendersFromTwilio, type SenderFromTwilio, type TwilioSenders } from '#server/domain/sender/from-twilio.ts';

/**
 * Writes what Twilio says about the account's numbers into `sender` and `pace`. A pace keeps its slots (nextAt, recent…), so a sync in the middle
 * of a broadcast lets nothing pass above the cap. Numbers that left the account go; those that a broadcast used stay, unable to send.
 */
export async function syncSenders(ctx: Context, facts: TwilioSenders, systemNumber: string | null): Promise<SenderFromTwilio[]> {
  const found = sendersFromTwilio(facts);
  await ctx.transaction(async (tx) => {
    const paceIds = await writePaces(tx, ctx.organizationId, found);
    const raised = await raisedTiers(tx, ctx, found);
    await writeSenders(tx, ctx, found, paceIds, systemNumber);
    await releaseWaiting(tx, ctx, raised);
    await dropMissing(tx, ctx, found, facts.whatsApp === null ? channelIds.filter((id) => channels[id].usesService) : [...channelIds]);
  });
  return found;
}

async function writePaces(tx: Tx, organizationId: string, found: SenderFromTwilio[]): Promise<Map<string, string>> {
  const meters = [...new Map(found.map(({ meter, pace }) => [meter, pace]))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (meters.length === 0) return new Map();
  const written = await tx.insert(paces)
    .values(meters.map(([meter, pace]) => ({ organizationId, meter, segmentsPerSecond: String(pace.segmentsPerSecond), source: pace.source })))
    .onConflictDoUpdate({
      target: [paces.organizationId, paces.meter],
      set: {
        segmentsPerSecond: sql`excluded.segments_per_second`, source: sql`excluded.source`,
        // Null stays null: least() alone would take the cap for a lowered pace, and one that rises later would not be used.
        loweredTo: sql`case when ${paces.loweredTo} is not null then least(${paces.loweredTo}, excluded.segments_per_second) end`,
      },
    })
    .returning({ id: paces.id, meter: paces.meter });
  return new Map(written.map(({ id, meter }) => [meter, id]));
}

async function writeSenders(tx: Tx, ctx: Context, found: SenderFromTwilio[], paceIds: Map<string, string>, systemNumber: string | null) {
  if (found.length > 0) {
    await tx.insert(senders).values(found.map((one) => senderRow(ctx, one, paceIds)))
      .onConflictDoUpdate({
        target: [senders.organizationId, senders.address],
        set: {
          kind: sql`excluded.kind`, providerSid: sql`excluded.provider_sid`, registration: sql`excluded.registration`,
          registrationDetail: sql`excluded.registration_detail`, registrationReadAt: sql`excluded.registration_read_at`, paceId: sql`excluded.pace_id`,
          messagingLimit: sql`excluded.messaging_limit`, qualityRating: sql`excluded.quality_rating`, isInService: sql`excluded.is_in_service`, inboundUrl: sql`excluded.inbound_url`,
        },
      });
  }
  for (const channel of channelIds) await chooseSystemSender(tx, ctx, channel, found, systemNumber);
}

/** P17, per channel: the default number; on a channel of its own senders the one that was chosen, while it may send, else the default number's, else the first. */
async function chooseSystemSender(tx: Tx, ctx: Context, channel: ChannelId, found: SenderFromTwilio[], systemNumber: string | null) {
  const own = found.filter((sender) => sender.channel === channel);
  const usual = systemNumber && channels[channel].toAddress(systemNumber);
  const chosen = channels[channel].usesService ? undefined : await chosenSender(tx, ctx, channel);
  const first = channels[channel].usesService ? undefined : own.filter(({ registration }) => registration === 'approved').map(({ address }) => address).toSorted()[0];
  if (own.length === 0 && !channels[channel].usesService) return; // not read, or there is none
  const may = (one: string | null | undefined) => own.some((sender) => sender.address === one && sender.registration === 'approved');
  const address = may(chosen) ? chosen : may(usual) ? usual : first ?? usual;
  await tx.update(senders).set({ isSystem: sql`${senders.address} = ${address ?? ''}` }).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.channel, channel)));
}

async function chosenSender(tx: Tx, ctx: Context, channel: ChannelId): Promise<string | undefined> {
  const [row] = await tx.select({ address: senders.address }).from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.channel, channel), eq(senders.isSystem, true)));
  return row?.address;
}

function senderRow(ctx: Context, sender: SenderFromTwilio, paceIds: Map<string, string>): typeof senders.$inferInsert {
  const paceId = paceIds.get(sender.meter);
  if (!paceId) throw new Error(`no pace was written for ${sender.meter}`);
  return {
    organizationId: ctx.organizationId, channel: sender.channel, address: sender.address, kind: sender.kind, providerSid: sender.providerSid,
    // D13: Twilio answers HELP for what goes through a service; for the rest nobody else does. Later it is the organisation's choice.
    helpBy: channels[sender.channel].usesService ? 'provider' : 'us',
    registration: sender.registration, registrationDetail: sender.detail, registrationReadAt: ctx.now(), paceId, messagingLimit: sender.messagingLimit, qualityRating: sender.qualityRating, isInService: sender.isInService, inboundUrl: sender.inboundUrl,
  };
}

async function dropMissing(tx: Tx, ctx: Context, found: SenderFromTwilio[], read: ChannelId[]) {
  const stored = await tx.select({ id: senders.id, address: senders.address }).from(senders)
    .where(and(eq(senders.organizationId, ctx.organizationId), inArray(senders.channel, read)));
  const present = new Set(found.map(({ address }) => address));
  const missing = stored.filter(({ address }) => !present.has(address)).map(({ id }) => id);
  if (missing.length === 0) return;
  const isMissing = and(eq(senders.organizationId, ctx.organizationId), inArray(senders.id, missing));
  await tx.delete(senders).where(and(isMissing, sql`not exists (select from broadcast b where b.organization_id = ${senders.organizationId} and b.sender_id = ${senders.id})`));
  await tx.update(senders)
    .set({ registration: 'unregistered', registrationDetail: 'This number is no longer in the connected Twilio account.', registrationReadAt: ctx.now(), isInService: false, inboundUrl: null })
    .where(isMissing);
}
