import type { Context } from '#server/context.ts';
import type { Page } from '#server/domain/paging.ts';
import type { DeliveryView, ListDeliveriesInput } from '#server/domain/delivery/schema.ts';

export async function listDeliveries(ctx: Context, input: ListDeliveriesInput): Promise<Page<DeliveryView>> {
  void ctx; void input; throw new Error('listDeliveries: not built yet');
}
