import type { Context } from '#server/context.ts';
import type { Page } from '#server/domain/paging.ts';
import type { LedgerEntryView, UsageHistoryInput } from '#server/domain/ledger/schema.ts';

export async function usageHistory(ctx: Context, input: UsageHistoryInput): Promise<Page<LedgerEntryView>> {
  void ctx; void input; throw new Error('usageHistory: not built yet');
}
