import { memberProcedure, router } from '#server/api/trpc.ts';
import { acceptAgreement } from '#server/domain/agreement/accept.ts';
import { readAgreement } from '#server/domain/agreement/read.ts';
import { serviceInput } from '#server/domain/agreement/schema.ts';

export const agreementRouter = router({
  read: memberProcedure.input(serviceInput).query(({ ctx, input }) => readAgreement(ctx, input)),
  accept: memberProcedure.input(serviceInput).mutation(({ ctx, input }) => acceptAgreement(ctx, input)),
});
