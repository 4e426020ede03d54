import { expect, test } from 'vitest';
import { adviseNumber } from './number-advice.ts';

const best = (country: string, perDay: number, isTwoWay = true) => adviseNumber({ country, perDay, isTwoWay }).map(({ type, isBest }) => (isBest ? `${type}!` : type)).join(' ');

test('P8: a small two-way day in the US takes a local number, 10,000 a toll-free one, 150,000 a local one of a trusted brand, a million a short code', () => {
  expect([best('US', 1_000), best('US', 10_000), best('US', 150_000), best('US', 1_000_000)]).toEqual(['local! toll_free short_code', 'toll_free! local short_code', 'local! short_code toll_free', 'short_code! local toll_free']);
});

test('P8: abroad a two-way need takes a mobile number; a name is offered only where nobody has to reply', () => {
  expect([best('GB', 500), best('GB', 500, false)]).toEqual(['mobile!', 'alphanumeric! mobile']);
});

test('each piece of advice says why, how long it takes and where that is from', () => {
  for (const { why, takes, source } of adviseNumber({ country: 'US', perDay: 10_000, isTwoWay: true })) expect([why.length > 20, takes.length > 10, source.includes('2026')]).toEqual([true, true, true]);
  expect(adviseNumber({ country: 'US', perDay: 10_000, isTwoWay: true })[1]?.why).toContain('40,000');
});
