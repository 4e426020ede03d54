import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { isTheirs, isToThem, type Erasee } from '#server/domain/person/erasure.ts';
import { failComeBacks } from '#server/domain/delivery/come-back.ts';
import { resolvePolicy } from '#server/domain/delivery/policy.ts';
import { Problem } from '#server/errors.ts';

/**
 * An attempt that is under way, or looked for, is found by its recipient: it must be settled first. One that is held unknown for good is not waited for.
 * @throws Problem invalid_state
 */
export async function requireNothingOpen(tx: Tx, ctx: Context, erasee: Erasee): Promise<void> {
  const [open] = await rows(tx, sql`
    select 1 from broadcast_delivery d join attempt a on a.broadcast_id = d.broadcast_id and a.seq = d.seq
    where d.organization_id = ${ctx.organizationId} and a.organization_id = ${ctx.organizationId} and ${isToThem(erasee)}
      and (a.state = 'intent' or a.check_at is not null or (a.state = 'accepted' and a.send_at > clock_timestamp())
        or (a.state = 'uncertain' and a.lease_until > clock_timestamp() - make_interval(secs => ${2 * resolvePolicy.skew}))) limit 1`);
  if (open) throw new Problem('invalid_state', 'A message to this person is on its way, and what became of it is not known yet. Nothing was erased. Try again in some minutes; after a fault at Twilio it can take an hour.');
}

/**
 * Each delivery keeps its place in counts and costs, and loses number, person and text. What still waited for its turn is skipped. What a test sent to a
 * colleague keeps the colleague's number, and loses the text, which was made of this person's values.
 */
export async function emptyDeliveries(tx: Tx, ctx: Context, erasee: Erasee): Promise<void> {
  const found = await rows<{ broadcastId: string; seqs: number[]; isOnly: boolean }>(tx, sql`
    select d.broadcast_id as "broadcastId", json_agg(d.seq) as seqs, b.purpose in ('reply', 'help') as "isOnly"
    from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id
    where d.organization_id = ${ctx.organizationId} and ${isToThem(erasee)} group by 1, b.purpose order by 1`);
  for (const { broadcastId, seqs } of found) await failComeBacks(tx, ctx, broadcastId, seqs);
  const these = sql`json_to_recordset(${JSON.stringify(found.flatMap(({ broadcastId, seqs }) => seqs.map((seq) => ({ broadcast_id: broadcastId, seq }))))}::json) as t(broadcast_id uuid, seq int)`;
  await tx.execute(sql`delete from delivery_retry r using ${these} where r.organization_id = ${ctx.organizationId} and r.broadcast_id = t.broadcast_id and r.seq = t.seq`);
  const address = (column: string) => sql`case when b.purpose <> 'test' or ${isTheirs(sql.raw(column), erasee)} then ${erasee.ghost} else ${sql.raw(column)} end`;
  await tx.execute(sql`
    update attempt a set recipient = ${address('a.recipient')}, body = '', content_variables = case when a.content_variables is not null then '{}'::jsonb end,
      media_urls = null, state = case when a.state = 'uncertain' then 'absent' else a.state end, resolved_by = case when a.state = 'uncertain' then 'policy' else a.resolved_by end
    from broadcast b, ${these} where a.organization_id = ${ctx.organizationId} and a.broadcast_id = t.broadcast_id and a.seq = t.seq and b.organization_id = a.organization_id and b.id = a.broadcast_id`);
  await tx.execute(sql`
    update broadcast_delivery d set recipient = ${address('d.recipient')}, contact_id = null,
      status = case when d.status = 'queued' then 'skipped' else d.status end, reason = case when d.status = 'queued' then 'erased' else d.reason end
    from broadcast b, ${these} where d.organization_id = ${ctx.organizationId} and d.broadcast_id = t.broadcast_id and d.seq = t.seq and b.organization_id = d.organization_id and b.id = d.broadcast_id`);
  // What was written to them alone is their text too.
  const own = JSON.stringify(found.filter(({ isOnly }) => isOnly).map(({ broadcastId }) => broadcastId));
  await tx.execute(sql`
    update broadcast set name = 'Erased', content = '', media_urls = '{}', template_variables = null, updated_at = now()
    where organization_id = ${ctx.organizationId} and id in (select value::uuid from json_array_elements_text(${own}::json))`);
}
