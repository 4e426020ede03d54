import { broadcasts } from '#db/schema/index.ts';
import type { Tx } from '#db/index.ts';
import { channels, countSegments } from '#server/channels/index.ts';
import { withOptOutLine } from '#server/channels/sms/opt-out-line.ts';
import { PRICE_CURRENCY } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import { countAudience, waterfallOf, type AudienceCounts } from '#server/domain/audience/waterfall.ts';
import { readApproval } from '#server/domain/broadcast/approval.ts';
import { estimateCost, type CostEstimate } from '#server/domain/broadcast/estimate.ts';
import type { Refused } from '#server/domain/broadcast/measure.ts';
import { findRefused } from '#server/domain/broadcast/missing-values.ts';
import { preflight } from '#server/domain/broadcast/preflight.ts';
import { draftOf, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import { renderSamples } from '#server/domain/broadcast/samples.ts';
import type { BroadcastInput, PreviewView } from '#server/domain/broadcast/schema.ts';
import { textWarnings } from '#server/domain/broadcast/text-warnings.ts';
import { priceReasons, priceSource } from '#server/domain/ledger/own-prices.ts';
import { resolveSender, type ResolvedSender } from '#server/domain/sender/resolve.ts';
import { notFound, Problem } from '#server/errors.ts';

const SAMPLES = 20;
/** Of a text that must be rendered to know who lacks a value, so many are rendered for a preview; the send itself renders all. */
const RENDERED = 10_000;

/** Counts, samples, segments, cost and time of a draft as it would go out now. Sends and writes nothing. */
export async function previewBroadcast(ctx: Context, { id }: BroadcastInput): Promise<PreviewView> {
  return ctx.transaction(async (tx) => {
    const [broadcast] = await tx.select().from(broadcasts).where(whereBroadcast(ctx, id));
    if (!broadcast) throw notFound('broadcast');
    const audience = await readAudience(tx, ctx, broadcast);
    const counts = await countAudience(tx, ctx, audience);
    const isWritten = channels[broadcast.channel].problems(draftOf(broadcast)).length === 0;
    const estimate = isWritten ? await estimateCost(tx, ctx, broadcast) : nothing;
    const refused = await refusedBy(tx, ctx, broadcast, estimate);
    const recipients = counts.recipients - refused.skipped;
    const warnings = await textWarnings(tx, ctx, broadcast, estimate.longest || null);
    const approval = isWritten && broadcast.status === 'draft' ? await readApproval(tx, ctx, broadcast, { recipients: counts.recipients, amount: estimate.amount, high: estimate.high, currency: estimate.currency }) : null;
    const sender = await senderOrNull(tx, ctx, broadcast);
    const cap = sender && (sender.pace.loweredTo ?? sender.pace.segmentsPerSecond);
    return {
      ...audienceView(counts, estimate), recipients, waterfall: withRefused(waterfallOf(counts, audience.method), refused), approval, warnings,
      samples: isWritten ? await renderSamples(tx, ctx, broadcast, SAMPLES) : [],
      segments: { shortest: estimate.shortest, perMessage: estimate.typical, longest: estimate.longest, total: estimate.segments, encoding: encodingOf(broadcast), isSample: estimate.isSample },
      estimate: estimateView(estimate),
      seconds: cap ? Math.ceil(estimate.segments / Number(cap)) : 0,
      pace: sender && cap ? { segmentsPerSecond: cap, source: sender.pace.source } : null,
      checks: await preflight(tx, ctx, broadcast, { ...counts, recipients }, estimate, { approval, refused, warnings }),
    };
  });
}

const nothing: CostEstimate = { amount: '0.000000', low: '0.000000', high: '0.000000', currency: PRICE_CURRENCY, segments: 0, perSegment: '0.000000', shortest: 0, typical: 0, longest: 0, missingVariable: 0, refused: { skipped: 0, blocked: 0 }, isSample: false, byCountry: [] };

const audienceView = (counts: AudienceCounts, estimate: CostEstimate) => ({
  total: counts.members, duplicate: counts.duplicate, optedOut: counts.optedOut, noPhone: counts.noPhone, recipients: counts.recipients,
  insideWindow: 0, outsideWindow: 0, missingVariable: estimate.missingVariable,
});

/** The estimate knows most of the time; the names of the fields are asked for only when they stop the send. */
async function refusedBy(tx: Tx, ctx: Context, broadcast: BroadcastRow, { refused }: CostEstimate): Promise<Refused> {
  return refused && refused.blocked === 0 ? { ...refused, fields: [] } : findRefused(tx, ctx, broadcast, { atMost: RENDERED });
}

/** The line of those who lack a value stands last before those who get it. */
const withRefused = (steps: PreviewView['waterfall'], { skipped }: Refused): PreviewView['waterfall'] => (skipped === 0 ? steps : [
  ...steps.slice(0, -1), { key: 'missingVariable', label: 'Without a value that the text needs', count: -skipped }, ...steps.slice(-1).map((last) => ({ ...last, count: last.count - skipped })),
]);

const estimateView = ({ low, amount, high, currency, perSegment, byCountry, isSample }: CostEstimate): PreviewView['estimate'] => ({
  low, amount, high, currency, perSegment, byCountry,
  source: `${priceSource(byCountry)}${isSample ? '; from a sample of the audience' : ''}`, reasons: priceReasons(byCountry),
});

/** Of the words as they are written; a value may still force Unicode for one person. */
function encodingOf({ content, optOutLine }: BroadcastRow) {
  return countSegments(withOptOutLine(content.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ''), optOutLine)).encoding;
}

async function senderOrNull(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<ResolvedSender | null> {
  try { return await resolveSender(tx, ctx, broadcast.channel, broadcast.senderPhone); } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
