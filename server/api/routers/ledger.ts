import { memberProcedure, router } from '#server/api/trpc.ts';
import { usageHistory } from '#server/domain/ledger/history.ts';
import { usageHistoryInput, usageInput } from '#server/domain/ledger/schema.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';

export const ledgerRouter = router({
  stats: memberProcedure.input(usageInput).query(({ ctx, input }) => usageStatistics(ctx, input)),
  history: memberProcedure.input(usageHistoryInput).query(({ ctx, input }) => usageHistory(ctx, input)),
});
