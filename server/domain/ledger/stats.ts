import type { Context } from '#server/context.ts';
import type { UsageInput, UsageStats } from '#server/domain/ledger/schema.ts';

export async function usageStatistics(ctx: Context, input: UsageInput): Promise<UsageStats> {
  void ctx; void input; throw new Error('usageStatistics: not built yet');
}
