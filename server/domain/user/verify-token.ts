import { errors, jwtVerify } from 'jose';
import * as z from 'zod';
import { Problem } from '#server/errors.ts';
import { findSession, type SignedIn } from '#server/domain/user/find-session.ts';
import { TOKEN } from '#server/domain/user/issue-token.ts';
import { keyFor, type Visit } from '#server/domain/user/visit.ts';

/**
 * The person of an Authorization header (RFC 6750: `Bearer <token>`).
 * @throws Problem missing_authorization_header, token_expired, token_invalid
 */
export async function verifyToken(visit: Visit, authorization: string | null): Promise<SignedIn> {
  if (!authorization) throw new Problem('missing_authorization_header', 'Send the header "Authorization: Bearer <token>". POST /profile/signin gives a token.');
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
  if (!token) throw invalid('The Authorization header must read "Bearer <token>".');
  const { jti, sub } = await readClaims(visit, token);
  const session = await findSession(visit, { id: jti, kind: 'token' });
  if (!session || session.userId !== sub) throw invalid('This token was revoked.');
  return session;
}

const claims = z.object({ jti: z.uuid(), sub: z.uuid() });

async function readClaims(visit: Visit, token: string) {
  try {
    const { payload } = await jwtVerify(token, keyFor(visit, TOKEN.key), {
      algorithms: [TOKEN.algorithm], issuer: visit.publicUrl, audience: TOKEN.audience, typ: 'JWT',
      requiredClaims: ['exp', 'jti', 'sub'], currentDate: visit.now(),
    });
    return claims.parse(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Problem('token_expired', 'This token has expired. POST /profile/signin gives a new one.');
    throw invalid('This token was not issued by this server, or it was changed on the way.');
  }
}

const invalid = (message: string) => new Problem('token_invalid', `${message} POST /profile/signin gives a new one.`);
