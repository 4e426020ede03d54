import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type Composer, type Way } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readAudience, recipientsOf } from '#server/domain/audience/resolve.ts';
import { isOpen, type Window } from '#server/domain/sender/window.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import { resolveSender, type ResolvedSender } from '#server/domain/sender/resolve.ts';
import { isReached } from '#server/domain/sender/tier.ts';
import { Problem } from '#server/errors.ts';

/** The people of a broadcast who get the same message: on a channel with a window those inside and those outside of it. */
export type Side = { way: Way; isWindowOpen: boolean; /** Condition on the contact `c`. */ who: SQL };

/** `unreachable`: outside, and there is no message for them; `undeliverable`: refused by their number alone; `first`: those to whom the sender would write first. */
export type Reach = { inside: number; outside: number; unreachable: number; undeliverable: number; first: number };

/** The sender as the send would choose it; null when it would be refused. */
export async function senderOrNull(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<ResolvedSender | null> {
  try { return await resolveSender(tx, ctx, broadcast.channel, broadcast.senderPhone); } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Null on a channel that knows no window. */
export async function readWindow(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<Window | null> {
  const seconds = channels[broadcast.channel].windowSeconds;
  if (seconds === null) return null;
  return { sender: (await senderOrNull(tx, ctx, broadcast))?.sender.address ?? null, seconds };
}

/** Who gets what; nobody is on two sides, and who gets nothing by the window alone is on none. */
export async function readSides(tx: Tx, ctx: Context, broadcast: BroadcastRow, composer: Composer): Promise<Side[]> {
  const window = await readWindow(tx, ctx, broadcast);
  if (!window) return composer.outside ? [{ way: composer.outside, isWindowOpen: false, who: sql`true` }] : [];
  const open = isOpen(ctx, window, addressOf(broadcast));
  return [
    ...(composer.inside ? [{ way: composer.inside, isWindowOpen: true, who: open }] : []),
    ...(composer.outside ? [{ way: composer.outside, isWindowOpen: false, who: sql`not ${open}` }] : []),
  ];
}

/** How many of the recipients are inside and outside of the window, and who of them gets nothing whatever their values are. Null on a channel that knows no window. */
export async function countReach(tx: Tx, ctx: Context, broadcast: BroadcastRow, composer: Composer): Promise<Reach | null> {
  const channel = channels[broadcast.channel];
  if (channel.windowSeconds === null) return null;
  const sender = (await senderOrNull(tx, ctx, broadcast))?.sender ?? null;
  const window = { sender: sender?.address ?? null, seconds: channel.windowSeconds };
  const groups = await rows<{ phone: string; open: boolean; people: number; known: number }>(tx, sql`
    select min(phone) as phone, open, count(*)::int as people, (count(*) filter (where known))::int as known from (
      select c.phone, ${isOpen(ctx, window, addressOf(broadcast))} as open, ${sender ? isReached(ctx, sender.id, addressOf(broadcast)) : sql`false`} as known
      from (${recipientsOf(ctx, await readAudience(tx, ctx, broadcast), sql`c.*`)}) c offset 0
    ) each_one group by left(phone, 5), open`);
  const reach: Reach = { inside: 0, outside: 0, unreachable: 0, undeliverable: 0, first: 0 };
  for (const { phone, open, people, known } of groups) {
    const way = open ? composer.inside : composer.outside;
    reach[open ? 'inside' : 'outside'] += people;
    if (!way) reach.unreachable += people;
    else if (way.refuses(channel.toAddress(phone))) reach.undeliverable += people;
    else if (!open) reach.first += people - known;
  }
  return reach;
}

const addressOf = ({ channel }: BroadcastRow): SQL => sql`${channels[channel].toAddress('')}::text || c.phone`;
