import { sql } from 'drizzle-orm';
import { inSystem, rows, textArray, type Db, type Tx } from '#db/index.ts';
import { createContext } from '#server/context.ts';
import { takeComeBacks } from '#server/domain/delivery/come-back.ts';
import { recordRefusals } from '#server/domain/opt-out/record-refusals.ts';
import { enqueue } from '#server/queue.ts';

/** One fact that Twilio reported about a message, with the token of our attempt when it came through its callback. */
export type StatusFact = {
  organizationId: string; token: string | null; accountSid: string; sid: string; recipient: string;
  /** Twilio's word. */
  providerStatus: string; errorCode: number | null; source: 'callback' | 'list';
};

/** Twilio's words as our milestones; `canceled` is ours to know, and a word that we do not know says nothing: both move and bind nothing. */
const milestones: Record<string, string> = {
  accepted: 'sending', scheduled: 'sending', queued: 'sending', sending: 'sending', sent: 'sent', delivered: 'delivered', partially_delivered: 'delivered',
  read: 'read', undelivered: 'undelivered', failed: 'failed',
};

/** A repeat waits for its time as unknown; any other message that Twilio holds is on its way. */
const milestoneOf = (word: string, isRepeat: boolean): string | null =>
  (word === 'scheduled' && isRepeat ? 'unknown' : Object.hasOwn(milestones, word) ? milestones[word]! : null);

type Matched = { organization_id: string; broadcast_id: string; seq: number; token: string; state: string; bound: string | null; isRepeat: boolean; i: number };

/**
 * P35: facts in any order, any number of times, of several organisations in one transaction. Each is kept once, append-only; an attempt without a
 * sid is bound to its message; a delivery's status is the greatest fact. A fact that fits no attempt is not ours and changes nothing.
 */
export async function recordStatuses(db: Db, facts: StatusFact[]): Promise<void> {
  if (facts.length === 0) return;
  await inSystem(db, async (tx) => {
    const matched = await matchAttempts(tx, facts);
    if (matched.length === 0) return;
    const known = await withoutComeBacks(tx, matched.map((match): Known => ({ ...facts[match.i]!, ...match, status: milestoneOf(facts[match.i]!.providerStatus, match.isRepeat), error_code: facts[match.i]!.errorCode ?? 0, cameBack: false })));
    await appendEvents(tx, known);
    await bindAttempts(tx, known);
    await moveDeliveries(tx, known);
    await optOutRefused(tx, db, known);
    await wakeResolver(tx, known);
  });
}

/** `cameBack`: the message failed, but its delivery is tried again. */
type Known = Omit<StatusFact, 'token'> & Matched & { status: string | null; error_code: number; cameBack: boolean };

/** A failure after which the delivery is tried again says of it only that Twilio had taken the message: so it may come at any time, and again. */
async function withoutComeBacks(tx: Tx, known: Known[]): Promise<Known[]> {
  const back = await takeComeBacks(tx, known.filter(({ status }) => status === 'failed' || status === 'undelivered'));
  return back.size === 0 ? known : known.map((fact) => (back.has(fact.i) ? { ...fact, status: 'sending', cameBack: true } : fact));
}

/** By token, or by sid when the fact came without one. The rows are locked in one order, so two batches cannot block each other. */
async function matchAttempts(tx: Tx, facts: StatusFact[]): Promise<Matched[]> {
  const input = facts.map((fact, i) => ({ i, organization_id: fact.organizationId, token: fact.token, account_sid: fact.accountSid, sid: fact.sid, recipient: fact.recipient }));
  const by = (condition: ReturnType<typeof sql>, only: typeof input) => (only.length === 0 ? [] : rows<Matched>(tx, sql`
    select i.i, a.organization_id, a.broadcast_id, a.seq, a.token, a.state, a.sid as bound, a.send_at is not null as "isRepeat"
    from json_to_recordset(${JSON.stringify(only)}::json) as i(i int, organization_id uuid, token text, account_sid text, sid text, recipient text)
    join attempt a on a.organization_id = i.organization_id and a.account_sid = i.account_sid and a.recipient = i.recipient and ${condition}
    order by a.token for update of a`));
  // The arrays keep Postgres on the keys while it knows little of a table that grows by the second.
  const [tokens, sids] = [textArray(input.flatMap(({ token }) => token ?? [])), textArray(input.map(({ sid }) => sid))];
  const byToken = await by(sql`a.token = any(${tokens}::text[]) and a.token = i.token and (a.sid is null or a.sid = i.sid)`, input.filter(({ token }) => token !== null));
  const bySid = await by(sql`a.sid = any(${sids}::text[]) and a.sid = i.sid`, input.filter(({ token }) => token === null));
  return [...byToken, ...bySid];
}

async function appendEvents(tx: Tx, known: Known[]) {
  await rows(tx, sql`
    insert into message_event (organization_id, broadcast_id, seq, sid, provider_status, status, error_code, source)
    select e.organization_id, e.broadcast_id, e.seq, e.sid, e."providerStatus", case when not e."cameBack" then e.status::delivery_status end, e.error_code, e.source
    from json_to_recordset(${JSON.stringify(known)}::json)
      as e(organization_id uuid, broadcast_id uuid, seq int, sid text, "providerStatus" text, status text, error_code int, source text, "cameBack" boolean)
    on conflict (organization_id, sid, provider_status, error_code) do nothing`);
}

async function bindAttempts(tx: Tx, known: Known[]) {
  const unbound = known.filter(({ bound, status }) => bound === null && status !== null);
  if (unbound.length === 0) return;
  await rows(tx, sql`
    update attempt a set sid = i.sid, state = 'accepted', resolved_by = i.source::resolution, answered_at = coalesce(a.answered_at, clock_timestamp()), check_at = a.send_at
    from (select distinct on (token) * from json_to_recordset(${JSON.stringify(unbound)}::json) as x(organization_id uuid, token text, sid text, source text)) i
    where a.organization_id = i.organization_id and a.token = i.token and a.sid is null
      and not exists (select 1 from attempt taken where taken.organization_id = a.organization_id and taken.sid = i.sid)`);
}

/**
 * P35: the row as a function of the facts alone: the greatest one (status, then error code, then sid) decides status, sid and error; a moment is set by
 * the first fact that implies it; what was sent is that of the last attempt. So order and repetition make no difference.
 */
async function moveDeliveries(tx: Tx, known: Known[]) {
  const moving = known.filter(({ status }) => status !== null).map((fact) => (fact.cameBack ? { ...fact, error_code: 0 } : fact));
  if (moving.length === 0) return;
  await rows(tx, sql`
    update broadcast_delivery d set
      status = greatest(d.status, m.status), provider_message_id = case when m.wins and m.status > 'unknown' then m.sid else d.provider_message_id end,
      segments = case when m.n > d.attempts then m.segments else coalesce(d.segments, m.segments) end, sender = case when m.n > d.attempts then m.sender else coalesce(d.sender, m.sender) end,
      estimate = case when m.n > d.attempts then m.estimate else coalesce(d.estimate, m.estimate) end, method = case when m.n > d.attempts then m.method else coalesce(d.method, m.method) end,
      attempts = greatest(d.attempts, m.n),
      reason = case when greatest(d.status, m.status) in ('failed', 'undelivered') then 'twilio_error' when greatest(d.status, m.status) = 'unknown' then d.reason end,
      error_code = case when greatest(d.status, m.status) in ('failed', 'undelivered') then case when m.wins then nullif(m.error_code, 0) else d.error_code end end,
      handed_at = case when m.status > 'unknown' then coalesce(d.handed_at, clock_timestamp()) else d.handed_at end,
      sent_at = case when m.was_sent then coalesce(d.sent_at, clock_timestamp()) else d.sent_at end,
      delivered_at = case when m.was_delivered then coalesce(d.delivered_at, clock_timestamp()) else d.delivered_at end,
      failed_at = case when m.was_failed then coalesce(d.failed_at, clock_timestamp()) else d.failed_at end
    from (
      select top.*, d.provider_message_id is null or (top.status, top.error_code, top.sid) > (d.status, coalesce(d.error_code, 0), d.provider_message_id) as wins
      from (
        select distinct on (f.broadcast_id, f.seq) f.*, a.segments, a.n, a.sender, a.estimate, a.method,
          bool_or(f.status in ('sent', 'delivered', 'read', 'undelivered')) over delivery as was_sent, bool_or(f.status in ('delivered', 'read')) over delivery as was_delivered,
          bool_or(f.status in ('failed', 'undelivered')) over delivery as was_failed
        from (select organization_id, broadcast_id, seq, token, status::delivery_status as status, sid, error_code
          from json_to_recordset(${JSON.stringify(moving)}::json) as x(organization_id uuid, broadcast_id uuid, seq int, token text, status text, sid text, error_code int)) f
        join attempt a on a.organization_id = f.organization_id and a.token = f.token
        window delivery as (partition by f.broadcast_id, f.seq)
        order by f.broadcast_id, f.seq, f.status desc, f.error_code desc, f.sid desc
      ) top
      join broadcast_delivery d on d.broadcast_id = top.broadcast_id and d.seq = top.seq
      order by top.broadcast_id, top.seq for update of d
    ) m
    where d.broadcast_id = m.broadcast_id and d.seq = m.seq and d.organization_id = m.organization_id
      and (m.wins or d.status < m.status or m.n > d.attempts or d.provider_message_id is null or (d.handed_at is null and m.status > 'unknown')
        or (m.was_sent and d.sent_at is null) or (m.was_delivered and d.delivered_at is null) or (m.was_failed and d.failed_at is null))`);
}

/** P37: error 21610 says that the person opted out at Twilio. */
async function optOutRefused(tx: Tx, db: Db, known: Known[]) {
  const refused = Map.groupBy(known.filter(({ errorCode }) => errorCode === 21610), ({ organizationId }) => organizationId);
  for (const [organizationId, people] of refused) {
    await recordRefusals(tx, createContext(db, organizationId, { kind: 'system', task: 'record-status' }), people.map(({ recipient, broadcast_id, seq }) => ({ recipient, broadcastId: broadcast_id, seq })));
  }
}

/** Late evidence for an attempt that was thought absent: its scheduled repeat must be cancelled. */
async function wakeResolver(tx: Tx, known: Known[]) {
  const organizations = new Set(known.filter(({ state }) => state === 'absent').map(({ organizationId }) => organizationId));
  for (const organizationId of organizations) await enqueue(tx, 'resolve-attempts', { organizationId });
}
