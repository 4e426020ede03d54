import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { describeError } from '#server/twilio/errors.ts';

/** Final outcomes that the brake looks at, and how many it needs to say anything. */
const [WINDOW, FEWEST] = [200, 50];
/** Deliveries that it reads at most, when receipts are late or do not come. */
const FARTHEST = 10_000;
/** Shares at which it stops the broadcast: of all failures, and of one error code. */
const [MOST_FAILURES, MOST_OF_ONE_CODE] = [0.3, 0.2];
/** Twilio's "this person opted out": no fault of the broadcast. */
const OPTED_OUT = 21610;

/** How many ended with this code (null: none was named): turned away by Twilio at once, or failed later, on the way. */
export type Failures = { code: number | null; refused: number; late: number };
/** The last outcomes of a broadcast, and how many messages among them are still on their way. */
export type Outcomes = { ended: number; pending: number; failures: Failures[] };

/**
 * Pauses each broadcast of the pace of which too many messages fail, with the reason. Outcomes before brake_after_seq were seen by a person. A broadcast
 * with few failures in all costs a look at its rollup.
 */
export async function brakeBroadcasts(tx: Tx, ctx: Context, paceId: string): Promise<void> {
  for (const { id, ...outcomes } of await readOutcomes(tx, ctx, paceId)) {
    const reason = whyToBrake(outcomes);
    if (reason) await tx.execute(sql`update broadcast set status = 'paused', status_reason = ${reason}, updated_at = now() where organization_id = ${ctx.organizationId} and id = ${id} and status = 'sending'`);
  }
}

const readOutcomes = (tx: Tx, ctx: Context, paceId: string) => rows<Outcomes & { id: string }>(tx, sql`
  with moving as (
    select id, claimed_seq, greatest(brake_after_seq, claimed_seq - ${FARTHEST}::int) as after from broadcast b
    where organization_id = ${ctx.organizationId} and pace_id = ${paceId} and status = 'sending' and claimed_seq - brake_after_seq >= ${FEWEST}::int
      and (select coalesce(sum(deliveries), 0) from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id and r.status in ('failed', 'undelivered')) >= ${FEWEST * MOST_OF_ONE_CODE}::int
  ), last as (
    select m.id, d.seq, d.status in ('failed', 'undelivered') as failed, d.error_code as code, d.provider_message_id is null as refused
    from moving m cross join lateral (
      select seq, status, error_code, provider_message_id from broadcast_delivery d
      where d.organization_id = ${ctx.organizationId} and d.broadcast_id = m.id and d.seq > m.after and d.seq <= m.claimed_seq
        and d.status in ('delivered', 'read', 'failed', 'undelivered') and d.error_code is distinct from ${OPTED_OUT}
      order by d.seq desc limit ${WINDOW}
    ) d
  )
  select m.id, count(l.seq)::int as ended,
    (select count(*)::int from broadcast_delivery p where p.organization_id = ${ctx.organizationId} and p.broadcast_id = m.id and p.seq between min(l.seq) and m.claimed_seq
      and p.status in ('sending', 'sent', 'unknown')) as pending,
    coalesce((select json_agg(f) from (
      select code, (count(*) filter (where refused))::int as refused, (count(*) filter (where not refused))::int as late from last where id = m.id and failed group by code
    ) f), '[]'::json) as failures
  from moving m join last l on l.id = m.id
  group by m.id, m.claimed_seq`);

/**
 * The reason to stop, or null. A refusal is known at once while receipts take their time, so refusals are measured against all that was handed over, and
 * failures on the way against those that have arrived; without messages under way that is simply failures by outcomes.
 */
export function whyToBrake({ ended, pending, failures }: Outcomes): string | null {
  if (ended < FEWEST) return null;
  const refused = sum(failures.map((each) => each.refused));
  const shareOf = (each: Omit<Failures, 'code'>) => each.refused / (ended + pending) + (1 - refused / (ended + pending)) * (each.late / Math.max(1, ended - refused));
  const share = shareOf({ refused, late: sum(failures.map((each) => each.late)) });
  const [worst] = failures.toSorted((a, b) => shareOf(b) - shareOf(a));
  if (!worst || (share < MOST_FAILURES && (worst.code === null || shareOf(worst) < MOST_OF_ONE_CODE))) return null;
  const { title, help, action } = describeError(worst.code);
  const code = worst.code === null ? '' : ` (Twilio error ${worst.code})`;
  return `Stopped by the automatic brake: ${percent(share)} of the last ${ended} messages failed, most of them with “${title}”${code}. ${help} ${action}, then resume, or send 50 more and watch.`;
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);
const percent = (share: number) => `${Math.round(share * 100)} %`;
