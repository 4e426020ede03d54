import { sql } from 'drizzle-orm';
import { rows, textArray, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { failComeBacks } from '#server/domain/delivery/come-back.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import { judge, type Verdict } from '#server/domain/delivery/judge.ts';
import { resolvePolicy, type ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { recordRefusals } from '#server/domain/opt-out/record-refusals.ts';
import { BREAKER_STREAK } from '#server/domain/sender/lock-pace.ts';
import { describeError } from '#server/twilio/errors.ts';
import type { Outcome } from '#server/twilio/messages.ts';

export type Answer = { intent: Intent; outcome: Outcome };
type Judged = Verdict & { intent: Intent };

/** A repeat that Twilio turned away because of account or sender is scheduled again after this, in seconds. */
const REPEAT_PAUSE = 300;

/**
 * Writes what Twilio answered to a handful of attempts, in one transaction. An attempt that a callback or the resolver settled meanwhile keeps what
 * it has: facts win over a late answer.
 */
export async function recordAnswers(ctx: Context, paceId: string, answers: Answer[], policy: ResolvePolicy = resolvePolicy): Promise<void> {
  const judged = answers.map(({ intent, outcome }): Judged => ({ ...judge(outcome, intent.n, Math.random()), intent }));
  await ctx.transaction(async (tx) => {
    const settled = await settleAttempts(tx, ctx, judged, policy);
    const ours = judged.filter(({ intent }) => settled.has(intent.token));
    const [repeats, plain] = [ours.filter(({ intent }) => intent.sendAt), ours.filter(({ intent }) => !intent.sendAt)];
    await updateDeliveries(tx, ctx, plain);
    await scheduleRetries(tx, ctx, plain);
    await repeatAgain(tx, ctx, repeats);
    await recordRefusals(tx, ctx, judged.flatMap(({ errorCode, intent }) => (errorCode === 21610 ? intent : [])));
    await moveBreaker(tx, ctx, paceId, judged);
    await holdBroadcasts(tx, ctx, judged);
  });
}

/**
 * The tokens of the attempts that this answer settled. A sid is taken also for one that was thought absent: it is the strongest evidence there is.
 * An accepted repeat is looked at until it goes out (check_at), because something may still overtake it.
 */
async function settleAttempts(tx: Tx, ctx: Context, judged: Judged[], policy: ResolvePolicy): Promise<Set<string>> {
  const records = judged.map(({ intent, state, sid, httpStatus, errorCode }) => ({ token: intent.token, state, sid, http_status: httpStatus, error_code: errorCode }))
    .sort((a, b) => (a.token < b.token ? -1 : 1));
  const settled = await rows<{ token: string }>(tx, sql`
    update attempt a set state = i.state::attempt_state, sid = coalesce(a.sid, i.sid), http_status = i.http_status, error_code = i.error_code, answered_at = clock_timestamp(),
      resolved_by = case when i.state <> 'uncertain' then 'response'::resolution end,
      check_at = case i.state when 'uncertain' then clock_timestamp() + make_interval(secs => ${policy.looks[0]}) when 'accepted' then a.send_at end
    from json_to_recordset(${JSON.stringify(records)}::json) as i(token text, state text, sid text, http_status int, error_code int)
    where a.organization_id = ${ctx.organizationId} and a.token = any(${textArray(records.map(({ token }) => token))}::text[]) and a.token = i.token and (a.state in ('intent', 'uncertain') or (a.state = 'absent' and i.state = 'accepted'))
    returning a.token`); // the array keeps Postgres on the key while it knows little of a table that grows by the second
  return new Set(settled.map(({ token }) => token));
}

/**
 * The greatest fact known wins; what Twilio has taken is handed over once and keeps its first moment. Only a delivery whose attempt certainly did not
 * reach Twilio goes back from unknown to queued.
 */
async function updateDeliveries(tx: Tx, ctx: Context, judged: Judged[]) {
  if (judged.length === 0) return;
  const records = judged.map(({ intent, status, sid, errorCode, reason, retryIn }) => ({
    broadcast_id: intent.broadcastId, seq: intent.seq, n: intent.n, status, sid, error_code: errorCode, reason, again: retryIn !== null,
    segments: intent.segments, method: intent.method, sender: intent.sender, estimate: intent.estimate,
  }));
  await rows(tx, sql`
    update broadcast_delivery d set attempts = greatest(d.attempts, i.n),
      status = case when i.again and d.status = 'unknown' then 'queued' else greatest(d.status, i.status::delivery_status) end,
      provider_message_id = coalesce(d.provider_message_id, i.sid),
      reason = case when i.again and d.status = 'unknown' then null when d.status >= i.status::delivery_status then d.reason else i.reason end,
      error_code = case when greatest(d.status, i.status::delivery_status) in ('failed', 'undelivered') then coalesce(d.error_code, i.error_code) end,
      segments = i.segments, method = i.method::delivery_method, sender = i.sender, estimate = i.estimate,
      handed_at = case when i.sid is not null then coalesce(d.handed_at, clock_timestamp()) else d.handed_at end,
      failed_at = case when i.status = 'failed' then coalesce(d.failed_at, clock_timestamp()) else d.failed_at end
    from json_to_recordset(${JSON.stringify(records)}::json)
      as i(broadcast_id uuid, seq int, n int, status text, sid text, error_code int, reason text, again boolean, segments int, method text, sender text, estimate numeric)
    where d.broadcast_id = i.broadcast_id and d.seq = i.seq and d.organization_id = ${ctx.organizationId}`);
}

/** The delivery is taken again after its delay; a broadcast that had finished goes on, one that was cancelled takes the delivery with it. */
async function scheduleRetries(tx: Tx, ctx: Context, judged: Judged[]) {
  const retries = judged.flatMap(({ intent, retryIn, waits }) => (retryIn === null ? [] : [{ broadcast_id: intent.broadcastId, seq: intent.seq, delay: retryIn, waits }]));
  if (retries.length === 0) return;
  const again = sql`json_to_recordset(${JSON.stringify(retries)}::json) as i(broadcast_id uuid, seq int, delay float8, waits text)
    join broadcast b on b.organization_id = ${ctx.organizationId} and b.id = i.broadcast_id`;
  await tx.execute(sql`
    insert into delivery_retry (organization_id, broadcast_id, seq, due_at, reason)
    select ${ctx.organizationId}, i.broadcast_id, i.seq, clock_timestamp() + make_interval(secs => i.delay), i.waits
    from ${again} and b.status in ('sending', 'paused', 'sent')
    on conflict (organization_id, broadcast_id, seq) do nothing`);
  await tx.execute(sql`
    update broadcast set status = 'sending', finished_at = null, updated_at = now()
    where organization_id = ${ctx.organizationId} and status = 'sent' and id in (select b.id from ${again} and b.status = 'sent')`);
  const stopped = await rows<{ id: string; seqs: number[] }>(tx, sql`select b.id, json_agg(i.seq) as seqs from ${again} and b.status = 'cancelled' group by b.id`);
  for (const { id, seqs } of stopped) await endStopped(tx, ctx, id, seqs);
}

/** The broadcast was cancelled meanwhile: who was never at Twilio goes with it, who came back stays with what Twilio said. */
async function endStopped(tx: Tx, ctx: Context, broadcastId: string, seqs: number[]) {
  await tx.execute(sql`
    update broadcast_delivery set status = 'cancelled', reason = 'broadcast_cancelled'
    where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcastId} and seq in (select value::int from json_array_elements_text(${JSON.stringify(seqs)}::json)) and status = 'queued'`);
  await failComeBacks(tx, ctx, broadcastId, seqs);
}

/**
 * A repeat that Twilio turned away for the moment: the resolver looks once more for the original, then schedules another. One that it refused for good
 * ends the search. The delivery stays unknown either way: the original may have left.
 */
async function repeatAgain(tx: Tx, ctx: Context, repeats: Judged[]) {
  const again = repeats.filter(({ state }) => state === 'rejected' || state === 'aborted')
    .map(({ intent, retryIn, holds }) => ({ broadcast_id: intent.broadcastId, seq: intent.seq, delay: holds ? REPEAT_PAUSE : retryIn }));
  if (again.length === 0) return;
  await tx.execute(sql`
    update attempt a set check_at = clock_timestamp() + make_interval(secs => i.delay)
    from json_to_recordset(${JSON.stringify(again)}::json) as i(broadcast_id uuid, seq int, delay float8)
    where a.organization_id = ${ctx.organizationId} and a.broadcast_id = i.broadcast_id and a.seq = i.seq and a.state = 'absent'`);
}

/** Calls in a row that stayed without an answer, or that could not be made: five stop the sender for a while, then one message tries. */
async function moveBreaker(tx: Tx, ctx: Context, paceId: string, judged: Judged[]) {
  const silent = judged.map(({ state, retryIn }) => state === 'uncertain' || (state === 'aborted' && retryIn !== 0));
  const lastHeard = silent.lastIndexOf(false);
  const streak = silent.length - 1 - lastHeard;
  if (streak === 0 && lastHeard === -1) return;
  await tx.execute(sql`
    update pace set uncertain_streak = next.streak,
      halted_until = case when next.streak >= ${BREAKER_STREAK} then clock_timestamp() + make_interval(secs => least(60, next.streak)) end,
      halt_reason = case when next.streak >= ${BREAKER_STREAK} then 'Twilio does not answer. One message tries again shortly; nothing is sent twice.' end
    from (select case when ${lastHeard >= 0} then 0 else uncertain_streak end + ${streak} as streak from pace where organization_id = ${ctx.organizationId} and id = ${paceId}) next
    where organization_id = ${ctx.organizationId} and id = ${paceId} and (uncertain_streak <> next.streak or next.streak >= ${BREAKER_STREAK})`);
}

async function holdBroadcasts(tx: Tx, ctx: Context, judged: Judged[]) {
  for (const { intent, errorCode } of judged.filter(({ holds }) => holds).slice(0, 1)) {
    const { title, help } = describeError(errorCode);
    await tx.execute(sql`
      update broadcast set status = 'paused', status_reason = ${`${title}. ${help} (Twilio error ${errorCode})`}, updated_at = now()
      where organization_id = ${ctx.organizationId} and pace_id = ${intent.paceId} and status = 'sending'`);
    if (errorCode === 20003) await tx.execute(sql`update twilio_account set status = 'broken', updated_at = now() where organization_id = ${ctx.organizationId}`);
  }
}
