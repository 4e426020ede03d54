import { memberProcedure, router } from '#server/api/trpc.ts';
import { spendBreakdown } from '#server/domain/ledger/breakdown.ts';
import { forecastSpend } from '#server/domain/ledger/forecast.ts';
import { usageHistory } from '#server/domain/ledger/history.ts';
import { readUsage } from '#server/domain/ledger/read-usage.ts';
import { reconcileUsage } from '#server/domain/ledger/reconcile-usage.ts';
import { usageHistoryInput, usageInput } from '#server/domain/ledger/schema.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';

export const ledgerRouter = router({
  stats: memberProcedure.input(usageInput).query(({ ctx, input }) => usageStatistics(ctx, input)),
  history: memberProcedure.input(usageHistoryInput).query(({ ctx, input }) => usageHistory(ctx, input)),
  breakdown: memberProcedure.input(usageInput).query(({ ctx, input }) => spendBreakdown(ctx, input)),
  forecast: memberProcedure.query(({ ctx }) => forecastSpend(ctx)),
  reconciliation: memberProcedure.query(({ ctx }) => reconcileUsage(ctx)),
  readUsage: memberProcedure.mutation(({ ctx }) => readUsage(ctx)),
});
