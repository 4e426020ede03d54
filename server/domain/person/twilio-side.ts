import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';

type Row = { blocked: boolean; told: 'not_needed' | 'due' | 'done' | 'failed' | null; kind: 'opt_out' | 'opt_in' | null; error: string | null };
/** `isBlocked`: a message would be refused with 21610. */
export type TwilioSide = { isBlocked: boolean; words: string | null };

/**
 * What Twilio's own list holds against a number, as far as the ledger tells. Twilio keeps it for what goes through a Messaging Service. A STOP that it heard
 * itself, or its 21610, only the person can lift, by START, whatever consent we record; what we decided it learns from us.
 */
export async function readTwilioSide(tx: Tx, ctx: Context, channel: ChannelId, phone: string): Promise<TwilioSide> {
  if (!channels[channel].usesService) return { isBlocked: false, words: null };
  const [found] = await rows<Row>(tx, sql`
    with own as (
      select kind, source, push, push_error, at, id from consent_event
      where organization_id = ${ctx.organizationId} and phone = ${phone} and scope = 'organization' and (sender is null or sender like '+%' or source = 'provider')
    )
    select coalesce((select kind = 'opt_out' from own where source in ('keyword', 'opt_out_type', 'provider') order by at desc, id desc limit 1), false) as blocked, last.kind, last.push as told, last.push_error as error
    from (select 1) one left join lateral (select * from own order by at desc, id desc limit 1) last on true`);
  const { blocked, told, kind, error } = found!;
  if (blocked) return { isBlocked: true, words: 'Twilio still blocks this number: they must text START.' };
  if (told === 'failed') return { isBlocked: kind === 'opt_in', words: `Twilio could not be told of the last ${kind === 'opt_in' ? 'consent' : 'opt-out'}${error ? `: ${error}` : '.'}` };
  if (told === 'due') return { isBlocked: false, words: `Twilio is being told of the last ${kind === 'opt_in' ? 'consent' : 'opt-out'}.` };
  return { isBlocked: false, words: null };
}
