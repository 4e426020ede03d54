import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type Addressee, type Composed, type Person } from '#server/channels/index.ts';
import { literalDraft } from '#server/channels/literal.ts';
import { timesSegments } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { isAnswer, readAddressees } from '#server/domain/broadcast/addressees.ts';
import { holdAhead, holdBack, type Timely } from '#server/domain/broadcast/hold-back.ts';
import { nextBroadcasts } from '#server/domain/broadcast/next.ts';
import { holdReach, holdTierAhead } from '#server/domain/broadcast/hold-reach.ts';
import { requireBudget } from '#server/domain/broadcast/budget.ts';
import { readDispatchPrices } from '#server/domain/ledger/own-prices.ts';
import { failComeBacks } from '#server/domain/delivery/come-back.ts';
import { writeIntents, type Claimed, type Intent } from '#server/domain/delivery/intend.ts';
import { lockPace, openSlots, writePace, type LockedPace } from '#server/domain/sender/lock-pace.ts';
import { readStanding, recordReach } from '#server/domain/sender/reach.ts';

/** How far ahead slots are given out, in ms: short enough that a pause or an opt-out is effective at once, long enough to keep the sender busy. */
const HORIZON = 200;

export type Slice = {
  messages: Intent[];
  /** Milliseconds until it is worth asking again; null when nothing is left to send on this pace. */
  wait: number | null;
  /** Database clock minus this process's clock, ms, as this transaction saw it, and how exact that is. */
  clock: { offset: number; uncertainty: number };
  /** True when the last second held less than a tenth of the cap: then a late message cannot break it. */
  hasSlack: boolean;
};
export type ClaimInput = { paceId: string; workerId: string; accountSid: string; messagingServiceSid: string | null; capacity: number; averageSegments: number;
  /** Seconds until an intent without an answer belongs to the resolver. */
  lease: number;
  /** How long this transaction usually takes, in ms: no slot is given out that would be missed by then. */
  headStart: number;
  /** By how much messages missed their slots since the last claim, in ms. */
  lateness: number;
};

/**
 * The intent transaction: takes what the pace allows within the next moments, fairly over the broadcasts of the sender. State, opt-out, hour and budget
 * are checked here, with the rows locked, and an attempt is written for every message before a byte of it leaves.
 */
export async function claimSlice(ctx: Context, input: ClaimInput): Promise<Slice> {
  return ctx.transaction(async (tx) => {
    const pace = await lockPace(tx, ctx, input.paceId);
    const none = (wait: number | null): Slice => ({ messages: [], wait, clock: pace.clock, hasSlack: true });
    const room = openSlots(pace, HORIZON, input.averageSegments, input.capacity);
    if (room.count === 0) return none(room.wait);
    const due = await nextBroadcasts(tx, ctx, pace, room.count);
    if (due.broadcasts.length === 0) return none(due.wait);
    const messages: Intent[] = [];
    let [isAllHeld, isTierFull] = [true, false];
    for (const broadcast of due.broadcasts) {
      const timely = await holdBack(tx, ctx, broadcast, pace.now);
      isAllHeld &&= timely.deliveries.length === 0;
      const intended = await intend(tx, ctx, timely, pace, input);
      messages.push(...intended.intents);
      isTierFull ||= intended.isTierFull;
    }
    if (isAllHeld) await holdAhead(tx, ctx, pace);
    else if (isTierFull && messages.length === 0) await holdTierAhead(tx, ctx, pace);
    await requireBudget(tx, ctx, due.broadcasts, messages);
    const hasSlack = await writePace(tx, ctx, pace, messages, due.broadcasts.at(-1)!.id, input);
    return { messages, wait: 0, clock: pace.clock, hasSlack };
  });
}

/** Renders the share of one broadcast: intents for those who get it, a reason for those who do not. */
async function intend(tx: Tx, ctx: Context, broadcast: Timely, pace: LockedPace, input: ClaimInput): Promise<{ intents: Intent[]; isTierFull: boolean }> {
  const claimed = await readAddressees(tx, ctx, broadcast);
  const channel = channels[broadcast.channel];
  const composer = channel.prepare(isAnswer(broadcast) ? literalDraft(broadcast) : broadcast);
  const present = new Set(claimed.map(({ seq }) => seq));
  const skipped = [...broadcast.untimely, ...broadcast.deliveries.filter(({ seq }) => !present.has(seq)).map(({ seq }) => ({ seq, reason: 'contact_deleted' }))];
  const messages: Array<Claimed & { isFirst: boolean }> = [];
  const prices = await readDispatchPrices(tx, ctx, broadcast.channel, broadcast.template?.category ?? null);
  const standing = await standingOf(tx, ctx, broadcast, claimed);
  for (const { seq, attempts, recipient, person, refused, isClosed } of claimed) {
    const to = { recipient, isWindowOpen: !isClosed && (standing?.get(recipient)?.isOpen ?? false) };
    const composed = refused ? { skip: refused } : compose(composer.compose, person, to);
    if ('skip' in composed) { skipped.push({ seq, reason: composed.skip }); continue; }
    const price = prices(recipient, { method: composed.method, isWindowOpen: to.isWindowOpen });
    messages.push({ seq, n: attempts + 1, recipient, ...composed, estimate: timesSegments(price.likely, composed.segments), isFirst: composed.method === 'template' && !to.isWindowOpen });
  }
  await skip(tx, ctx, broadcast, skipped);
  const route = { broadcastId: broadcast.id, sender: broadcast.sender, paceId: pace.id, workerId: input.workerId, accountSid: input.accountSid, messagingServiceSid: channel.usesService ? input.messagingServiceSid : null };
  if (!standing) return { intents: await writeIntents(tx, ctx, messages, route, input), isTierFull: false };
  const { ready, isTierFull } = await holdReach(tx, ctx, broadcast, messages, standing, pace.now);
  const intents = await writeIntents(tx, ctx, ready, route, input);
  const isFirst = new Map(ready.map((message) => [message.seq, message.isFirst]));
  await recordReach(tx, ctx, broadcast.senderId, intents.map(({ seq, recipient }) => ({ recipient, isFirst: isFirst.get(seq) ?? false })));
  return { intents, isTierFull };
}

/** Null on a channel without a window: nothing is asked for there. */
async function standingOf(tx: Tx, ctx: Context, { channel, senderId, sender }: Timely, claimed: Array<{ recipient: string }>) {
  const { windowSeconds, pairSeconds } = channels[channel];
  if (windowSeconds === null) return null;
  return readStanding(tx, ctx, { id: senderId, address: sender }, { windowSeconds, pairSeconds: pairSeconds ?? 0 }, claimed.map(({ recipient }) => recipient));
}

/** A text that cannot be rendered for one person must not stop the others. */
function compose(composeFor: (person: Person, to: Addressee) => Composed, person: Person, to: Addressee) {
  try { return composeFor(person, to); } catch { return { skip: 'cannot_render' as const }; }
}

/** Who came back and cannot be written to again stays with what Twilio said. */
async function skip(tx: Tx, ctx: Context, broadcast: Timely, skipped: Array<{ seq: number; reason: string }>) {
  if (skipped.length === 0) return;
  await rows(tx, sql`
    update broadcast_delivery d set status = 'skipped', reason = s.reason
    from json_to_recordset(${JSON.stringify(skipped)}::json) as s(seq int, reason text)
    where d.broadcast_id = ${broadcast.id} and d.organization_id = ${ctx.organizationId} and d.seq = s.seq and d.status = 'queued'`);
  const taken = new Set(broadcast.deliveries.filter(({ wasTaken }) => wasTaken).map(({ seq }) => seq));
  await failComeBacks(tx, ctx, broadcast.id, skipped.map(({ seq }) => seq).filter((seq) => taken.has(seq)));
}
