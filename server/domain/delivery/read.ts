import type { Context } from '#server/context.ts';
import type { DeliveryDetail, DeliveryInput } from '#server/domain/delivery/schema.ts';

export async function readDelivery(ctx: Context, input: DeliveryInput): Promise<DeliveryDetail> {
  void ctx; void input; throw new Error('readDelivery: not built yet');
}
