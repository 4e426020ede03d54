import { SignJWT } from 'jose';
import { listMyOrganizations } from '#server/domain/organization/list-mine.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import type { SignInInput, TokenView } from '#server/domain/user/schema.ts';
import { signIn, type KnownUser } from '#server/domain/user/sign-in.ts';
import { keyFor, type Visit } from '#server/domain/user/visit.ts';

export const TOKEN = { algorithm: 'HS256', audience: 'hailer-rest', key: 'rest token' } as const;

/**
 * A token for the REST surface, for e-mail and password: good for 12 hours, and revocable before.
 * @throws Problem sign_in_failed, too_many_requests
 */
export async function signInForToken(visit: Visit, input: SignInInput): Promise<TokenView> {
  return issueToken(visit, await signIn(visit, input));
}

/** A token for somebody whose identity is settled. Its `jti` is the session row that every use is checked against. */
export async function issueToken(visit: Visit, user: KnownUser): Promise<TokenView> {
  const session = await openSession(visit, { userId: user.id, kind: 'token' });
  const token = await new SignJWT()
    .setProtectedHeader({ alg: TOKEN.algorithm, typ: 'JWT' })
    .setIssuer(visit.publicUrl).setAudience(TOKEN.audience).setSubject(user.id).setJti(session.id)
    .setIssuedAt(visit.now()).setExpirationTime(session.expiresAt)
    .sign(keyFor(visit, TOKEN.key));
  const organizations = await listMyOrganizations(visit.db, { userId: user.id });
  return { token, expiresAt: session.expiresAt.toISOString(), user: { id: user.id, name: user.name, email: user.email }, organizations };
}
