import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { lockBroadcast, requireNoAnswer, requireStatus } from '#server/domain/broadcast/row.ts';
import type { BroadcastView, RetryFailedInput } from '#server/domain/broadcast/schema.ts';
import { keepVersion } from '#server/domain/broadcast/version.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { Problem } from '#server/errors.ts';
import { describeError } from '#server/twilio/errors.ts';

type Cause = { code: number | null; reason: string | null };

/**
 * A draft for those whom a finished broadcast did not reach, by cause. People who opted out, and numbers that can never get a text, are left out whatever
 * was asked for. The lists stay with it for their members' data; who gets it is fixed.
 * @throws Problem no_recipients when nobody is left to try again
 */
export async function retryFailed(ctx: Context, { id, causes }: RetryFailedInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const original = await lockBroadcast(tx, ctx, id);
    requireNoAnswer(original);
    requireStatus(original, ['sent', 'cancelled', 'failed'], 'trying its failed recipients again');
    const [draft] = await tx.insert(broadcasts).values({
      organizationId: ctx.organizationId, name: `Again: ${original.name}`.slice(0, 200), channel: original.channel, content: original.content, mediaUrls: original.mediaUrls,
      templateSid: original.templateSid, templateVariables: original.templateVariables, senderPhone: original.senderPhone, recipientMethod: 'numbers', retryOf: id,
      missingValues: original.missingValues, optOutLine: original.optOutLine, ignoresQuietHours: original.ignoresQuietHours, budget: original.budget, createdBy: userId(ctx),
    }).returning();
    const chosen = await choosePeople(tx, ctx, { from: id, to: draft!.id, causes: await worthTrying(tx, ctx, id, causes) });
    if (chosen === 0) throw new Problem('no_recipients', 'Nobody is left to try again: those who failed opted out, were deleted, or their numbers cannot get texts.');
    await tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position, is_excluded)
      select organization_id, ${draft!.id}, list_id, position, is_excluded from broadcast_list where organization_id = ${ctx.organizationId} and broadcast_id = ${id}`);
    const view = await viewBroadcast(tx, ctx, draft!);
    await keepVersion(tx, ctx, view);
    return view;
  });
}

/** Of the causes that occurred, those that were asked for and may pass. */
async function worthTrying(tx: Tx, ctx: Context, id: string, asked: Cause[] | undefined): Promise<Cause[]> {
  const occurred = await rows<Cause>(tx, sql`
    select nullif(error_code, 0) as code, case when error_code = 0 then nullif(reason, '') end as reason from broadcast_cause_rollup
    where organization_id = ${ctx.organizationId} and broadcast_id = ${id} and status in ('failed', 'undelivered') group by 1, 2 having sum(deliveries) > 0`);
  const isAsked = (cause: Cause) => !asked || asked.some((each) => (cause.code === null ? each.code === null && each.reason === cause.reason : each.code === cause.code));
  return occurred.filter((cause) => isAsked(cause) && describeError(cause.code).class !== 'suppress');
}

/** Set-based, however many they are. A person who has another number by now is reached there. */
async function choosePeople(tx: Tx, ctx: Context, { from, to, causes }: { from: string; to: string; causes: Cause[] }): Promise<number> {
  if (causes.length === 0) return 0;
  const [chosen] = await rows<{ people: number }>(tx, sql`
    with failed as (
      insert into broadcast_contact (organization_id, broadcast_id, contact_id)
      select distinct ${ctx.organizationId}::uuid, ${to}::uuid, c.id
      from broadcast_delivery d
      join json_to_recordset(${JSON.stringify(causes)}::json) as cause(code int, reason text) on d.error_code is not distinct from cause.code and (cause.code is not null or d.reason is not distinct from cause.reason)
      join contact c on c.organization_id = d.organization_id and c.id = d.contact_id and c.phone is not null and not c.opted_out
      where d.organization_id = ${ctx.organizationId} and d.broadcast_id = ${from} and d.status in ('failed', 'undelivered')
      returning 1
    ) select count(*)::int as people from failed`);
  return chosen!.people;
}
