import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { audienceOf, readAudience, type AudienceOwner } from '#server/domain/audience/resolve.ts';

/**
 * Fixes the audience as it is now: who joins a list, or begins to match a filter, afterwards gets nothing. Opt-outs, missing numbers and the frequency
 * cap are still looked at when the send begins. In the caller's transaction, with the broadcast locked.
 */
export async function fixAudience(tx: Tx, ctx: Context, broadcast: AudienceOwner): Promise<void> {
  const audience = await readAudience(tx, ctx, { ...broadcast, audienceFixedAt: null });
  await tx.execute(sql`
    insert into broadcast_contact (organization_id, broadcast_id, contact_id, is_excluded)
    select ${ctx.organizationId}, ${broadcast.id}, id, fate = 4 from (${audienceOf(ctx, audience)}) audience
    on conflict (organization_id, broadcast_id, contact_id) do update set is_excluded = excluded.is_excluded`);
  await tx.update(broadcasts).set({ audienceFixedAt: ctx.now() }).where(isBroadcast(ctx, broadcast.id));
}

/** The audience is resolved at the send again; numbers chosen one by one stay. In the caller's transaction, with the broadcast locked. */
export async function unfixAudience(tx: Tx, ctx: Context, broadcast: AudienceOwner): Promise<void> {
  if (!broadcast.audienceFixedAt) return;
  const mine = sql`organization_id = ${ctx.organizationId} and broadcast_id = ${broadcast.id}`;
  await tx.execute(broadcast.recipientMethod === 'numbers' ? sql`update broadcast_contact set is_excluded = false where ${mine} and is_excluded` : sql`delete from broadcast_contact where ${mine}`);
  await tx.update(broadcasts).set({ audienceFixedAt: null }).where(isBroadcast(ctx, broadcast.id));
}

const isBroadcast = (ctx: Context, id: string) => and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.id, id));
