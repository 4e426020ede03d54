import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { countsOf } from '#server/domain/delivery/counts.ts';
import { listDeliveriesInput, type DeliveryView, type ListDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { deliveryColumns, deliveryOf, eventsOf, type DeliveryRow } from '#server/domain/delivery/view.ts';
import { page, type Page } from '#server/domain/paging.ts';
import { notFound } from '#server/errors.ts';

/** Deliveries of one broadcast by their number, so that a row never changes its page. @throws Problem not_found */
export async function listDeliveries(ctx: Context, input: ListDeliveriesInput): Promise<Page<DeliveryView>> {
  const { id, status, ...paging } = listDeliveriesInput.parse(input);
  return ctx.transaction(async (tx) => {
    const { organizationId } = ctx;
    const [broadcast] = await rows<{ last_seq: number }>(tx, sql`select last_seq from broadcast where organization_id = ${organizationId} and id = ${id}`);
    if (!broadcast) throw notFound('broadcast');
    const total = status ? ((await countsOf(tx, organizationId, [id])).get(id)?.counts[status] ?? 0) : broadcast.last_seq;
    const skipped = (paging.p - 1) * paging.ps;
    // Numbers are dense, so an unfiltered page is a range of them. A filtered one walks the same index; naming how many rows are left ends the walk
    // at the last of them and not at the end of the broadcast.
    const found = await read(tx, organizationId, id, status
      ? sql`and d.status = ${status} order by d.seq limit ${Math.max(0, Math.min(paging.ps, total - skipped))} offset ${skipped}`
      : sql`and d.seq > ${Math.min(skipped, broadcast.last_seq)} and d.seq <= ${Math.min(skipped + paging.ps, broadcast.last_seq)} order by d.seq`);
    const events = await eventsOf(tx, organizationId, id, found.map((row) => row.seq));
    return page(found.map((row) => ({ ...deliveryOf(row), events: events.get(row.seq) ?? [] })), total, paging);
  });
}

const read = (tx: Tx, organizationId: string, id: string, range: ReturnType<typeof sql>) => rows<DeliveryRow>(tx, sql`
  select ${deliveryColumns} from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id
  where d.organization_id = ${organizationId} and d.broadcast_id = ${id} ${range}`);
