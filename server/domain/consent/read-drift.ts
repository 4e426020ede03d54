import { eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { optOutChecks } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { Drift, DriftView } from '#server/domain/consent/schema.ts';

const MOST = 100;
/** After so long a check that has not ended was cut off, in ms. */
const LOST = 3_600_000;

/** The last check with what it found, what Twilio still blocks, and what it has not been told. */
export async function readDrift(ctx: Context): Promise<DriftView> {
  return ctx.transaction(async (tx) => {
    const [check] = await tx.select().from(optOutChecks).where(eq(optOutChecks.organizationId, ctx.organizationId));
    const found = await findDifferences(tx, ctx, [...(check?.result?.recovered ?? [])], [...(check?.result?.refused ?? [])]);
    const [waiting] = await rows<{ count: number; reason: string | null }>(tx, sql`
      select count(*)::int as count, max(push_error) as reason from consent_event where organization_id = ${ctx.organizationId} and push = 'due'`);
    const [job] = await rows(tx, sql`select 1 from graphile_worker.jobs where key = ${`check-opt-outs:${ctx.organizationId}`}`);
    const isUnderWay = check?.finishedAt === null && check.startedAt.getTime() > ctx.now().getTime() - LOST;
    return {
      isRunning: Boolean(job) || isUnderWay,
      check: check ? {
        startedAt: check.startedAt.toISOString(), finishedAt: check.finishedAt?.toISOString() ?? null, since: check.since.toISOString(), done: check.done, total: check.total, error: check.error,
        missedMessages: check.result?.missedMessages ?? 0,
      } : null,
      differences: found.map(({ id, kind, phone, contact, conversationId, event, word, detail, at }) => ({ id, kind, phone, contact, conversationId, event, word, detail, at: new Date(at).toISOString() })), total: found[0]?.total ?? 0, waiting: waiting!,
    };
  });
}

/**
 * recovered, refused: what the last check recorded. push_failed: Twilio was told and did not take it. must_text_start: their own STOP, or Twilio's refusal, is the last
 * that Twilio knows, while consent was noted here since: only START from that phone opens it there.
 */
const findDifferences = (tx: Tx, ctx: Context, recovered: string[], refused: string[]) => rows<Drift & { total: number }>(tx, sql`
  with ours as materialized (select * from consent_event where organization_id = ${ctx.organizationId}), own as (
    select distinct on (phone) * from ours where scope = 'organization' and source in ('keyword', 'opt_out_type', 'provider') and (source = 'provider' or sender is null or sender not like 'whatsapp:%') order by phone, at desc
  ), consent as (
    select distinct on (phone) * from ours where scope = 'organization' and kind = 'opt_in' and source in ('staff', 'api') order by phone, at desc
  ), latest as (select distinct on (phone) id, phone from ours where scope = 'organization' order by phone, at desc
  ), drift as (
    select id, 'recovered' as kind, phone, contact_id, kind as event, evidence, null as detail, at from ours where evidence->>'messageSid' in (${listOf(recovered)}) and source in ('keyword', 'opt_out_type')
    union all select id, 'refused', phone, contact_id, kind, evidence, null, at from ours where evidence->>'messageSid' in (${listOf(refused)}) and source = 'provider'
    union all select c.id, 'must_text_start', c.phone, c.contact_id, c.kind, o.evidence, c.evidence->>'consentText', c.at from own o join consent c using (phone) join latest l using (phone)
      where o.kind = 'opt_out' and (l.id = c.id or (l.id = o.id and o.source = 'provider' and o.at > c.at))
    union all select id, 'push_failed', phone, contact_id, kind, evidence, push_error, at from ours where push = 'failed'
  )
  select d.id, d.kind, d.phone, case when k.id is not null then jsonb_build_object('id', k.id, 'name', coalesce(nullif(concat_ws(' ', k.first_name, k.last_name), ''), d.phone)) end as contact,
    (select m.conversation_id from chat_message m where m.organization_id = ${ctx.organizationId} and m.sid = d.evidence->>'messageSid') as "conversationId",
    d.event, d.evidence->>'word' as word, d.detail, d.at, count(*) over ()::int as total
  from drift d left join contact k on k.organization_id = ${ctx.organizationId} and k.phone = d.phone order by d.at desc, d.id limit ${MOST}`);

const listOf = (sids: string[]) => sql`select value from json_array_elements_text(${JSON.stringify(sids)}::json)`;
