import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('a password fits its own hash only, and two hashes of it differ', async () => {
  const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horsf', one)).toBe(false);
}, 60_000);

test('letters composed in another way are the same password', async () => {
  expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('café au lait'))).toBe(true);
}, 60_000);

test('what is no hash of ours opens nothing', async () => {
  for (const stored of ['none', '', 'scrypt$131072$8$1$$', 'plain$1$1$1$YQ$YQ']) expect(await verifyPassword('none', stored)).toBe(false);
  // The decoy's own hash is 32 zero bytes; nobody may be able to aim at it.
  expect(await verifyPassword('', null)).toBe(false);
}, 60_000);

test('without a hash the same work is done', async () => {
  const stored = await hashPassword('x');
  const time = async (hash: string | null) => {
    const begin = performance.now();
    await verifyPassword('y', hash);
    return performance.now() - begin;
  };
  const known = Math.min(await time(stored), await time(stored), await time(stored));
  const unknown = Math.min(await time(null), await time(null), await time(null));
  expect(unknown).toBeGreaterThan(known / 3);
}, 60_000);
