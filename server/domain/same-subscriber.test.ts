import { expect, test } from 'vitest';
import { sameSubscriber } from './same-subscriber.ts';

test.each([
  ['Mexico', '+525512345678', '+5215512345678'],
  ['Argentina', '+541123456789', '+5491123456789'],
  ['Brazil', '+551187654321', '+5511987654321'],
])('P38: a mobile number of %s is the same subscriber with and without its digit', (_, short, long) => {
  expect(sameSubscriber(`whatsapp:${short}`)).toEqual([`whatsapp:${short}`, `whatsapp:${long}`]);
  expect(sameSubscriber(`whatsapp:${long}`)).toEqual([`whatsapp:${long}`, `whatsapp:${short}`]);
});

test.each(['+12025559001', '+4915112345678', '+551132345678', '+52551234567', 'whatsapp:ID.4566546130240823'])('%s has one form', (address) => {
  expect(sameSubscriber(address)).toEqual([address]);
});
