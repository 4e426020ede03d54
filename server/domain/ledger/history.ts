import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { usageHistoryInput, type LedgerEntryView, type UsageHistoryInput } from '#server/domain/ledger/schema.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** P84: what Twilio charged, one entry per message and later correction, newest first; of one broadcast or of all. */
export async function usageHistory(ctx: Context, input: UsageHistoryInput): Promise<Page<LedgerEntryView>> {
  const { broadcastId, ...paging } = usageHistoryInput.parse(input);
  return ctx.transaction(async (tx) => {
    const mine = sql`l.organization_id = ${ctx.organizationId} ${broadcastId ? sql`and l.broadcast_id = ${broadcastId}` : sql``}`;
    const [{ total } = { total: 0 }] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from ledger_entry l where ${mine}`);
    const entries = await rows<LedgerRow>(tx, sql`
      select l.id, l.sid, l.version, l.broadcast_id, l.seq, l.channel, l.amount::text, l.currency, l.created_at from ledger_entry l
      where ${mine} order by l.created_at desc, l.id desc limit ${paging.ps} offset ${(paging.p - 1) * paging.ps}`);
    return page(entries.map(viewOf), total, paging);
  });
}

type LedgerRow = {
  id: string; sid: string; version: number; broadcast_id: string; seq: number; channel: LedgerEntryView['channel']; amount: string; currency: string; created_at: string;
};

const viewOf = (row: LedgerRow): LedgerEntryView => ({
  id: row.id, broadcastId: row.broadcast_id, deliveryId: `${row.broadcast_id}-${row.seq}`, providerMessageId: row.sid, channel: row.channel,
  amount: row.amount, currency: row.currency, version: row.version, at: new Date(row.created_at).toISOString(),
});
