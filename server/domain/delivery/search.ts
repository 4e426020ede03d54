import type { Context } from '#server/context.ts';
import { idOf, logRowOf, readLog, type LogRow, type Place } from '#server/domain/delivery/log-reader.ts';
import { parseDeliveryId } from '#server/domain/delivery/read.ts';
import { searchDeliveriesInput, type DeliveryLogPage, type SearchDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { understand } from '#server/domain/delivery/search-filter.ts';
import { invalidField } from '#server/errors.ts';

/** Deliveries that one request reads at most; a page may end early and its cursor goes on from there. */
const READ_AT_MOST = 1_000_000;

/**
 * The log of all broadcasts: the newest broadcast first, in it the last number first. Nothing of that order ever changes, so paging by cursor meets each
 * row once however much is being sent meanwhile. A page may hold fewer rows than `limit` and still have a cursor: the filter is rare and the search
 * has read its share of deliveries.
 * @throws Problem validation_failed for a cursor that is none, and for an operator that does not exist
 */
export async function searchDeliveries(ctx: Context, input: SearchDeliveriesInput): Promise<DeliveryLogPage> {
  const { cursor, limit, ...asked } = searchDeliveriesInput.parse(input);
  const from = cursor ? parseCursor(cursor) : null;
  return ctx.transaction(async (tx) => {
    const filter = await understand(tx, ctx, asked);
    const found: LogRow[] = [];
    const end = await readLog(tx, ctx.organizationId, filter, { from, limit: limit + 1, budget: READ_AT_MOST }, (rows) => { found.push(...rows); });
    const data = found.slice(0, limit).map(logRowOf);
    if (found.length > limit) return { data, nextCursor: idOf(found[limit - 1]!) };
    return { data, nextCursor: end && `${end.broadcastId}-${end.seq}` };
  });
}

function parseCursor(cursor: string): Place {
  try { return parseDeliveryId(cursor); } catch { throw invalidField('cursor', 'This place in the log does not exist. Start from the newest messages.'); }
}
