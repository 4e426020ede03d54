import { broadcasts } from '#db/schema/index.ts';
import type { Tx } from '#db/index.ts';
import { channels, countSegments } from '#server/channels/index.ts';
import { PRICE_CURRENCY, PRICE_SOURCE } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { countAudience, type AudienceCounts } from '#server/domain/audience/resolve.ts';
import { readApproval } from '#server/domain/broadcast/approval.ts';
import { estimateCost, samplePeople, type CostEstimate } from '#server/domain/broadcast/estimate.ts';
import { preflight } from '#server/domain/broadcast/preflight.ts';
import { draftOf, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput, PreviewView } from '#server/domain/broadcast/schema.ts';
import { resolveSender, type ResolvedSender } from '#server/domain/sender/resolve.ts';
import { notFound, Problem } from '#server/errors.ts';

const SAMPLES = 20;

/** Counts, samples, segments, cost and time of a draft as it would go out now. Sends and writes nothing. */
export async function previewBroadcast(ctx: Context, { id }: BroadcastInput): Promise<PreviewView> {
  return ctx.transaction(async (tx) => {
    const [broadcast] = await tx.select().from(broadcasts).where(whereBroadcast(ctx, id));
    if (!broadcast) throw notFound('broadcast');
    const counts = await countAudience(tx, ctx, { broadcastId: id, recipientMethod: broadcast.recipientMethod });
    const isWritten = channels[broadcast.channel].problems(draftOf(broadcast)).length === 0;
    const estimate = isWritten ? await estimateCost(tx, ctx, broadcast) : nothing;
    const approval = isWritten && broadcast.status === 'draft' ? await readApproval(tx, ctx, broadcast, { recipients: counts.recipients, amount: estimate.amount, currency: estimate.currency }) : null;
    const sender = await senderOrNull(tx, ctx, broadcast);
    const cap = sender && (sender.pace.loweredTo ?? sender.pace.segmentsPerSecond);
    return {
      ...audienceView(counts, estimate), waterfall: waterfallOf(counts), approval,
      samples: isWritten ? await renderSamples(tx, ctx, broadcast) : [],
      segments: segmentsView(broadcast, counts, estimate),
      estimate: { low: estimate.amount, amount: estimate.amount, high: estimate.amount, byCountry: [], currency: estimate.currency, perSegment: estimate.perSegment, source: estimate.isSample ? `${PRICE_SOURCE}; from a sample of the audience` : PRICE_SOURCE },
      seconds: cap ? Math.ceil(estimate.segments / Number(cap)) : 0,
      pace: sender && cap ? { segmentsPerSecond: cap, source: sender.pace.source } : null,
      checks: await preflight(tx, ctx, broadcast, counts, estimate, approval),
    };
  });
}

const nothing: CostEstimate = { amount: '0.000000', currency: PRICE_CURRENCY, segments: 0, perSegment: '0.000000', longest: 0, missingVariable: 0, isSample: false };

const audienceView = (counts: AudienceCounts, estimate: CostEstimate) => ({
  total: counts.members, duplicate: counts.duplicate, optedOut: counts.optedOut, noPhone: counts.noPhone, recipients: counts.recipients,
  insideWindow: 0, outsideWindow: 0, missingVariable: estimate.missingVariable,
});

const waterfallOf = (counts: AudienceCounts): PreviewView['waterfall'] => [
  { key: 'members', label: 'In the chosen lists', count: counts.members }, { key: 'duplicate', label: 'In several lists', count: -counts.duplicate },
  { key: 'noPhone', label: 'Without a phone number', count: -counts.noPhone }, { key: 'optedOut', label: 'Opted out', count: -counts.optedOut },
  { key: 'recipients', label: 'Will be sent', count: counts.recipients },
];

function segmentsView(broadcast: BroadcastRow, counts: AudienceCounts, estimate: CostEstimate) {
  const perMessage = counts.recipients > 0 ? Math.max(1, Math.round(estimate.segments / counts.recipients)) : 1;
  return { shortest: perMessage, perMessage, longest: estimate.longest, total: estimate.segments, encoding: countSegments(broadcast.content).encoding };
}

async function renderSamples(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<PreviewView['samples']> {
  const { people } = await samplePeople(tx, ctx, broadcast, SAMPLES);
  const composer = channels[broadcast.channel].prepare(draftOf(broadcast));
  return people.map(({ contactId, recipient, person }) => {
    const composed = composer.compose(person);
    const name = [person.contact.firstName, person.contact.lastName].filter(Boolean).join(' ') || recipient;
    return { contactId, recipient, name, labels: [], missing: composed.missing, text: 'skip' in composed ? '' : composed.body, segments: 'skip' in composed ? 0 : composed.segments };
  });
}

async function senderOrNull(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<ResolvedSender | null> {
  try { return await resolveSender(tx, ctx, broadcast.channel, broadcast.senderPhone); } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
