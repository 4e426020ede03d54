import { expect, test } from 'vitest';
import { spendCsv } from './spend-csv.ts';

const data = {
  from: '2026-11-01', to: '2026-11-30', byCountry: [{ key: 'US', messages: 2, segments: 3, currency: 'USD', amount: '-0.024900' }], bySender: [{ key: '+14155551234', messages: 2, segments: 3, currency: 'USD', amount: '0.024900' }], byChannel: [],
  byBroadcast: [{ broadcastId: '7', name: '=SUM(A1), “now”', startedAt: '2026-11-02T10:00:00.000Z', handed: 2, delivered: 1, currency: 'USD', settled: '0.024900', unpricedEstimate: '0.000000', perDelivered: null }],
  besides: [{ kind: 'answers' as const, handed: 3, delivered: 3, currency: 'USD', settled: '0.024900', unpricedEstimate: '0.000000' }],
};

test('P85: the file has the exact amounts; a name that a spreadsheet would run is text, a number keeps its + and an amount its sign', () => {
  expect(spendCsv(data, 'country')).toBe('country,messages,segments,charged,currency\r\nUS,2,3,-0.024900,USD');
  expect(spendCsv(data, 'sender').split('\r\n')[1]).toBe('+14155551234,2,3,0.024900,USD');
  expect(spendCsv(data, 'broadcast').split('\r\n')[1]).toBe('"\'=SUM(A1), “now”",2026-11-02T10:00:00.000Z,2,1,0.024900,0.000000,USD,,7');
  expect(spendCsv(data, 'broadcast').split('\r\n')[2]).toBe('Answers in the inbox,,3,3,0.024900,0.000000,USD,,');
});
