import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { isOpen } from '#server/domain/sender/window.ts';
import { isReached } from '#server/domain/sender/tier.ts';

/** How a recipient stands to a sender at this moment of the database's clock; `tooSoon`: ms until the next message may follow the last one. */
export type Standing = { isOpen: boolean; isReached: boolean; tooSoon: number };

/** Of all recipients of a slice, in one statement. @param pairSeconds between two messages to one person */
export async function readStanding(tx: Tx, ctx: Context, sender: { id: string; address: string }, { windowSeconds, pairSeconds }: { windowSeconds: number; pairSeconds: number }, recipients: string[]): Promise<Map<string, Standing>> {
  const found = await rows<Standing & { address: string }>(tx, sql`
    select value as address, ${isOpen(ctx, { sender: sender.address, seconds: windowSeconds }, sql`value`)} as "isOpen", ${isReached(ctx, sender.id, sql`value`)} as "isReached",
      greatest(0, coalesce(${pairSeconds} - extract(epoch from clock_timestamp() - r.last_at), 0) * 1000)::float8 as "tooSoon"
    from json_array_elements_text(${JSON.stringify(recipients)}::json)
    left join sender_reach r on r.organization_id = ${ctx.organizationId} and r.sender_id = ${sender.id} and r.recipient = value`);
  return new Map(found.map(({ address, ...standing }) => [address, standing]));
}

/** Whom a sender writes to with this slice; `isFirst`: by a template, outside of their window. */
export async function recordReach(tx: Tx, ctx: Context, senderId: string, written: Array<{ recipient: string; isFirst: boolean }>): Promise<void> {
  if (written.length === 0) return;
  await tx.execute(sql`
    insert into sender_reach (organization_id, sender_id, recipient, last_at, initiated_at)
    select ${ctx.organizationId}, ${senderId}, w.recipient, clock_timestamp(), case when w."isFirst" then clock_timestamp() end
    from json_to_recordset(${JSON.stringify(written)}::json) as w(recipient text, "isFirst" boolean) order by w.recipient
    on conflict (organization_id, sender_id, recipient) do update set last_at = excluded.last_at, initiated_at = coalesce(excluded.initiated_at, sender_reach.initiated_at)`);
}
