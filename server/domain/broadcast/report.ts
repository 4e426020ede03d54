import type { Context } from '#server/context.ts';
import type { BroadcastInput, ReportView } from '#server/domain/broadcast/schema.ts';

export async function reportBroadcast(ctx: Context, input: BroadcastInput): Promise<ReportView> {
  void ctx; void input; throw new Error('reportBroadcast: not built yet');
}
