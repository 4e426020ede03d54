import { decode } from 'next-auth/jwt';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { createContext, type Context } from '#server/context.ts';
import { database } from '#server/database.ts';
import { findOrganization } from '#server/domain/user/find-organization.ts';
import { findSession, type SignedIn } from '#server/domain/user/find-session.ts';
import { verifyToken } from '#server/domain/user/verify-token.ts';
import { clientAddress, type Visit } from '#server/domain/user/visit.ts';
import { env } from '#server/env.ts';

export type { SignedIn } from '#server/domain/user/find-session.ts';

/** The session of the current request, or null. Read once per request, however many pages and procedures ask. */
export const signedIn: () => Promise<SignedIn | null> = cache(async () => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const id = cookie ? await readSessionCookie(cookie) : null;
  return id ? findSession(visit(await headers()), { id, kind: 'browser' }) : null;
});

/**
 * The context of a REST request, by its `Authorization` and `orgid` headers.
 * @throws Problem missing_authorization_header, token_expired, token_invalid (401), forbidden (403)
 */
export async function bearer(requestHeaders: Headers): Promise<Context> {
  const door = visit(requestHeaders);
  const { userId, address, sessionId } = await verifyToken(door, requestHeaders.get('authorization'));
  const { organizationId, role } = await findOrganization(door, { userId, orgid: requestHeaders.get('orgid') });
  return createContext(door.db, organizationId, { kind: 'user', userId, role, address, sessionId, via: 'api' });
}

/** What sign-in, sign-up and tokens need to know about a request. */
export function visit(requestHeaders: Headers): Visit {
  const { AUTH_SECRET, PUBLIC_URL } = env();
  return {
    db: database(), now: () => new Date(), secret: AUTH_SECRET, publicUrl: PUBLIC_URL,
    address: clientAddress(requestHeaders.get('x-forwarded-for')), userAgent: requestHeaders.get('user-agent'),
  };
}

/** `visit` of the current request. */
export const currentVisit = async (): Promise<Visit> => visit(await headers());

export const isSecure = () => env().PUBLIC_URL.startsWith('https:');

/** `__Host-` binds the cookie to this host and to https; browsers refuse it on plain http. */
export const sessionCookieName = () => (isSecure() ? '__Host-hailer.session' : 'hailer.session');

/** The session id in next-auth's encrypted cookie; null for one that is not ours or too old. */
async function readSessionCookie(cookie: string): Promise<string | null> {
  try {
    const token = await decode({ token: cookie, secret: env().AUTH_SECRET });
    return typeof token?.sid === 'string' ? token.sid : null;
  } catch {
    return null;
  }
}
