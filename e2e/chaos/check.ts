import type { History, Post } from './history.ts';

/** One broken promise, in words, with whom it concerns. */
export type Violation = { rule: 'duplicate' | 'lost' | 'stuck' | 'unbound' | 'status' | 'ledger' | 'rollup' | 'token' | 'pace'; detail: string };

/** Twilio's words as the milestones that our rows must show at the end. */
const expected: Record<string, string> = { accepted: 'sending', queued: 'sending', sending: 'sending', sent: 'sent', delivered: 'delivered', undelivered: 'undelivered', failed: 'failed', read: 'read' };
const MOVING = new Set(['queued', 'sending']);
const NEVER_SENT = new Set(['skipped', 'cancelled', 'queued']);

/** Everything that must hold once nothing moves any more (facts/reliability.md §5.2). Pure: the same history gives the same answer. */
export function check(history: History): Violation[] {
  return [...duplicates(history), ...lostOrStuck(history), ...unbound(history), ...wrongStatus(history), ...ledger(history), ...rollup(history), ...tokens(history), ...pace(history)];
}

/** Messages of a post that left Twilio, or will: created, and if scheduled, not cancelled. */
const hasLeft = ({ sid, canceledAt }: Post) => sid !== null && canceledAt === null;

/** I2: at most one message per recipient leaves Twilio. */
function duplicates({ posts }: History): Violation[] {
  const left = Map.groupBy(posts.filter(hasLeft), ({ to }) => to);
  return [...left].filter(([, of]) => of.length > 1).map(([to, of]) => ({ rule: 'duplicate', detail: `${to} got ${of.length} messages: ${of.map(({ sid, verdict }) => `${sid} (${verdict})`).join(', ')}` }));
}

/** I5: every delivery has ended, or says why not; who counts as sent has a message, and who does not has none. */
function lostOrStuck({ posts, deliveries, attempts }: History): Violation[] {
  const left = new Set(posts.filter(hasLeft).map(({ to }) => to));
  const bySeq = Map.groupBy(attempts, ({ seq }) => seq);
  return deliveries.flatMap(({ seq, recipient, status, reason }): Violation[] => {
    const open = (bySeq.get(seq) ?? []).filter(({ state, isDue }) => state === 'intent' || (isDue && (state === 'uncertain' || state === 'absent')));
    if (MOVING.has(status) || open.length > 0) return [{ rule: 'stuck', detail: `${recipient} is still ${status}, open attempts: ${open.map(({ n, state }) => `${n} ${state}`).join(', ') || 'none'}` }];
    if (status === 'unknown' && left.has(recipient)) return [{ rule: 'status', detail: `${recipient} is unknown, but a message left Twilio` }];
    if (status === 'unknown' && !bySeq.has(seq)) return [{ rule: 'lost', detail: `${recipient} is unknown without any attempt` }];
    if (status === 'unknown' || (NEVER_SENT.has(status) && reason && !left.has(recipient))) return [];
    if (status === 'failed' && !left.has(recipient)) return reason ? [] : [{ rule: 'lost', detail: `${recipient} failed without a reason` }];
    return left.has(recipient) && !NEVER_SENT.has(status) ? [] : [{ rule: 'lost', detail: `${recipient} shows ${status}, messages that left Twilio: ${left.has(recipient) ? 1 : 0}` }];
  });
}

/** I5: a message that left Twilio is bound to exactly one attempt and shown by exactly one delivery. */
function unbound({ posts, deliveries, attempts }: History): Violation[] {
  const [attemptsBy, deliveriesBy] = [Map.groupBy(attempts, ({ sid }) => sid), Map.groupBy(deliveries, ({ sid }) => sid)];
  return posts.filter(hasLeft).flatMap(({ sid, to }): Violation[] => {
    const [bound, shown] = [attemptsBy.get(sid)?.length ?? 0, deliveriesBy.get(sid)?.length ?? 0];
    return bound === 1 && shown === 1 ? [] : [{ rule: 'unbound', detail: `${sid} to ${to}: ${bound} attempts, ${shown} deliveries name it` }];
  });
}

function wrongStatus({ messages, deliveries }: History): Violation[] {
  const truth = new Map(messages.map((message) => [message.sid, message]));
  return deliveries.flatMap(({ recipient, status, sid }): Violation[] => {
    if (!sid) return [];
    const real = truth.get(sid);
    if (!real) return [{ rule: 'status', detail: `${recipient} names ${sid}, which Twilio does not know` }];
    return expected[real.status] === status ? [] : [{ rule: 'status', detail: `${recipient} shows ${status}, Twilio says ${real.status} (${sid})` }];
  });
}

/** I13, I14: the ledger is Twilio's prices to the last digit, one sum per message, and the deliveries carry the same. */
function ledger({ messages, ledger: entries, deliveries }: History): Violation[] {
  const priced = messages.filter(({ price, status }) => price !== null && status !== 'canceled');
  const booked = new Map<string, bigint>();
  for (const { sid, amount } of entries) booked.set(sid, (booked.get(sid) ?? 0n) + micros(amount));
  const shown = new Map(deliveries.map(({ sid, price }) => [sid, price]));
  const wrong = priced.flatMap(({ sid, price }): Violation[] => {
    const charge = -micros(price!);
    const row = shown.get(sid);
    if (booked.get(sid) === charge && row !== null && row !== undefined && micros(row) === charge) return [];
    return [{ rule: 'ledger', detail: `${sid}: Twilio charged ${price}, booked ${booked.get(sid) ?? 'nothing'} micros, the delivery shows ${row ?? 'nothing'}` }];
  });
  const known = new Set(priced.map(({ sid }) => sid));
  return [...wrong, ...[...booked.keys()].filter((sid) => !known.has(sid)).map((sid): Violation => ({ rule: 'ledger', detail: `${sid} is booked, but Twilio charged nothing` }))];
}

/** Exact integer of a decimal with up to six places. */
function micros(amount: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  return BigInt(`${sign}1`) * (BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6)));
}

function rollup({ rollup: kept, recount }: History): Violation[] {
  const names = [...new Set([...Object.keys(kept), ...Object.keys(recount)])];
  return names.filter((name) => (kept[name] ?? 0) !== (recount[name] ?? 0)).map((name) => ({ rule: 'rollup', detail: `${name}: rollup ${kept[name] ?? 0}, recount ${recount[name] ?? 0}` }));
}

/** I1: each attempt is written to the wire at most once, ever. */
function tokens({ posts }: History): Violation[] {
  const byToken = Map.groupBy(posts, ({ statusCallback }) => /attempt=([0-9a-f]{32})/.exec(statusCallback ?? '')?.[1] ?? 'none');
  return [...byToken].filter(([token, of]) => token === 'none' || of.length > 1).map(([token, of]) => ({ rule: 'token', detail: `token ${token} was posted ${of.length} times, to ${of[0]!.to}` }));
}

/** I9: no sliding second holds more than the cap. */
function pace({ arrivals: { atMs, segments }, cap }: History): Violation[] {
  let [first, held, worst] = [0, 0, 0];
  for (const [i, at] of atMs.entries()) {
    held += segments[i]!;
    while (atMs[first]! <= at - 1_000) held -= segments[first++]!;
    worst = Math.max(worst, held);
  }
  return worst > cap ? [{ rule: 'pace', detail: `${worst} segments within one second, the cap is ${cap}` }] : [];
}
