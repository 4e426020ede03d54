import { expect, test } from 'vitest';
import { clientAddress, network } from './visit.ts';

test("the nearest proxy's word about the address counts, not the client's", () => {
  expect(clientAddress('6.6.6.6, 198.51.100.7')).toBe('198.51.100.7');
  expect(clientAddress('::ffff:198.51.100.7')).toBe('198.51.100.7');
  expect(clientAddress('2001:db8::1')).toBe('2001:db8::1');
  for (const nothing of [null, '', 'unknown', "1.2.3.4'; drop table"]) expect(clientAddress(nothing)).toBeNull();
});

test('an IPv6 customer counts as one, an IPv4 address as itself', () => {
  expect(network('198.51.100.7')).toBe('198.51.100.7');
  expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(network('2001:0DB8:1:2::1')).toBe('2001:db8:1:2::/64');
  expect(network('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(network('::1')).toBe('0:0:0:0::/64');
});
