import NextAuth, { type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { NextRequest } from 'next/server';
import { readBody } from '#server/api/bounded-body.ts';
import { isSecure, sessionCookieName, visit } from '#server/auth.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { revokeSession } from '#server/domain/user/revoke-session.ts';
import { signInInput } from '#server/domain/user/schema.ts';
import { signIn } from '#server/domain/user/sign-in.ts';
import type { Visit } from '#server/domain/user/visit.ts';
import { Problem } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Sign-in and sign-out of browsers: next-auth keeps the cookies and their forgery protection, the session row decides. */
export async function answerNextAuth(request: NextRequest, route: RouteContext): Promise<Response> {
  try {
    const body = request.method === 'POST' ? await readBody(request, 16_000) : undefined;
    const bounded = new NextRequest(request.url, { method: request.method, headers: request.headers, body });
    return await NextAuth(bounded, route, authOptions(visit(request.headers)));
  } catch (error) {
    if (error instanceof Problem) return Response.json({ message: error.message }, { status: error.status });
    throw error;
  }
}

function authOptions(door: Visit): NextAuthOptions {
  return {
    secret: door.secret,
    useSecureCookies: isSecure(),
    session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
    cookies: { sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } } },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [Credentials({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: (typed) => authorize(door, typed),
    })],
    callbacks: {
      // The cookie holds the session's id and nothing else. `user` is there at sign-in only, and is what authorize gave.
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: { signOut: async ({ token }) => { if (typeof token?.sid === 'string') await revokeSession(door, { sessionId: token.sid }); } },
    logger: { error: logFailure, warn: (code) => log.debug({ code }, 'next-auth warns'), debug: () => {} },
  };
}

/** next-auth hands the message of an error on to the page: it carries the Problem's code and, when there is one, the wait in seconds. */
async function authorize(door: Visit, typed: Record<string, string> | undefined) {
  try {
    const user = await signIn(door, signInInput.parse(typed));
    return { id: (await openSession(door, { userId: user.id, kind: 'browser' })).id };
  } catch (error) {
    if (error instanceof Problem) throw new Error(`${error.code}:${String(error.data.retryAfter ?? '')}`);
    log.error(faultOf(error), 'sign-in failed');
    throw new Error('unexpected:');
  }
}

/** A cookie that cannot be read is the visitor's doing, or an old one: no reason to wake anybody. */
function logFailure(code: string, more: Error | { error: Error }) {
  log[code === 'JWT_SESSION_ERROR' ? 'debug' : 'error']({ code, ...faultOf(more instanceof Error ? more : more.error) }, 'next-auth failed');
}
