import { expect, test } from 'vitest';
import { addDecimals, dayTotals, settledOf } from './day-totals.ts';

const row = { channel: 'sms' as const, handed: 1, delivered: 1, failed: 0, segments: 2, currency: 'USD', settled: '0.100000', unpricedMessages: 0, unpricedEstimate: '0.000000' };

test('P84: the rows of a day become one, each currency on its own and exact', () => {
  expect(dayTotals([
    { ...row, day: '2026-11-21' }, { ...row, day: '2026-11-21', channel: 'whatsapp', settled: '0.200000' }, { ...row, day: '2026-11-21', currency: 'EUR' },
    { ...row, day: '2026-11-22', currency: '', settled: '0.000000', unpricedMessages: 1 },
  ])).toEqual([
    { day: '2026-11-21', handed: 3, delivered: 3, failed: 0, segments: 6, unpricedMessages: 0, settled: { USD: '0.300000', EUR: '0.100000' } },
    { day: '2026-11-22', handed: 1, delivered: 1, failed: 0, segments: 2, unpricedMessages: 1, settled: {} },
  ]);
});

test('of one channel every day stands, with nothing on the days of the other, and its money adds up', () => {
  const days = dayTotals([{ ...row, day: '2026-11-21' }, { ...row, day: '2026-11-22', channel: 'whatsapp', settled: '0.200000' }, { ...row, day: '2026-11-23', channel: 'whatsapp', settled: '0.000001' }], 'whatsapp');
  expect(days.map(({ day, handed }) => [day, handed])).toEqual([['2026-11-21', 0], ['2026-11-22', 1], ['2026-11-23', 1]]);
  expect(settledOf(days)).toEqual([{ currency: 'USD', amount: '0.200001' }]);
});

test('decimals are added without floats', () => {
  expect(addDecimals('90071992547.409931', '0.000001')).toBe('90071992547.409932');
  expect(addDecimals('0.1', '-0.3')).toBe('-0.200000');
  expect(() => addDecimals('1e3', '0')).toThrow(TypeError);
});
