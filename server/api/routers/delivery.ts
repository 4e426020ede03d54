import { memberProcedure, router } from '#server/api/trpc.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { readDelivery } from '#server/domain/delivery/read.ts';
import { deliveryInput, listDeliveriesInput, searchDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { searchDeliveries } from '#server/domain/delivery/search.ts';

export const deliveryRouter = router({
  list: memberProcedure.input(listDeliveriesInput).query(({ ctx, input }) => listDeliveries(ctx, input)),
  search: memberProcedure.input(searchDeliveriesInput).query(({ ctx, input }) => searchDeliveries(ctx, input)),
  read: memberProcedure.input(deliveryInput).query(({ ctx, input }) => readDelivery(ctx, input)),
});
