import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { recordStatuses } from '#server/domain/delivery/record-status.ts';
import type { ProviderMessage } from '#server/twilio/messages.ts';

/** Twilio's words after which nothing more is expected, except that somebody reads it. */
const FINAL = ['delivered', 'read', 'undelivered', 'failed'];

type Behind = { sid: string; recipient: string; accountSid: string };

/**
 * Callbacks get lost. Takes a page of Twilio's message list and records the final statuses that a delivery should have had `quiet` seconds after it was
 * handed over and has not. Through the same door as a callback, so a callback that comes late after all changes nothing.
 */
export async function reconcileStatuses(ctx: Context, messages: ProviderMessage[], quiet: number): Promise<number> {
  const final = new Map(messages.filter(({ status }) => FINAL.includes(status)).map((message) => [message.sid, message]));
  if (final.size === 0) return 0;
  const behind = await ctx.transaction((tx) => stillMoving(tx, ctx, [...final.keys()], quiet));
  await recordStatuses(ctx.db, behind.map(({ sid, recipient, accountSid }) => {
    const { status, errorCode } = final.get(sid)!;
    return { organizationId: ctx.organizationId, token: null, accountSid, sid, recipient, providerStatus: status, errorCode, source: 'list' };
  }));
  return behind.length;
}

const stillMoving = (tx: Tx, ctx: Context, sids: string[], quiet: number) => rows<Behind>(tx, sql`
  select a.sid, a.recipient, a.account_sid as "accountSid" from attempt a
  join broadcast_delivery d on d.broadcast_id = a.broadcast_id and d.seq = a.seq
  where a.organization_id = ${ctx.organizationId} and a.sid in (select value from json_array_elements_text(${JSON.stringify(sids)}::json))
    and d.status in ('unknown', 'sending', 'sent') and coalesce(d.handed_at, a.answered_at, a.intent_at) < clock_timestamp() - make_interval(secs => ${quiet})`);
