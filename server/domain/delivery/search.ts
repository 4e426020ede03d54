import type { Context } from '#server/context.ts';
import type { DeliveryLogPage, SearchDeliveriesInput } from '#server/domain/delivery/schema.ts';

export async function searchDeliveries(ctx: Context, input: SearchDeliveriesInput): Promise<DeliveryLogPage> {
  void ctx; void input; throw new Error('searchDeliveries: not built yet');
}
