import { memberProcedure, router } from '#server/api/trpc.ts';
import { createShare } from '#server/domain/report-share/create.ts';
import { listShares } from '#server/domain/report-share/list.ts';
import { revokeShare } from '#server/domain/report-share/revoke.ts';
import { createShareInput, listSharesInput, shareInput } from '#server/domain/report-share/schema.ts';

export const reportShareRouter = router({
  list: memberProcedure.input(listSharesInput).query(({ ctx, input }) => listShares(ctx, input)),
  create: memberProcedure.input(createShareInput).mutation(({ ctx, input }) => createShare(ctx, input)),
  revoke: memberProcedure.input(shareInput).mutation(({ ctx, input }) => revokeShare(ctx, input)),
});
