import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';

/** The conversations of one sender, and for how many seconds after a person's message its window is open. Sender null: not known, so all are closed. */
export type Window = { sender: string | null; seconds: number };

/** Holds for an address whose window is open at this moment of the database's clock (P72). */
export const isOpen = (ctx: Context, { sender, seconds }: Window, address: SQL): SQL => (sender === null ? sql`false` : sql`exists (
  select 1 from conversation w where w.organization_id = ${ctx.organizationId} and w.sender = ${sender} and w.recipient = ${address}
    and w.last_inbound_at > clock_timestamp() - make_interval(secs => ${seconds}))`);

/** Of these addresses those whose window is open. */
export async function openAmong(tx: Tx, ctx: Context, window: Window | null, recipients: string[]): Promise<Set<string>> {
  if (!window?.sender || recipients.length === 0) return new Set();
  const found = await rows<{ address: string }>(tx, sql`
    select value as address from json_array_elements_text(${JSON.stringify(recipients)}::json) where ${isOpen(ctx, window, sql`value`)}`);
  return new Set(found.map(({ address }) => address));
}
