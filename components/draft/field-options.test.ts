import { expect, test } from 'vitest';
import { matchingFields, openPlaceholder, ownField, standardFields } from './field-options.ts';

const names = (typed: string) => matchingFields([...standardFields, ownField('city')], typed).map(({ name }) => name);

test('a { at the cursor offers all fields, and what follows narrows them', () => {
  expect(openPlaceholder('Hi {', 4)).toEqual({ from: 3, typed: '' });
  expect(openPlaceholder('Hi {{ fir', 9)).toEqual({ from: 3, typed: 'fir' });
  expect(names('')).toEqual(['firstName', 'lastName', 'phone', 'email', 'city']);
  expect(names('name')).toEqual(['firstName', 'lastName']);
});

test('a whole name, a closed placeholder and plain text offer nothing', () => {
  expect(names('firstName')).toEqual([]);
  expect(openPlaceholder('Hi {{firstName}}', 16)).toBeNull();
  expect(openPlaceholder('Hi {{firstName | default: "x"', 29)).toBeNull();
  expect(openPlaceholder('Hi', 2)).toBeNull();
});

test('a name that Liquid cannot read as a word is put in brackets', () => {
  expect(ownField('shoe size').placeholder).toBe('{{contact["shoe size"]}}');
  expect(ownField('plan').placeholder).toBe('{{plan}}');
});
