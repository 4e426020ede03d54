import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { parseDeliveryId } from '#server/domain/delivery/read.ts';
import { searchDeliveriesInput, type DeliveryLogPage, type DeliveryLogRow, type SearchDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { readTerm, type Term } from '#server/domain/delivery/search-term.ts';
import { deliveryColumns, deliveryOf, iso, type DeliveryRow } from '#server/domain/delivery/view.ts';
import { invalidField } from '#server/errors.ts';

/** Deliveries that one request reads at most; a page may end early and its cursor goes on from there. */
const READ_AT_MOST = 1_000_000;
const WINDOW = 200_000;

/**
 * The log of all broadcasts: the newest broadcast first, in it the last number first. Nothing of that order ever changes, so paging by cursor meets each
 * row once however much is being sent meanwhile. A page may hold fewer rows than `limit` and still have a cursor: the filter is rare and the search
 * has read its share of deliveries.
 * @throws Problem validation_failed for a cursor that is none
 */
export async function searchDeliveries(ctx: Context, input: SearchDeliveriesInput): Promise<DeliveryLogPage> {
  const { search, cursor, limit, ...filters } = searchDeliveriesInput.parse(input);
  return ctx.transaction(async (tx) => {
    const { organizationId } = ctx;
    const term = await readTerm(tx, organizationId, search);
    const isEveryRowWanted = term.kind === 'everything' && !filters.status && !filters.errorCode;
    const data: LogRow[] = [];
    let from = cursor ? parseCursor(cursor) : null;
    for (let budget = READ_AT_MOST; budget > 0;) {
      const step = nextRanges(await broadcastsFrom(tx, organizationId, from, filters, term), from, costOf(term), isEveryRowWanted ? limit + 1 - data.length : WINDOW);
      if (step.ranges.length === 0) return { data: data.map(logRowOf), nextCursor: null };
      data.push(...await readRanges(tx, organizationId, step.ranges, filters, term, limit + 1 - data.length));
      if (data.length > limit) return { data: data.slice(0, limit).map(logRowOf), nextCursor: idOf(data[limit - 1]!) };
      from = step.end;
      budget -= step.cost;
    }
    return { data: data.map(logRowOf), nextCursor: from && `${from.broadcastId}-${from.seq}` };
  });
}

/** A place in the log: what stands before it was seen, rows of this broadcast below this number come next. */
type Place = { broadcastId: string; seq: number };
type Filters = { status?: string | undefined; broadcastId?: string | undefined; errorCode?: number | undefined };

function parseCursor(cursor: string): Place {
  try { return parseDeliveryId(cursor); } catch { throw invalidField('cursor', 'This place in the log does not exist. Start from the newest messages.'); }
}

const idOf = (row: LogRow) => `${row.broadcast_id}-${row.seq}`;

/** Deliveries that one broadcast costs to read, given how many it has. Numbers are looked up one by one, all else reads along. */
const costOf = (term: Term) => (lastSeq: number) => (term.kind === 'recipients' ? Math.min(lastSeq, term.recipients.length * 10) : lastSeq);

/** Broadcasts at and below the place that may hold what is searched, in the order of the log. The rollups tell which have a status at all. */
function broadcastsFrom(tx: Tx, organizationId: string, from: Place | null, filters: Filters, term: Term) {
  if (term.kind === 'nothing') return [];
  const statuses = filters.status ? [filters.status] : filters.errorCode ? ['failed', 'undelivered', 'skipped', 'unknown'] : null;
  return rows<{ id: string; last_seq: number }>(tx, sql`
    select b.id, b.last_seq from broadcast b where b.organization_id = ${organizationId} and b.last_seq > 0
      ${filters.broadcastId ? sql`and b.id = ${filters.broadcastId}` : sql``}
      ${term.kind === 'delivery' ? sql`and b.id = ${term.broadcastId}` : sql``}
      ${from ? sql`and (b.created_at, b.id) <= (select created_at, id from broadcast where organization_id = ${organizationId} and id = ${from.broadcastId})` : sql``}
      ${statuses ? sql`and (select sum(r.deliveries) from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id
        and r.status::text in (select json_array_elements_text(${JSON.stringify(statuses)}::json))) > 0` : sql``}
    order by b.created_at desc, b.id desc limit 500`);
}

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

type LogRow = DeliveryRow & { broadcast_name: string; contact_name: string | null; at: string };

function readRanges(tx: Tx, organizationId: string, ranges: Range[], filters: Filters, term: Term, limit: number) {
  return rows<LogRow>(tx, sql`
    select ${deliveryColumns}, b.name as broadcast_name, nullif(concat_ws(' ', c.first_name, c.last_name), '') as contact_name,
      coalesce(d.handed_at, d.failed_at, b.started_at, b.created_at) as at
    from json_to_recordset(${JSON.stringify(ranges)}::json) as r(n int, broadcast_id uuid, low int, high int)
    join broadcast b on b.organization_id = ${organizationId} and b.id = r.broadcast_id
    cross join lateral (${ofBroadcast(organizationId, filters, term, limit)}) d
    left join contact c on c.organization_id = d.organization_id and c.id = d.contact_id
    order by r.n, d.seq desc limit ${limit}`);
}

/** Deliveries of one range `r`. The limit of 1 keeps each address a probe of the unique index: without it Postgres joins whole tables instead. */
function ofBroadcast(organizationId: string, filters: Filters, term: Term, limit: number): SQL {
  const filtered = sql`d.organization_id = ${organizationId} and d.broadcast_id = r.broadcast_id and d.seq between r.low and r.high
    ${filters.status ? sql`and d.status = ${filters.status}` : sql``} ${filters.errorCode ? sql`and d.error_code = ${filters.errorCode}` : sql``}`;
  if (term.kind === 'recipients') {
    return sql`select d.* from json_array_elements_text(${JSON.stringify(term.recipients)}::json) as person(address)
      cross join lateral (select * from broadcast_delivery probe where probe.broadcast_id = r.broadcast_id and probe.recipient = person.address limit 1) d where ${filtered}`;
  }
  return sql`select d.* from broadcast_delivery d where ${filtered} ${term.kind === 'delivery' ? sql`and d.seq = ${term.seq}` : sql``}
    ${term.kind === 'people' ? sql`and exists (select 1 from contact where contact.organization_id = ${organizationId} and contact.id = d.contact_id and ${term.filter})` : sql``}
    order by d.seq desc limit ${limit}`;
}

const logRowOf = (row: LogRow): DeliveryLogRow => ({ ...deliveryOf(row), broadcastName: row.broadcast_name, contactName: row.contact_name, at: iso(row.at) });
