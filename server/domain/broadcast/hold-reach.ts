import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { putAside } from '#server/domain/broadcast/hold-back.ts';
import { nextBroadcasts, type DueBroadcast } from '#server/domain/broadcast/next.ts';
import type { LockedPace } from '#server/domain/sender/lock-pace.ts';
import { readStanding, type Standing } from '#server/domain/sender/reach.ts';
import { placesInTier, readTier } from '#server/domain/sender/tier.ts';

/** So many are looked at after a slice of which nobody could go. */
const AHEAD = 1_000;

type Due = { seq: number; recipient: string; isFirst: boolean };
export type Reached<T> = { ready: T[]; isTierFull: boolean };

/**
 * Part of the intent transaction, with the pace locked: who was written to a moment ago waits out the pair rate, and who finds the sender's tier full waits until
 * somebody falls out of the moving day (P68). Nobody is dropped.
 */
export async function holdReach<T extends Due>(tx: Tx, ctx: Context, broadcast: DueBroadcast, messages: T[], standing: Map<string, Standing>, now: number): Promise<Reached<T>> {
  const soon = messages.flatMap(({ seq, recipient }) => { const wait = standing.get(recipient)?.tooSoon ?? 0; return wait > 0 ? [{ seq, reason: 'pair_rate', at: new Date(now + wait).toISOString() }] : []; });
  const late = new Set(soon.map(({ seq }) => seq));
  const first = messages.filter(({ seq, recipient, isFirst }) => isFirst && !late.has(seq) && !standing.get(recipient)?.isReached);
  const tier = first.length > 0 ? await readTier(tx, ctx, { id: broadcast.senderId, messagingLimit: broadcast.messagingLimit }) : null;
  const beyond = tier ? first.slice(Math.max(0, tier.limit - tier.used)) : [];
  const places = tier && beyond.length > 0 ? await placesInTier(tx, ctx, broadcast.senderId, tier.limit, { after: await waitingForTier(tx, ctx, broadcast.senderId), count: beyond.length }) : [];
  await putAside(tx, ctx, broadcast.id, [...soon, ...beyond.map(({ seq }, i) => ({ seq, reason: 'tier', at: new Date(places[i]!).toISOString() }))]);
  const held = new Set([...late, ...beyond.map(({ seq }) => seq)]);
  return { ready: messages.filter(({ seq }) => !held.has(seq)), isTierFull: beyond.length > 0 };
}

/** Puts aside who would come next and find the tier full, so that thousands are not taken one by one at the pace; the others go back and are taken at their turn. */
export async function holdTierAhead(tx: Tx, ctx: Context, pace: LockedPace): Promise<void> {
  const { broadcasts } = await nextBroadcasts(tx, ctx, pace, AHEAD);
  for (const broadcast of broadcasts) {
    const { windowSeconds, pairSeconds } = channels[broadcast.channel];
    const standing = windowSeconds === null ? null : await readStanding(tx, ctx, { id: broadcast.senderId, address: broadcast.sender }, { windowSeconds, pairSeconds: pairSeconds ?? 0 }, broadcast.deliveries.map(({ recipient }) => recipient));
    const due = broadcast.deliveries.map(({ seq, recipient }) => ({ seq, recipient, isFirst: broadcast.template !== null && standing !== null && !standing.get(recipient)?.isOpen }));
    const { ready } = await holdReach(tx, ctx, broadcast, due, standing ?? new Map(), pace.now);
    await putAside(tx, ctx, broadcast.id, ready.map(({ seq }) => ({ seq, reason: 'retry', at: new Date(pace.now).toISOString() })));
  }
}

/** Of all broadcasts of the sender. */
async function waitingForTier(tx: Tx, ctx: Context, senderId: string): Promise<number> {
  const [found] = await rows<{ people: number }>(tx, sql`
    select count(*)::int as people from broadcast b join delivery_retry r on r.organization_id = b.organization_id and r.broadcast_id = b.id and r.reason = 'tier'
    where b.organization_id = ${ctx.organizationId} and b.sender_id = ${senderId} and b.status in ('sending', 'paused')`);
  return found!.people;
}
