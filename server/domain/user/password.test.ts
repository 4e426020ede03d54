import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('a password fits its own hash only, and two hashes of it differ', async () => {
  const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horsf', one)).toBe(false);
});

test('letters composed in another way are the same password', async () => {
  expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('café au lait'))).toBe(true);
});

test('what is no hash of ours opens nothing', async () => {
  for (const stored of ['none', '', 'scrypt$131072$8$1$$', 'plain$1$1$1$YQ$YQ']) expect(await verifyPassword('none', stored)).toBe(false);
  // The decoy's own hash is 32 zero bytes; nobody may be able to aim at it.
  expect(await verifyPassword('', null)).toBe(false);
});

test('without a hash the same work is done', async () => {
  const stored = await hashPassword('x');
  // What the processor did for it: a clock on the wall would measure the other programs of the machine too.
  const work = async (hash: string | null) => {
    const begin = process.cpuUsage();
    await verifyPassword('y', hash);
    return process.cpuUsage(begin).user;
  };
  const known = Math.min(await work(stored), await work(stored), await work(stored));
  const unknown = Math.min(await work(null), await work(null), await work(null));
  expect(unknown).toBeGreaterThan(known / 3);
});
