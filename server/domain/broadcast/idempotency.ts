import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { idempotencyKeys } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { Problem } from '#server/errors.ts';

/** The answer that this key got before, or null. Call it with the broadcast's row locked, so that two at once are one after the other. @throws Problem idempotency_key_reused */
export async function recallAnswer<Answer>(tx: Tx, ctx: Context, key: string | undefined, request: string): Promise<Answer | null> {
  if (!key) return null;
  const [found] = await tx.select().from(idempotencyKeys).where(and(eq(idempotencyKeys.organizationId, ctx.organizationId), eq(idempotencyKeys.key, key)));
  if (!found) return null;
  if (found.request !== request) throw reused();
  return JSON.parse(found.response) as Answer; // stored by rememberAnswer under the same request, so it has the same shape
}

/** @throws Problem idempotency_key_reused when another request took the key meanwhile; the caller's transaction then undoes its work */
export async function rememberAnswer(tx: Tx, ctx: Context, key: string | undefined, request: string, answer: object): Promise<void> {
  if (!key) return;
  const written = await tx.insert(idempotencyKeys).values({ organizationId: ctx.organizationId, key, request, response: JSON.stringify(answer) })
    .onConflictDoNothing().returning({ key: idempotencyKeys.key });
  if (written.length === 0) throw reused();
}

const reused = () => new Problem('idempotency_key_reused', 'This Idempotency-Key was used for another request. Use a new key for each send.');
