import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channelIds, channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { parseSearch, type DeliveryStatus, type Moment, type SearchQuery } from '#server/domain/delivery/search-query.ts';
import { readTerm, type Term } from '#server/domain/delivery/search-term.ts';

/** What the log is asked for, besides the place: the page's own choices and what stands in its box. */
export type Asked = { search: string; status?: DeliveryStatus | undefined; broadcastId?: string | undefined; errorCode?: number | undefined };

/** The same, understood. Conditions on broadcasts are of `b`, those on deliveries of `d` beside its `b`. Null: all. */
export type LogFilter = {
  term: Term; statuses: DeliveryStatus[] | null; codes: number[] | null; reasons: string[] | null; broadcast: SQL; delivery: SQL;
  /** Nothing but a broadcast is chosen, so as many rows as are wanted need be read. */
  isEverything: boolean;
};

/** Messages are put down in the days of their broadcast; a late receipt may stand so long after its end. */
const LATE = sql`interval '3 days'`;

/** @throws Problem validation_failed for an operator or a value that does not exist */
export async function understand(tx: Tx, ctx: Context, asked: Asked): Promise<LogFilter> {
  const { organizationId } = ctx;
  const [organization] = await rows<{ time_zone: string }>(tx, sql`select time_zone from organization where id = ${organizationId}`);
  const timeZone = organization?.time_zone ?? 'UTC';
  const query = parseSearch(asked.search, { now: ctx.now(), timeZone });
  const [since, until] = [momentOf(query.since, timeZone), momentOf(query.until, timeZone)];
  const statuses = both(query.statuses, asked.status);
  const codes = both(query.codes, asked.errorCode);
  const delivery = sql.join([...addressedTo(query.to), ...sentFrom(query.from), ...between(since, until), ...deliveredWithin(query.took), ...answered(query.response), ...(query.method ? [sql`and d.method = ${query.method}`] : [])], sql` `);
  const term = await readTerm(tx, organizationId, query.text);
  return {
    term: statuses?.length === 0 || codes?.length === 0 ? { kind: 'nothing' } : term, statuses, codes, reasons: query.reasons.length > 0 ? query.reasons : null,
    broadcast: sql.join([...ofBroadcasts(query.broadcast, asked.broadcastId), ...begun(since, until), ...withAnswers(query.response)], sql` `), delivery,
    isEverything: term.kind === 'everything' && !statuses && !codes && query.reasons.length === 0 && !query.to && !query.from && !since && !until && !query.took && !query.response && !query.method,
  };
}

/** What the box and the page's own choice have in common; null: neither asks. */
function both<T>(written: T[], chosen: T | undefined): T[] | null {
  if (written.length === 0) return chosen === undefined ? null : [chosen];
  return chosen === undefined ? written : written.filter((each) => each === chosen);
}

const momentOf = (moment: Moment | null, timeZone: string): SQL | null =>
  (moment === null ? null : 'at' in moment ? sql`${moment.at}::timestamptz` : sql`(${moment.local}::timestamp at time zone ${timeZone})`);

const between = (since: SQL | null, until: SQL | null): SQL[] => {
  const at = sql`coalesce(d.handed_at, d.failed_at, b.started_at, b.created_at)`;
  return [...(since ? [sql`and ${at} >= ${since}`] : []), ...(until ? [sql`and ${at} < ${until}`] : [])];
};

const begun = (since: SQL | null, until: SQL | null): SQL[] => [
  ...(since ? [sql`and (b.finished_at is null or b.finished_at + ${LATE} >= ${since})`] : []), ...(until ? [sql`and coalesce(b.started_at, b.created_at) < ${until}`] : []),
];

const ofBroadcasts = (name: string | null, id: string | undefined): SQL[] => [
  ...(id ? [sql`and b.id = ${id}`] : []), ...(name === null ? [] : [sql`and (b.name ilike ${`%${name.replace(/[\\%_]/g, '\\$&')}%`} or b.id::text = ${name.toLowerCase()})`]),
];

function addressedTo(to: SearchQuery['to']): SQL[] {
  if (to === null) return [];
  const number = sql`split_part(d.recipient, ':', case when position(':' in d.recipient) > 0 then 2 else 1 end)`;
  const begins = sql`and starts_with(${number}, ${to.prefix})`;
  return 'areas' in to && to.areas ? [sql`${begins} and substr(${number}, ${to.prefix.length + 1}, 3) = any(${`{${to.areas.join(',')}}`}::text[])`] : [begins];
}

const sentFrom = (from: string | null): SQL[] =>
  (from === null ? [] : [sql`and d.sender in (${sql.join([from, ...channelIds.map((id) => channels[id].toAddress(from))].map((address) => sql`${address}`), sql`, `)})`]);

function deliveredWithin(took: SearchQuery['took']): SQL[] {
  if (took === null) return [];
  const seconds = sql`greatest(0, extract(epoch from d.delivered_at - d.handed_at))`;
  return [sql`and ${seconds} >= ${took.from}`, ...(took.to === null ? [] : [sql`and ${seconds} < ${took.to}`])];
}

const answered = (kind: SearchQuery['response']): SQL[] => (kind === null ? [] : [sql`
  and exists (select 1 from broadcast_response a where a.organization_id = d.organization_id and a.broadcast_id = d.broadcast_id and a.contact_id = d.contact_id and a.kind = ${kind})`]);

const withAnswers = (kind: SearchQuery['response']): SQL[] => (kind === null ? [] : [sql`
  and exists (select 1 from broadcast_response a where a.organization_id = b.organization_id and a.broadcast_id = b.id and a.kind = ${kind})`]);
