import { expect, test } from 'vitest';
import { pricesPerThousand } from './price-per-thousand.ts';

test('P52: the category shows in the price, with the difference', () => {
  expect(pricesPerThousand('+491701234567', new Date('2026-11-22'))).toEqual({
    authentication: 'About $60.00 per 1,000.', utility: 'About $60.00 per 1,000.', marketing: 'About $141.50 per 1,000, $81.50 more than the cheapest.',
  });
});
