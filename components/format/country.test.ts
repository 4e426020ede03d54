import { expect, test } from 'vitest';
import { countryName } from './country.ts';

test('a country is called by its name, and what is none by what it is', () => {
  expect(['DE', 'US', 'QQ', '', 'x1'].map(countryName)).toEqual(['Germany', 'United States', 'QQ', '', 'x1']);
});
