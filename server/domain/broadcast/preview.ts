import { broadcasts } from '#db/schema/index.ts';
import type { Tx } from '#db/index.ts';
import { channels, countSegments } from '#server/channels/index.ts';
import { withOptOutLine } from '#server/channels/sms/opt-out-line.ts';
import { PRICE_CURRENCY } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import { countAudience, waterfallOf, type AudienceCounts } from '#server/domain/audience/waterfall.ts';
import { readApproval } from '#server/domain/broadcast/approval.ts';
import { estimateAndLook, type CostEstimate } from '#server/domain/broadcast/estimate.ts';
import type { Refused } from '#server/domain/broadcast/measure.ts';
import { findRefused } from '#server/domain/broadcast/missing-values.ts';
import { preflight } from '#server/domain/broadcast/preflight.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import { whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import { renderSamples } from '#server/domain/broadcast/samples.ts';
import type { BroadcastInput, PreviewView } from '#server/domain/broadcast/schema.ts';
import { senderOrNull, type Reach } from '#server/domain/broadcast/sides.ts';
import { textWarnings } from '#server/domain/broadcast/text-warnings.ts';
import { priceReasons, priceSource } from '#server/domain/ledger/own-prices.ts';
import { forecastTier } from '#server/domain/sender/tier.ts';
import { notFound } from '#server/errors.ts';

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
    const isWritten = channels[broadcast.channel].problems(await readDraft(tx, ctx, broadcast)).length === 0;
    const { cost: estimate, interesting } = isWritten ? await estimateAndLook(tx, ctx, broadcast) : { cost: nothing, interesting: [] };
    const refused = await refusedBy(tx, ctx, broadcast, estimate);
    const { reach } = estimate;
    const recipients = counts.recipients - refused.skipped - (reach ? reach.unreachable + reach.undeliverable : 0);
    const warnings = await textWarnings(tx, ctx, broadcast, estimate.longest || null);
    const approval = isWritten && broadcast.status === 'draft' ? await readApproval(tx, ctx, broadcast, { recipients: counts.recipients, amount: estimate.amount, high: estimate.high, currency: estimate.currency }) : null;
    const sender = await senderOrNull(tx, ctx, broadcast);
    const tier = sender && reach ? await forecastTier(tx, ctx, sender.sender, reach.first) : null;
    const samples = isWritten ? await renderSamples(tx, ctx, broadcast, interesting, SAMPLES) : [];
    const cap = sender && (sender.pace.loweredTo ?? sender.pace.segmentsPerSecond);
    return {
      ...audienceView(counts, estimate), recipients, waterfall: withRefused(waterfallOf(counts, audience.method), refused, reach), approval, warnings, samples,
      segments: { shortest: estimate.shortest, perMessage: estimate.typical, longest: estimate.longest, total: estimate.segments, encoding: encodingOf(broadcast), isSample: estimate.isSample },
      estimate: estimateView(broadcast, estimate),
      seconds: Math.max(cap ? Math.ceil(estimate.segments / Number(cap)) : 0, tier?.seconds ?? 0),
      pace: sender && cap ? { segmentsPerSecond: cap, source: sender.pace.source } : null,
      checks: await preflight(tx, ctx, broadcast, { ...counts, recipients }, estimate, { approval, refused, warnings, tier, empty: [...new Set(samples.flatMap(({ missing }) => missing))] }),
    };
  });
}

const nothing: CostEstimate = { amount: '0.000000', low: '0.000000', high: '0.000000', currency: PRICE_CURRENCY, segments: 0, perSegment: '0.000000', shortest: 0, typical: 0, longest: 0, missingVariable: 0, refused: { skipped: 0, blocked: 0 }, reach: null, isSample: false, byCountry: [] };

const audienceView = (counts: AudienceCounts, estimate: CostEstimate) => ({
  total: counts.members, duplicate: counts.duplicate, optedOut: counts.optedOut, noPhone: counts.noPhone, recipients: counts.recipients,
  insideWindow: estimate.reach?.inside ?? 0, outsideWindow: estimate.reach?.outside ?? 0, missingVariable: estimate.missingVariable,
});

/** The estimate knows most of the time; the names of the fields are asked for only when they stop the send. */
async function refusedBy(tx: Tx, ctx: Context, broadcast: BroadcastRow, { refused }: CostEstimate): Promise<Refused> {
  return refused && refused.blocked === 0 ? { ...refused, fields: [] } : findRefused(tx, ctx, broadcast, { atMost: RENDERED });
}

/** The lines of those whom this message does not reach stand last before those who get it. */
function withRefused(steps: PreviewView['waterfall'], { skipped }: Refused, reach: Reach | null): PreviewView['waterfall'] {
  const off = [
    { key: 'outsideWindow' as const, label: 'Silent for 24 hours, and no template', count: -(reach?.unreachable ?? 0) },
    { key: 'marketingNotDelivered' as const, label: 'In the US, where Meta delivers no marketing', count: -(reach?.undeliverable ?? 0) },
    { key: 'missingVariable' as const, label: 'Without a value that the text needs', count: -skipped },
  ].filter(({ count }) => count < 0);
  const less = off.reduce((sum, { count }) => sum + count, 0);
  return [...steps.slice(0, -1), ...off, ...steps.slice(-1).map((last) => ({ ...last, count: last.count + less }))];
}

const estimateView = ({ channel }: BroadcastRow, { low, amount, high, currency, perSegment, byCountry, isSample }: CostEstimate): PreviewView['estimate'] => ({
  low, amount, high, currency, perSegment, byCountry,
  source: `${priceSource(channel, byCountry)}${isSample ? '; from a sample of the audience' : ''}`, reasons: priceReasons(channel, byCountry),
});

/** Of the words as they are written; a value may still force Unicode for one person. */
function encodingOf({ content, optOutLine }: BroadcastRow) {
  return countSegments(withOptOutLine(content.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ''), optOutLine)).encoding;
}
