import { sql, type SQL } from 'drizzle-orm';
import { rows, textArray, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { enqueue } from '#server/queue.ts';

/** Meta says that the window was closed: the same person may get the template instead. */
export const WINDOW_CLOSED = 63016;
/** The sender's limit of new conversations is reached, or the account's for the day: the person waits. */
export const LIMIT_REACHED: readonly number[] = [63018, 63038];
/** The template was rejected, paused or disabled before we knew: the person waits with the broadcast. */
export const TEMPLATE_STOPPED: readonly number[] = [63040, 63041, 63042];

/** Seconds until a person is tried again whose template was stopped; by then its state is known, and the broadcast waits where it is still so. */
export const TEMPLATE_DELAY = 30;

/** Seconds until a person is tried again whom Meta's own count turned away: 15 minutes, doubled each time up to six hours. `n`: number of the attempt. */
export const limitDelay = (n: number): number => Math.min(6 * 3_600, 900 * 2 ** (n - 1));
/** Attempts of one delivery that ended at a limit before it counts as failed: about two days. */
export const MOST_LIMITED = 10;

type Failure = { i: number; organization_id: string; token: string; error_code: number };
type Taken = Failure & { broadcast_id: string; seq: number; n: number; pace_id: string; isNew: boolean };

/**
 * Which of these failures bring their delivery back: free-form text outside of the window, where the broadcast has a template (once, because that one is a
 * template then), a limit of Meta, which passes, and a template that Meta has stopped, whose state is read at once. The attempts are marked, with their rows locked by the caller, so a fact that is repeated books nothing.
 */
export async function takeComeBacks(tx: Tx, failures: Failure[]): Promise<Set<number>> {
  const asked = failures.filter(({ error_code: code }) => code === WINDOW_CLOSED || LIMIT_REACHED.includes(code) || TEMPLATE_STOPPED.includes(code)).map(({ i, organization_id, token, error_code }) => ({ i, organization_id, token, error_code }));
  if (asked.length === 0) return new Set();
  // With the broadcast locked it either has not ended yet and sees who comes back, or has ended and goes on, or was stopped: finishBroadcasts and the cancel lock it too.
  const found = await rows<Taken>(tx, sql`
    select f.*, a.broadcast_id, a.seq, a.n, a.pace_id, a.error_code is null as "isNew"
    from json_to_recordset(${JSON.stringify(asked)}::json) as f(i int, organization_id uuid, token text, error_code int)
    join attempt a on a.organization_id = f.organization_id and a.token = f.token join broadcast b on b.organization_id = a.organization_id and b.id = a.broadcast_id
    where a.error_code = f.error_code or (a.error_code is null and b.status in ('sending', 'paused', 'sent')
      and case when f.error_code = ${WINDOW_CLOSED} then a.method = 'freeform' and b.template_sid is not null else a.n < ${MOST_LIMITED} end)
    order by b.id for no key update of b`);
  await bookAgain(tx, [...new Map(found.filter(({ isNew }) => isNew).map((each) => [each.token, each])).values()]);
  return new Set(found.map(({ i }) => i));
}

async function bookAgain(tx: Tx, taken: Taken[]) {
  if (taken.length === 0) return;
  const records = JSON.stringify(taken.map((each) => ({ ...each, ...waitOf(each) })));
  const again = sql`json_to_recordset(${records}::json) as t(organization_id uuid, token text, error_code int, broadcast_id uuid, seq int, n int, reason text, delay float8)`;
  await tx.execute(sql`update attempt a set error_code = t.error_code from ${again} where a.organization_id = t.organization_id and a.token = t.token`);
  await tx.execute(sql`
    insert into delivery_retry (organization_id, broadcast_id, seq, due_at, reason)
    select t.organization_id, t.broadcast_id, t.seq, clock_timestamp() + make_interval(secs => t.delay), t.reason from ${again}
    on conflict (organization_id, broadcast_id, seq) do nothing`);
  await tx.execute(sql`
    update broadcast b set status = 'sending', finished_at = null, updated_at = now() where b.status = 'sent' and (b.organization_id, b.id) in (select t.organization_id, t.broadcast_id from ${again})`);
  await checkTemplatesOf(tx, taken.filter(({ error_code: code }) => TEMPLATE_STOPPED.includes(code)));
  for (const { organization_id: organizationId, pace_id: paceId } of new Map(taken.map((each) => [each.pace_id, each])).values()) await enqueue(tx, 'dispatch-sender', { organizationId, paceId });
}

/** Why they wait, and for how many seconds. */
function waitOf({ error_code: code, n }: Taken): { reason: string; delay: number } {
  if (code === WINDOW_CLOSED) return { reason: 'window_closed', delay: 0 };
  return TEMPLATE_STOPPED.includes(code) ? { reason: 'template', delay: TEMPLATE_DELAY } : { reason: 'tier', delay: limitDelay(n) };
}

/** Nobody else gets a template that was stopped: its state is read now, not when its turn comes. */
async function checkTemplatesOf(tx: Tx, stopped: Taken[]) {
  if (stopped.length === 0) return;
  const records = JSON.stringify(stopped.map(({ organization_id, token }) => ({ organization_id, token })));
  await tx.execute(sql`
    update template_version v set next_check_at = now() from attempt a join json_to_recordset(${records}::json) as t(organization_id uuid, token text) on a.organization_id = t.organization_id and a.token = t.token
    where v.organization_id = a.organization_id and v.content_sid = a.content_sid and v.status = 'approved' and v.next_check_at > now()`);
  for (const organizationId of new Set(stopped.map((each) => each.organization_id))) await enqueue(tx, 'check-templates', { organizationId }, { key: `check-templates:${organizationId}` });
}

const codes = textArray([WINDOW_CLOSED, ...LIMIT_REACHED, ...TEMPLATE_STOPPED].map(String));

/** Holds for a delivery of which an attempt that Twilio had taken came back: it may be taken again although it is not queued any more. */
export const cameBack = (delivery: SQL): SQL => sql`exists (
  select 1 from attempt a where a.broadcast_id = ${delivery}.broadcast_id and a.seq = ${delivery}.seq and a.state = 'accepted' and a.error_code = any(${codes}::int[]))`;

/** Deliveries that came back and are not tried again: they failed with what Twilio said. `seqs` null: all that wait. */
export async function failComeBacks(tx: Tx, ctx: Context, broadcastId: string, seqs: number[] | null): Promise<void> {
  if (seqs?.length === 0) return;
  const these = seqs ? sql`select value::int from json_array_elements_text(${JSON.stringify(seqs)}::json)` : sql`select seq from delivery_retry where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcastId}`;
  await tx.execute(sql`
    update broadcast_delivery d set status = 'undelivered', reason = 'twilio_error', failed_at = coalesce(d.failed_at, clock_timestamp()),
      error_code = (select a.error_code from attempt a where a.broadcast_id = d.broadcast_id and a.seq = d.seq and a.state = 'accepted' and a.error_code = any(${codes}::int[]) order by a.n desc limit 1)
    where d.organization_id = ${ctx.organizationId} and d.broadcast_id = ${broadcastId} and d.status in ('unknown', 'sending', 'sent')
      and d.seq in (${these}) and ${cameBack(sql`d`)}`);
}
