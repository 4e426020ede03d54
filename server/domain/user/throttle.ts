import { eq, lt, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { signInThrottles } from '#db/schema/index.ts';
import { Problem } from '#server/errors.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/** How often something may fail before waiting begins: then 1, 3, 7, 15 … seconds, never more than `longest`. */
export type Limit = { key: string; free: number; longest: number };

const FORGET_AFTER = '24 hours';

/**
 * Lets an attempt through or refuses it. It counts as failed from the start, so that many at once cannot slip through together; `forgive` takes it
 * back. An attempt that is refused does not count: nobody lengthens another person's wait by hammering.
 * @throws Problem too_many_requests with `retryAfter` in seconds
 */
export async function admit(visit: Visit, limits: Limit[]): Promise<void> {
  await visit.db.transaction(async (tx) => {
    for (const limit of limits) await admitOne(tx, limit, visit.now());
  });
}

/** Success: the account starts anew, the address gets back this one attempt only (else an own account would wash away guesses at others). */
export async function forgive(visit: Visit, account: Limit, address: Limit | null): Promise<void> {
  const now = visit.now().toISOString();
  await visit.db.transaction(async (tx) => {
    await tx.delete(signInThrottles).where(eq(signInThrottles.key, account.key));
    if (address) {
      await tx.update(signInThrottles).set({ failures: sql`greatest(${signInThrottles.failures} - 1, 0)`, blockedUntil: visit.now() }).where(eq(signInThrottles.key, address.key));
    }
    await tx.delete(signInThrottles).where(lt(signInThrottles.lastFailureAt, sql`${now}::timestamptz - ${FORGET_AFTER}::interval`));
  });
}

async function admitOne(tx: Tx, { key, free, longest }: Limit, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const failures = sql`case when t.last_failure_at < ${at} - ${FORGET_AFTER}::interval then 1 else t.failures + 1 end`;
  const wait = (count: ReturnType<typeof sql>) => sql`${at} + least(power(2, least(greatest(${count} - ${free}, 0), 20)) - 1, ${longest}) * interval '1 second'`;
  const counted = await tx.execute(sql`
    insert into sign_in_throttle as t (key, failures, blocked_until, last_failure_at) values (${key}, 1, ${wait(sql`1`)}, ${at})
    on conflict (key) do update set failures = ${failures}, blocked_until = ${wait(failures)}, last_failure_at = ${at} where t.blocked_until <= ${at}
    returning key`);
  if (counted.length > 0) return;
  const [row] = await tx.select({ blockedUntil: signInThrottles.blockedUntil }).from(signInThrottles).where(eq(signInThrottles.key, key));
  throw tooMany(row ? Math.max(1, Math.ceil((row.blockedUntil.getTime() - now.getTime()) / 1000)) : 1);
}

const tooMany = (retryAfter: number) =>
  new Problem('too_many_requests', `Too many attempts. Try again in ${retryAfter < 100 ? `${retryAfter} seconds` : `${Math.ceil(retryAfter / 60)} minutes`}.`, { data: { retryAfter } });
