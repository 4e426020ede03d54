import { expect, test } from 'vitest';
import type { UploadView } from '#server/domain/contact-import/schema.ts';
import { checkInput, isStale, optionsOf, startInput } from './options.ts';

const upload = (columns: string[]): UploadView => ({
  id: 'u', fileName: 'p.csv', state: 'ready', bytes: 1, bytesDone: 1, written: null, rowsDone: 1, options: { encoding: 'windows-1252', refuseLandlines: true },
  result: { rows: 1, created: 1, updated: 0, unchanged: 0, refused: 0, duplicates: 0, optedOut: 0, kinds: [], encoding: 'utf-8', delimiter: ',', columns: columns.map((name) => ({ name, mappedTo: 'phone', samples: [], reason: '' })) },
  problem: null, problemCode: null, import: null, createdAt: '2026-01-01T00:00:00.000Z',
});

test('what was checked is what the form shows at first, and it is not out of date', () => {
  const options = optionsOf(upload(['phone']), 'DE');
  expect(options).toEqual({ mapping: {}, country: 'DE', target: { kind: 'none' }, refuseLandlines: true });
  expect(isStale(upload(['phone']), options, 'DE')).toBe(false);
});

test('another country, column or rule asks for a new check; a list only where a column may be data of it', () => {
  const options = optionsOf(upload(['phone']), 'DE');
  for (const change of [{ country: 'US' }, { mapping: { phone: null } }, { refuseLandlines: false }]) expect(isStale(upload(['phone']), { ...options, ...change }, 'DE')).toBe(true);
  const listed = { ...options, target: { kind: 'new' as const, listName: '' } };
  expect([isStale(upload(['phone']), listed, 'DE'), isStale(upload(['phone', 'order.id']), listed, 'DE')]).toEqual([false, true]);
});

test('a check keeps the encoding; a list that has no name yet gets one for the check and not for the import', () => {
  const listed = { ...optionsOf(upload(['phone']), 'DE'), target: { kind: 'new' as const, listName: ' ' } };
  expect(checkInput(upload(['phone']), listed)).toMatchObject({ id: 'u', options: { encoding: 'windows-1252', listName: 'New list', defaultCountry: 'DE' } });
  expect(startInput(upload(['phone']), listed)).toEqual({ id: 'u', listName: '' });
});
