import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { createOrganization, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { memberships } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { findOrganization } from '#server/domain/user/find-organization.ts';
import { issueToken, signInForToken, TOKEN } from '#server/domain/user/issue-token.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { revokeSession } from '#server/domain/user/revoke-session.ts';
import { cheapHash, testVisit } from '#server/domain/user/test-visit.ts';
import { verifyToken } from '#server/domain/user/verify-token.ts';
import { keyFor, type Visit } from '#server/domain/user/visit.ts';

const { db } = await testDatabase();
const organization = await createOrganization(db);
const { owner } = organization;

const use = (visit: Visit, token: string) => verifyToken(visit, `Bearer ${token}`);

/** A token that is right in every respect but those named. */
async function forged(visit: Visit, wrong: { key?: Uint8Array; alg?: string; typ?: string; iss?: string; aud?: string; sub?: string; jti?: string; exp?: Date | null } = {}) {
  const session = await openSession(visit, { userId: owner.id, kind: 'token' });
  const jwt = new SignJWT().setProtectedHeader({ alg: wrong.alg ?? 'HS256', typ: wrong.typ ?? 'JWT' }).setIssuer(wrong.iss ?? visit.publicUrl)
    .setAudience(wrong.aud ?? TOKEN.audience).setSubject(wrong.sub ?? owner.id).setJti(wrong.jti ?? session.id);
  if (wrong.exp !== null) jwt.setExpirationTime(wrong.exp ?? session.expiresAt);
  return jwt.sign(wrong.key ?? keyFor(visit, TOKEN.key));
}

test('P26: a token signs its owner in until it expires after 12 hours', async () => {
  const { visit, pass } = testVisit(db);
  const { token, expiresAt, organizations } = await issueToken(visit, owner);
  expect(expiresAt).toBe('2026-03-02T00:00:00.000Z');
  expect(organizations).toEqual([{ id: organization.id, name: organization.name, role: 'owner' }]);
  expect(await use(visit, token)).toMatchObject({ userId: owner.id });
  pass(12 * 3600 - 1);
  expect(await use(visit, token)).toMatchObject({ userId: owner.id });
  pass(2);
  await expect(use(visit, token)).rejects.toMatchObject({ code: 'token_expired', status: 401 });
});

test('P26: e-mail and password give a token, a wrong password gives none', async () => {
  const { visit } = testVisit(db);
  const user = await createUser(db, { passwordHash: cheapHash('correct horse') });
  const { token, user: named } = await signInForToken(visit, { email: user.email, password: 'correct horse' });
  expect(named).toEqual({ id: user.id, name: user.name, email: user.email });
  expect(await use(visit, token)).toMatchObject({ userId: user.id });
  await expect(signInForToken(visit, { email: user.email, password: 'wrong' })).rejects.toMatchObject({ code: 'sign_in_failed', status: 401 });
});

test('P26: a revoked token is refused on its next use', async () => {
  const { visit } = testVisit(db);
  const { token } = await issueToken(visit, owner);
  const { sessionId } = await use(visit, token);
  await revokeSession(visit, { sessionId });
  await expect(use(visit, token)).rejects.toMatchObject({ code: 'token_invalid' });
});

test('P26: no header and a header that is not "Bearer" have codes of their own', async () => {
  const { visit } = testVisit(db);
  await expect(verifyToken(visit, null)).rejects.toMatchObject({ code: 'missing_authorization_header', status: 401 });
  for (const header of ['Basic YTpi', 'Bearer', 'Bearer a b', 'token']) await expect(verifyToken(visit, header), header).rejects.toMatchObject({ code: 'token_invalid' });
});

test('P26: a forged or damaged token is refused, whatever it claims', async () => {
  const { visit } = testVisit(db);
  const good = await forged(visit);
  expect(await use(visit, good), 'the forger knows how to make a good one').toMatchObject({ userId: owner.id });
  const session = await openSession(visit, { userId: owner.id, kind: 'token' });
  const browser = await openSession(visit, { userId: owner.id, kind: 'browser' });
  const stranger = await createUser(db);
  const unsigned = new UnsecuredJWT().setIssuer(visit.publicUrl).setAudience(TOKEN.audience).setSubject(owner.id).setJti(session.id).setExpirationTime(session.expiresAt).encode();
  const [head, body, signature] = good.split('.');
  const bad: Record<string, string> = {
    'algorithm none': unsigned,
    'algorithm none, signature kept': `${unsigned.split('.')[0]}.${body}.${signature}`,
    'other algorithm': await forged(visit, { alg: 'HS512', key: new Uint8Array(64) }),
    'other algorithm, our key': await forged(visit, { alg: 'HS384', key: new Uint8Array(Buffer.concat([keyFor(visit, TOKEN.key), Buffer.alloc(16)])) }),
    'other secret': await forged(visit, { key: keyFor({ ...visit, secret: 'x'.repeat(32) }, TOKEN.key) }),
    'the secret itself as key': await forged(visit, { key: new TextEncoder().encode(visit.secret) }),
    'key of another purpose': await forged(visit, { key: keyFor(visit, 'blind name') }),
    'other audience': await forged(visit, { aud: 'somebody-else' }),
    'other issuer': await forged(visit, { iss: 'https://elsewhere.example' }),
    'other type': await forged(visit, { typ: 'at+jwt' }),
    'no expiry': await forged(visit, { exp: null }),
    "another person's name": await forged(visit, { sub: stranger.id }),
    "a browser's session": await forged(visit, { jti: browser.id }),
    'a session that never was': await forged(visit, { jti: '00000000-0000-4000-8000-000000000000' }),
    'a session id with SQL': await forged(visit, { jti: "' or true --" }),
    'signature cut off': `${head}.${body}.`,
    'last character gone': good.slice(0, -1),
    'half of it': good.slice(0, good.length / 2),
    'payload changed': `${head}.${Buffer.from(JSON.stringify({ sub: owner.id })).toString('base64url')}.${signature}`,
    nonsense: 'abc',
  };
  for (const [name, token] of Object.entries(bad)) await expect(use(visit, token), name).rejects.toMatchObject({ code: 'token_invalid', status: 401 });
  await expect(use(visit, await forged(visit, { exp: new Date('2026-03-01T11:59:59Z') }))).rejects.toMatchObject({ code: 'token_expired' });
});

test('the orgid header chooses among several organisations and is not needed for one', async () => {
  const { visit } = testVisit(db);
  const [home, second, foreign] = [await createOrganization(db), await createOrganization(db), await createOrganization(db)];
  const userId = home.owner.id;
  expect(await findOrganization(visit, { userId, orgid: null })).toEqual({ organizationId: home.id, role: 'owner' });
  await inSystem(db, (tx) => tx.insert(memberships).values({ organizationId: second.id, userId, role: 'viewer' }));
  expect(await findOrganization(visit, { userId, orgid: second.id })).toEqual({ organizationId: second.id, role: 'viewer' });
  for (const orgid of [null, foreign.id, 'x', `${home.id}'`]) await expect(findOrganization(visit, { userId, orgid }), String(orgid)).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  await expect(findOrganization(visit, { userId: (await createUser(db)).id, orgid: null })).rejects.toMatchObject({ code: 'forbidden' });
});
