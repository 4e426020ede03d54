import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { BroadcastView, ReportView } from '#server/domain/broadcast/schema.ts';

/** A broadcast is compared with so many before it. */
const BEFORE = 10;

type Responses = ReportView['responses'];
type Rates = { replies: number; optOuts: number; delivered: number };

/** Replies and opt-outs of one broadcast, per 1,000 delivered, and the mean of the same rates over the organisation's last ten before it that reached anybody. */
export async function responsesOf(tx: Tx, organizationId: string, broadcast: BroadcastView): Promise<Responses> {
  const before = await idsBefore(tx, organizationId, broadcast);
  const rates = await ratesOf(tx, organizationId, [broadcast.id, ...before]);
  const own = rates.get(broadcast.id) ?? { replies: 0, optOuts: 0, delivered: 0 };
  const usual = before.map((id) => rates.get(id)).filter((each) => each !== undefined && each.delivered > 0) as Rates[];
  return {
    replies: own.replies, optOuts: own.optOuts, repliesPer1000: per1000(own.replies, own), optOutsPer1000: per1000(own.optOuts, own), comparedWith: usual.length,
    usualRepliesPer1000: mean(usual.map((each) => per1000(each.replies, each)!)), usualOptOutsPer1000: mean(usual.map((each) => per1000(each.optOuts, each)!)),
  };
}

async function idsBefore(tx: Tx, organizationId: string, broadcast: BroadcastView): Promise<string[]> {
  const found = await rows<{ id: string }>(tx, sql`
    select b.id from broadcast b where b.organization_id = ${organizationId} and b.id <> ${broadcast.id} and b.status in ('sent', 'cancelled') and b.purpose = 'broadcast'
      and b.started_at < coalesce(${broadcast.startedAt}::timestamptz, now())
      and (select sum(r.deliveries) from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id and r.status in ('delivered', 'read')) > 0
    order by b.started_at desc limit ${BEFORE}`);
  return found.map(({ id }) => id);
}

async function ratesOf(tx: Tx, organizationId: string, ids: string[]): Promise<Map<string, Rates>> {
  const found = await rows<Rates & { id: string }>(tx, sql`
    select x.id,
      coalesce((select sum(r.deliveries) from broadcast_rollup r where r.organization_id = ${organizationId} and r.broadcast_id = x.id and r.status in ('delivered', 'read')), 0)::int as delivered,
      answers.replies, answers.opt_outs as "optOuts"
    from (select value::uuid as id from json_array_elements_text(${JSON.stringify(ids)}::json)) x
    cross join lateral (select (count(*) filter (where kind = 'reply'))::int as replies, (count(*) filter (where kind = 'opt_out'))::int as opt_outs
      from broadcast_response a where a.organization_id = ${organizationId} and a.broadcast_id = x.id) answers`);
  return new Map(found.map(({ id, ...rates }) => [id, rates]));
}

const per1000 = (count: number, { delivered }: Rates) => (delivered > 0 ? (1_000 * count) / delivered : null);
const mean = (numbers: number[]) => (numbers.length > 0 ? numbers.reduce((sum, n) => sum + n, 0) / numbers.length : null);
