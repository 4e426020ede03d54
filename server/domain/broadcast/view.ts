import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { countsOf, noCounts } from '#server/domain/delivery/counts.ts';

/** Rows as the outside sees them, with their lists (by slug), counts and cost; three statements, however many rows. */
export async function viewBroadcasts(tx: Tx, ctx: Context, broadcasts: BroadcastRow[]): Promise<BroadcastView[]> {
  const ids = broadcasts.map(({ id }) => id);
  const counts = await countsOf(tx, ctx.organizationId, ids);
  const slugs = await slugsOf(tx, ctx, ids);
  return broadcasts.map((row) => ({
    id: row.id, name: row.name, channel: row.channel, type: row.channel, status: row.status, statusReason: row.statusReason,
    content: row.content, templateSid: row.templateSid, templateVariables: row.templateVariables, senderPhone: row.senderPhone,
    recipientMethod: row.recipientMethod, selectedLists: slugs.get(row.id) ?? [], version: row.version, total: row.total, excluded: row.excluded,
    ...(counts.get(row.id) ?? noCounts()), estimate: row.estimate, currency: row.currency,
    createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(), scheduledAt: row.scheduledAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null, finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}

export async function viewBroadcast(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<BroadcastView> {
  return (await viewBroadcasts(tx, ctx, [broadcast]))[0]!;
}

async function slugsOf(tx: Tx, ctx: Context, ids: string[]) {
  const found = await rows<{ broadcast_id: string; slugs: string[] }>(tx, sql`
    select b.broadcast_id, array_agg(l.slug order by b.position) as slugs
    from broadcast_list b join list l on l.organization_id = b.organization_id and l.id = b.list_id
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))
    group by 1`);
  return new Map(found.map(({ broadcast_id, slugs }) => [broadcast_id, slugs]));
}
