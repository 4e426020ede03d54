import { sql } from 'drizzle-orm';
import { users } from '#db/schema/index.ts';
import { Problem } from '#server/errors.ts';
import { verifyPassword } from '#server/domain/user/password.ts';
import type { SignInInput } from '#server/domain/user/schema.ts';
import { admit, forgive, type Limit } from '#server/domain/user/throttle.ts';
import { blindName, network, plainEmail, type Visit } from '#server/domain/user/visit.ts';

export type KnownUser = { id: string; name: string; email: string };

/**
 * Who this is, by e-mail and password. Somebody unknown gets the same answer after the same work. Opens no session.
 * @throws Problem sign_in_failed, or too_many_requests with `retryAfter` in seconds
 */
export async function signIn(visit: Visit, input: SignInInput): Promise<KnownUser> {
  const email = plainEmail(input.email);
  const found = await findUser(visit, email);
  const account = accountLimit(visit, email, found?.isUsualAddress ?? false);
  const address = addressLimit(visit);
  await admit(visit, address ? [account, address] : [account]);
  const isRight = await verifyPassword(input.password, found?.passwordHash ?? null);
  if (!found || !isRight) throw new Problem('sign_in_failed', 'This e-mail and password do not belong together. Check both and try again.');
  await forgive(visit, account, address);
  return { id: found.id, name: found.name, email: found.email };
}

async function findUser({ db, address }: Visit, email: string) {
  const isUsualAddress = sql<boolean>`exists (select 1 from session s where s.user_id = "user".id and s.address = ${address}::inet)`;
  const [found] = await db
    .select({ id: users.id, name: users.name, email: users.email, passwordHash: users.passwordHash, isUsualAddress })
    .from(users).where(sql`lower(${users.email}) = lower(${email})`);
  return found;
}

/**
 * Guesses from elsewhere share one count per account, at most some 20 in the first hour and 4 in each further one. Where the person has signed in
 * before has a count of its own, so that a stranger's guesses do not keep them out.
 */
function accountLimit(visit: Visit, email: string, isUsualAddress: boolean): Limit {
  const key = blindName(visit, 'account', isUsualAddress ? `${email} ${visit.address}` : email);
  return { key, free: 5, longest: 15 * 60 };
}

/** Wider, because an office shares one address. */
const addressLimit = (visit: Visit): Limit | null =>
  (visit.address ? { key: blindName(visit, 'address', network(visit.address)), free: 30, longest: 15 * 60 } : null);
