import { and, asc, desc, eq } from 'drizzle-orm';
import { paces, senders } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { canSendTo } from '#server/domain/sender/can-send-to.ts';
import { inboundOf } from '#server/domain/sender/inbound-address.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';

/** The organisation's senders, the system number first, each with registration and cap (P5, P9). */
export async function listSenders(ctx: Context): Promise<SenderView[]> {
  const found = await ctx.transaction((tx) => tx
    .select({ sender: senders, pace: paces })
    .from(senders)
    .innerJoin(paces, and(eq(paces.organizationId, senders.organizationId), eq(paces.id, senders.paceId)))
    .where(eq(senders.organizationId, ctx.organizationId))
    .orderBy(desc(senders.isSystem), asc(senders.channel), asc(senders.address)));
  return found.map(({ sender, pace }) => ({
    id: sender.id, channel: sender.channel, address: sender.address, kind: sender.kind,
    registration: sender.registration, registrationDetail: sender.registrationDetail, isSystem: sender.isSystem,
    segmentsPerSecond: shortDecimal(pace.loweredTo ?? pace.segmentsPerSecond),
    paceSource: pace.loweredTo !== null && Number(pace.loweredTo) < Number(pace.segmentsPerSecond) ? `${pace.source}; lowered here from ${shortDecimal(pace.segmentsPerSecond)}` : pace.source,
    haltedUntil: pace.haltedUntil?.toISOString() ?? null, haltReason: pace.haltReason,
    messagingLimit: sender.messagingLimit, qualityRating: sender.qualityRating, helpText: sender.helpText, helpBy: sender.helpBy, hasTwilioKeywords: channels[sender.channel].usesService,
    isInService: sender.isInService, inbound: inboundOf(sender.inboundUrl, ctx.organizationId), readAt: sender.registrationReadAt?.toISOString() ?? null, canSendTo: canSendTo(sender),
  }));
}

/** 225.000 → 225, 3.750 → 3.75 */
const shortDecimal = (value: string) => String(Number(value));
