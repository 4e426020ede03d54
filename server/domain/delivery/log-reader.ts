import { sql, type SQL } from 'drizzle-orm';
import { rows, textArray, type Tx } from '#db/index.ts';
import type { DeliveryLogRow } from '#server/domain/delivery/schema.ts';
import type { LogFilter } from '#server/domain/delivery/search-filter.ts';
import type { Term } from '#server/domain/delivery/search-term.ts';
import { deliveryColumns, deliveryOf, iso, waitColumn, waitsOf, type DeliveryRow, type WaitRow } from '#server/domain/delivery/view.ts';

/** Deliveries that one statement reads at most. */
const WINDOW = 200_000;
/** Broadcasts that one statement reads at most: each answer of the inbox is one, so a search takes many at once. */
const [FEW, MANY] = [500, 3_000];

/** A place in the log: what stands before it was seen, rows of this broadcast below this number come next. */
export type Place = { broadcastId: string; seq: number };
export type LogRow = DeliveryRow & WaitRow & { broadcast_name: string; contact_name: string | null; at: string };
type Portion = { from: Place | null; limit: number; budget: number };

export const idOf = (row: LogRow) => `${row.broadcast_id}-${row.seq}`;
export const logRowOf = (row: LogRow): DeliveryLogRow => ({ ...deliveryOf(row), broadcastName: row.broadcast_name, contactName: row.contact_name, at: iso(row.at), waits: waitsOf(row) });

/**
 * Reads on from a place, newest broadcast first, and gives what fits to `take`, at most `limit` rows in all. Ends early when `budget` deliveries were
 * read. Returns where to go on; null: nothing is left. After `limit` rows the place is the last row's own, which the caller knows better.
 */
export async function readLog(tx: Tx, organizationId: string, filter: LogFilter, { from, limit, budget }: Portion, take: (rows: LogRow[]) => void): Promise<Place | null> {
  let [place, left] = [from, limit];
  for (let readable = budget; readable > 0;) {
    const step = nextRanges(await broadcastsFrom(tx, organizationId, place, filter), place, costOf(filter.term), filter.isEverything ? left : WINDOW);
    if (step.ranges.length === 0) return null;
    const found = await readRanges(tx, organizationId, step.ranges, filter, left);
    take(found);
    left -= found.length;
    place = step.end;
    if (left <= 0) return place;
    readable -= step.cost;
  }
  return place;
}

/** Deliveries that one broadcast costs to read, given how many it has. Numbers are looked up one by one, all else reads along. */
const costOf = (term: Term) => (lastSeq: number) => (term.kind === 'recipients' ? Math.min(lastSeq, term.recipients.length * 10) : lastSeq);

/** Broadcasts at and below the place that may hold what is searched, in the order of the log. The rollups tell which have a status or a cause at all. */
function broadcastsFrom(tx: Tx, organizationId: string, from: Place | null, { term, broadcast, statuses, codes, reasons, isEverything }: LogFilter) {
  if (term.kind === 'nothing') return [];
  const rollup = (table: SQL, condition: SQL) => sql`and (select sum(r.deliveries) from ${table} r where r.organization_id = b.organization_id and r.broadcast_id = b.id and ${condition}) > 0`;
  return rows<{ id: string; last_seq: number }>(tx, sql`
    select b.id, b.last_seq from broadcast b where b.organization_id = ${organizationId} and b.last_seq > 0 ${broadcast}
      ${term.kind === 'delivery' ? sql`and b.id = ${term.broadcastId}` : sql``}
      ${from ? sql`and (b.created_at, b.id) <= (select created_at, id from broadcast where organization_id = ${organizationId} and id = ${from.broadcastId})` : sql``}
      ${statuses ? rollup(sql`broadcast_rollup`, sql`r.status = any(${textArray(statuses)}::delivery_status[])`) : sql``}
      ${codes ? rollup(sql`broadcast_cause_rollup`, sql`r.error_code = any(${textArray(codes.map(String))}::int[])`) : sql``}
      ${reasons ? sql`and (${wherePossible(reasons)})` : sql``}
    order by b.created_at desc, b.id desc limit ${isEverything ? FEW : MANY}`);
}

/** Reasons of skipped and failed deliveries are counted; those of others (outcome unknown, cancelled) are not, so broadcasts with such may hold them. */
const wherePossible = (reasons: string[]) => sql`
  (select sum(r.deliveries) from broadcast_cause_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id and r.reason = any(${textArray(reasons)}::text[])) > 0
  or (select sum(r.deliveries) from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id and r.status in ('unknown', 'cancelled', 'queued')) > 0`;

type Range = { n: number; broadcast_id: string; low: number; high: number };

/** As many broadcasts as fit in one window, the last one perhaps in part; `end` is where the next window begins. */
function nextRanges(broadcasts: Array<{ id: string; last_seq: number }>, from: Place | null, costOfBroadcast: (lastSeq: number) => number, window: number) {
  const ranges: Range[] = [];
  let cost = 0;
  for (const { id, last_seq } of broadcasts) {
    const high = id === from?.broadcastId ? Math.min(from.seq - 1, last_seq) : last_seq;
    if (high < 1) continue;
    const low = costOfBroadcast(high) < high ? 1 : Math.max(1, high - (window - cost) + 1);
    ranges.push({ n: ranges.length, broadcast_id: id, low, high });
    cost += costOfBroadcast(high - low + 1);
    if (cost >= window) break;
  }
  const last = ranges.at(-1);
  return { ranges, cost: Math.max(1, cost), end: last ? { broadcastId: last.broadcast_id, seq: last.low } : null };
}

function readRanges(tx: Tx, organizationId: string, ranges: Range[], filter: LogFilter, limit: number) {
  return rows<LogRow>(tx, sql`
    select ${deliveryColumns}, ${waitColumn}, b.name as broadcast_name, nullif(concat_ws(' ', c.first_name, c.last_name), '') as contact_name,
      coalesce(d.handed_at, d.failed_at, b.started_at, b.created_at) as at
    from json_to_recordset(${JSON.stringify(ranges)}::json) as r(n int, broadcast_id uuid, low int, high int)
    join broadcast b on b.organization_id = ${organizationId} and b.id = r.broadcast_id
    cross join lateral (${ofBroadcast(organizationId, filter, limit)}) d
    left join contact c on c.organization_id = d.organization_id and c.id = d.contact_id
    order by r.n, d.seq desc limit ${limit}`);
}

/** Deliveries of one range `r` of broadcast `b`. The limit of 1 keeps each address a probe of the unique index: without it Postgres joins whole tables instead. */
function ofBroadcast(organizationId: string, { term, statuses, codes, reasons, delivery }: LogFilter, limit: number): SQL {
  const filtered = sql`d.organization_id = ${organizationId} and d.broadcast_id = r.broadcast_id and d.seq between r.low and r.high ${delivery}
    ${statuses ? sql`and d.status = any(${textArray(statuses)}::delivery_status[])` : sql``} ${codes ? sql`and d.error_code = any(${textArray(codes.map(String))}::int[])` : sql``}
    ${reasons ? sql`and d.reason = any(${textArray(reasons)}::text[])` : sql``}`;
  if (term.kind === 'recipients') {
    return sql`select d.* from json_array_elements_text(${JSON.stringify(term.recipients)}::json) as person(address)
      cross join lateral (select * from broadcast_delivery probe where probe.broadcast_id = r.broadcast_id and probe.recipient = person.address limit 1) d where ${filtered}`;
  }
  return sql`select d.* from broadcast_delivery d where ${filtered} ${term.kind === 'delivery' ? sql`and d.seq = ${term.seq}` : sql``}
    ${term.kind === 'people' ? sql`and exists (select 1 from contact where contact.organization_id = ${organizationId} and contact.id = d.contact_id and ${term.filter})` : sql``}
    order by d.seq desc limit ${limit}`;
}
