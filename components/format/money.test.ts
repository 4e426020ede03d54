import { expect, test } from 'vitest';
import { formatMoney, formatMoneyRange, formatUnitPrice } from './money.ts';

test('totals have two decimals, unit prices four', () => {
  expect(formatMoney('12.3400', 'USD')).toBe('$12.34');
  expect(formatMoney('1234567.895', 'USD')).toBe('$1,234,567.90');
  expect(formatUnitPrice('0.0079', 'USD')).toBe('$0.0079');
  expect(formatMoney('12.34', 'EUR')).toBe('€12.34');
  expect(formatMoney('-3.5', 'USD')).toBe('-$3.50');
});

test('decimals stay exact where a float would not', () => {
  expect(formatMoney('1.005', 'USD')).toBe('$1.01');
  expect(formatMoney('90071992547409.93', 'USD')).toBe('$90,071,992,547,409.93');
  expect(formatMoney('12345678901234567890.12', 'USD')).toBe('$12,345,678,901,234,567,890.12');
});

test('unknown is not nothing, and little is not nothing', () => {
  expect(formatMoney(null, 'USD')).toBe('not priced yet');
  expect(formatMoney(undefined, 'USD')).toBe('not priced yet');
  expect(formatMoney('0.0000', 'USD')).toBe('$0.00');
  expect(formatMoney('0.0040', 'USD')).toBe('<$0.01');
  expect(formatMoney('0.0050', 'USD')).toBe('$0.01');
  expect(formatUnitPrice('0.00001', 'USD')).toBe('<$0.0001');
});

test('ranges', () => {
  expect(formatMoneyRange('9.5', '12', 'USD')).toBe('$9.50–$12.00');
  expect(formatMoneyRange('9.5', '9.50', 'USD')).toBe('$9.50');
});

test('what is no decimal is refused', () => {
  expect(() => formatMoney('1e3', 'USD')).toThrow('Not a decimal amount');
});
