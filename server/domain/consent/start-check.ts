import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { wakePush } from '#server/domain/opt-out/push.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { enqueue } from '#server/queue.ts';

/** Starts the comparison with Twilio now; one that runs goes on. @throws Problem forbidden, twilio_not_configured */
export async function startCheck(ctx: Context): Promise<{ startedAt: string }> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    await openCredentials(tx, ctx.organizationId);
    await enqueue(tx, 'check-opt-outs', { organizationId: ctx.organizationId }, { key: `check-opt-outs:${ctx.organizationId}` });
    return { startedAt: ctx.now().toISOString() };
  });
}

/** Tells Twilio once more what it did not take. @throws Problem forbidden */
export async function retryPushes(ctx: Context): Promise<{ due: number }> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const due = await rows(tx, sql`update consent_event set push = 'due', push_tries = 0, push_error = null where organization_id = ${ctx.organizationId} and push = 'failed' returning 1`);
    if (due.length > 0) await wakePush(tx, ctx);
    return { due: due.length };
  });
}
