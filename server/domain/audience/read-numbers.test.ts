import { expect, test } from 'vitest';
import { createOrganization } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { readNumbers } from '#server/domain/audience/read-numbers.ts';

const { db } = await testDatabase();

test('P23: numbers in any usual form become E.164, each once, and a wrong one is named with the way to mend it', async () => {
  const { id, owner } = await createOrganization(db, { defaultCountry: 'US' });
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'marketer', address: null });
  const read = await readNumbers(ctx, { numbers: ['(415) 555-0132', '+1 415 555 0132', '+49 30 901820', '555'] });
  expect(read.phones).toEqual(['+14155550132', '+4930901820']);
  expect(read.repeated).toBe(1);
  expect(read.wrong).toEqual([{ typed: '555', problem: expect.stringContaining('‘555’'), howToFix: expect.stringContaining('area code') }]);
});

test('numbers are read for those who write broadcasts only', async () => {
  const { id, owner } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'viewer', address: null });
  await expect(readNumbers(ctx, { numbers: ['+14155550132'] })).rejects.toMatchObject({ code: 'forbidden' });
});
