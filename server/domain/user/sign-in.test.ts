import { expect, test } from 'vitest';
import { createUser } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { signIn } from '#server/domain/user/sign-in.ts';
import { cheapHash, testVisit } from '#server/domain/user/test-visit.ts';

const { db } = await testDatabase();
const password = 'correct horse battery';
const passwordHash = cheapHash(password);

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(() => 'in', (error: { code?: string }) => error.code ?? String(error));

test('the right password signs in, a wrong one and an unknown e-mail get the same answer', async () => {
  const { visit } = testVisit(db, { address: '192.0.2.1' });
  const user = await createUser(db, { passwordHash });
  expect(await signIn(visit, { email: ` ${user.email.toUpperCase()}`, password })).toMatchObject({ id: user.id });
  const answers = [{ email: user.email, password: `${password}.` }, { email: 'nobody@example.com', password }]
    .map((input) => signIn(visit, input).catch(({ code, message, data }) => ({ code, message, data })));
  const [wrong, unknown] = await Promise.all(answers);
  expect(wrong).toEqual(unknown);
  expect(wrong).toMatchObject({ code: 'sign_in_failed' });
});

test('after five wrong passwords one waits, longer each time, and the right password is not looked at meanwhile', async () => {
  const { visit, pass } = testVisit(db, { address: '192.0.2.2' });
  const { email } = await createUser(db, { passwordHash });
  for (let n = 0; n < 6; n++) expect(await codeOf(signIn(visit, { email, password: 'wrong' }))).toBe('sign_in_failed');
  await expect(signIn(visit, { email, password })).rejects.toMatchObject({ code: 'too_many_requests', data: { retryAfter: 1 } });
  pass(1);
  expect(await codeOf(signIn(visit, { email, password: 'wrong' }))).toBe('sign_in_failed');
  await expect(signIn(visit, { email, password })).rejects.toMatchObject({ data: { retryAfter: 3 } });
  pass(3);
  expect(await codeOf(signIn(visit, { email, password }))).toBe('in');
  expect(await codeOf(signIn(visit, { email, password: 'wrong' }))).toBe('sign_in_failed');
  expect(await codeOf(signIn(visit, { email, password })), 'a success clears the account').toBe('in');
});

test('at most 20 guesses of one account are checked in the first hour, however many addresses guess, and nobody waits longer than 15 minutes', async () => {
  const { visit, pass } = testVisit(db);
  const { email } = await createUser(db, { passwordHash });
  let checked = 0;
  let longest = 0;
  for (let second = 0; second < 3600; second += 20) {
    const from = { ...visit, address: `10.0.${second % 250}.${second % 199}` };
    const error = await signIn(from, { email, password: 'wrong' }).catch((problem: { code: string; data: { retryAfter?: number } }) => problem);
    if ('code' in error && error.code === 'sign_in_failed') checked += 1;
    if ('data' in error) longest = Math.max(longest, error.data.retryAfter ?? 0);
    pass(20);
  }
  expect(checked).toBeGreaterThan(5);
  expect(checked).toBeLessThanOrEqual(20);
  expect(longest).toBeLessThanOrEqual(15 * 60);
});

test('guesses that arrive together do not slip through together', async () => {
  const { visit } = testVisit(db, { address: null });
  const { email } = await createUser(db, { passwordHash });
  const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(signIn(visit, { email, password: 'wrong' }))));
  expect(codes.filter((code) => code === 'sign_in_failed')).toHaveLength(6);
  expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(24);
});

test('a stranger who guesses does not keep the person out of where they have signed in before', async () => {
  const home = testVisit(db, { address: '192.0.2.3' }).visit;
  const stranger = { ...home, address: '192.0.2.4' };
  const user = await createUser(db, { passwordHash });
  await openSession(home, { userId: user.id, kind: 'browser' });
  for (let n = 0; n < 6; n++) await codeOf(signIn(stranger, { email: user.email, password: 'wrong' }));
  expect(await codeOf(signIn(stranger, { email: user.email, password }))).toBe('too_many_requests');
  expect(await codeOf(signIn(home, { email: user.email, password }))).toBe('in');
});

test('one address that tries many accounts waits too, and an own account does not wash that away', async () => {
  const { visit } = testVisit(db, { address: '2001:db8:1:2::1' });
  const neighbour = { ...visit, address: '2001:db8:1:2:ffff::9' };
  const own = await createUser(db, { passwordHash });
  const targets = await Promise.all(Array.from({ length: 31 }, () => createUser(db, { passwordHash })));
  for (const [n, { email }] of targets.entries()) {
    expect(await codeOf(signIn(n % 2 ? visit : neighbour, { email, password: 'wrong' }))).toBe('sign_in_failed');
    if (n < 30) expect(await codeOf(signIn(visit, { email: own.email, password }))).toBe('in');
  }
  expect(await codeOf(signIn(visit, { email: own.email, password }))).toBe('too_many_requests');
});
