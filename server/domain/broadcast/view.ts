import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { inCents } from '#server/channels/decimal.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { BroadcastView, Situation } from '#server/domain/broadcast/schema.ts';
import { noSituation, situationsOf } from '#server/domain/broadcast/situation.ts';
import { countsOf, noCounts } from '#server/domain/delivery/counts.ts';

/** Rows as the outside sees them, with their lists (by slug), counts and cost; a few statements, however many rows. */
export async function viewBroadcasts(tx: Tx, ctx: Context, broadcasts: BroadcastRow[]): Promise<BroadcastView[]> {
  const ids = broadcasts.map(({ id }) => id);
  const counts = await countsOf(tx, ctx.organizationId, ids);
  const slugs = await slugsOf(tx, ctx, ids);
  const numbers = await numbersOf(tx, ctx, broadcasts.filter(({ recipientMethod }) => recipientMethod === 'numbers').map(({ id }) => id));
  const sending = broadcasts.filter(({ status }) => status === 'sending').map(({ id }) => ({ id, queued: counts.get(id)?.counts.queued ?? 0 }));
  const situations = await situationsOf(tx, ctx, sending);
  const approvals = await approvalsOf(tx, ctx, broadcasts.filter(({ startedAt }) => startedAt !== null).map(({ id }) => id));
  return broadcasts.map((row) => ({
    id: row.id, name: row.name, channel: row.channel, type: row.channel, status: row.status, statusReason: row.statusReason,
    waitsFor: row.waitsFor, content: row.content, mediaUrls: row.mediaUrls, templateSid: row.templateSid, templateVariables: row.templateVariables, senderPhone: row.senderPhone,
    recipientMethod: row.recipientMethod, selectedLists: slugs.get(row.id)?.selected ?? [], excludedLists: slugs.get(row.id)?.excluded ?? [],
    selectedNumbers: numbers.get(row.id) ?? [], selectedFilter: row.savedFilterId, excludedFilter: row.excludedFilterId, recipientCeiling: row.recipientCeiling,
    audienceFixedAt: row.audienceFixedAt?.toISOString() ?? null, missingValues: row.missingValues, optOutLine: row.optOutLine, ignoresQuietHours: row.ignoresQuietHours,
    stageSize: row.stageSize, budget: inCents(row.budget), retryOf: row.retryOf, timeZone: row.timeZone, localSendAt: row.localSendAt,
    holdUntil: row.holdUntil?.toISOString() ?? null, version: row.version, approval: approvals.get(row.id) ?? null, total: row.total, excluded: row.excluded,
    ...(counts.get(row.id) ?? noCounts()), ...briefly(situations.get(row.id) ?? noSituation()), estimate: row.estimate, currency: row.currency,
    createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(), scheduledAt: row.scheduledAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null, finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}

const briefly = ({ limit, limitedBy, secondsLeft }: Situation) => ({ limit, limitedBy, secondsLeft });

export async function viewBroadcast(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<BroadcastView> {
  return (await viewBroadcasts(tx, ctx, [broadcast]))[0]!;
}

async function slugsOf(tx: Tx, ctx: Context, ids: string[]) {
  const found = await rows<{ broadcast_id: string; selected: string[] | null; excluded: string[] | null }>(tx, sql`
    select b.broadcast_id, array_agg(l.slug order by b.position) filter (where not b.is_excluded) as selected, array_agg(l.slug order by b.position) filter (where b.is_excluded) as excluded
    from broadcast_list b join list l on l.organization_id = b.organization_id and l.id = b.list_id
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))
    group by 1`);
  return new Map(found.map(({ broadcast_id, ...slugs }) => [broadcast_id, slugs]));
}

/** The second person's word under which a broadcast began, of those that took one. */
async function approvalsOf(tx: Tx, ctx: Context, ids: string[]) {
  if (ids.length === 0) return new Map<string, { by: string | null; at: string }>();
  const found = await rows<{ broadcast_id: string; by: string | null; at: string }>(tx, sql`
    select distinct on (a.broadcast_id) a.broadcast_id, u.name as by, a.decided_at as at from broadcast_approval a left join "user" u on u.id = a.decided_by
    where a.organization_id = ${ctx.organizationId} and a.used_at is not null and a.broadcast_id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))
    order by a.broadcast_id, a.used_at desc`);
  return new Map(found.map(({ broadcast_id, by, at }) => [broadcast_id, { by, at: new Date(at).toISOString() }]));
}

/** Numbers that were typed one by one; a person without a number any more is left out. */
async function numbersOf(tx: Tx, ctx: Context, ids: string[]) {
  if (ids.length === 0) return new Map<string, string[]>();
  const found = await rows<{ broadcast_id: string; phones: string[] }>(tx, sql`
    select b.broadcast_id, array_agg(c.phone order by c.phone) as phones
    from broadcast_contact b join contact c on c.organization_id = b.organization_id and c.id = b.contact_id and c.phone is not null
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))
    group by 1`);
  return new Map(found.map(({ broadcast_id, phones }) => [broadcast_id, phones]));
}
