import { memberProcedure, router } from '#server/api/trpc.ts';
import { countOptOuts, listOptOuts } from '#server/domain/consent/list.ts';
import { readDrift } from '#server/domain/consent/read-drift.ts';
import { recordOptOut } from '#server/domain/consent/record.ts';
import { listOptOutsInput, recordOptOutInput } from '#server/domain/consent/schema.ts';
import { retryPushes, startCheck } from '#server/domain/consent/start-check.ts';

export const optOutRouter = router({
  list: memberProcedure.input(listOptOutsInput).query(({ ctx, input }) => listOptOuts(ctx, input)),
  counts: memberProcedure.query(({ ctx }) => countOptOuts(ctx)),
  record: memberProcedure.input(recordOptOutInput).mutation(({ ctx, input }) => recordOptOut(ctx, input)),
  /** How our list differs from what Twilio can tell. */
  drift: memberProcedure.query(({ ctx }) => readDrift(ctx)),
  startCheck: memberProcedure.mutation(({ ctx }) => startCheck(ctx)),
  retryPushes: memberProcedure.mutation(({ ctx }) => retryPushes(ctx)),
});
