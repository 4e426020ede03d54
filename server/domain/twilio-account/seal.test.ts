import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { open, seal, SealBroken, sealKeys } from './seal.ts';

const hexKey = () => randomBytes(32).toString('hex');
const place = { organizationId: randomUUID(), field: 'authToken' as const };
const secret = 'a secret of Twilio, with ünïcode';

test('what is sealed opens again, and reads v1.<key>.<iv>.<ciphertext>.<tag>', () => {
  const keys = sealKeys(hexKey());
  const sealed = seal(secret, place, keys);
  expect(open(sealed, place, keys)).toBe(secret);
  expect(sealed).toMatch(new RegExp(`^v1\\.${keys[0]!.id}\\.[\\w-]{16}\\.[\\w-]+\\.[\\w-]{22}$`));
  expect(sealed).not.toContain('secret');
});

test('the same secret never seals to the same text', () => {
  const keys = sealKeys(hexKey());
  expect(new Set(Array.from({ length: 1000 }, () => seal(secret, place, keys).split('.')[2])).size).toBe(1000);
});

test('a flipped bit in any byte breaks the seal', () => {
  const keys = sealKeys(hexKey());
  const bytes = Buffer.from(seal(secret, place, keys), 'utf8');
  for (let index = 0; index < bytes.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[index] = bytes[index]! ^ (1 << bit);
      expect(() => open(changed.toString('latin1'), place, keys), `byte ${index}, bit ${bit}`).toThrow(SealBroken);
    }
  }
});

test('a seal moved to another organisation or another field does not open', () => {
  const keys = sealKeys(hexKey());
  const sealed = seal(secret, place, keys);
  expect(() => open(sealed, { ...place, organizationId: randomUUID() }, keys)).toThrow(SealBroken);
  expect(() => open(sealed, { ...place, field: 'apiKeySecret' }, keys)).toThrow(SealBroken);
});

test('rotation: the new first key seals, the former key still opens, and a key that is gone is named', () => {
  const [former, fresh] = [hexKey(), hexKey()];
  const sealed = seal(secret, place, sealKeys(former));
  const both = sealKeys(`${fresh},${former}`);
  expect(open(sealed, place, both)).toBe(secret);
  expect(seal(secret, place, both).split('.')[1]).toBe(sealKeys(fresh)[0]!.id);
  expect(() => open(sealed, place, sealKeys(fresh))).toThrow(sealKeys(former)[0]!.id);
});
