import { expect, test } from 'vitest';
import { unknownFields } from './placeholder-check.ts';

const known = ['firstName', 'lastName', 'phone', 'email', 'city'];

test('a misspelt field is named with the field that was meant', () => {
  expect(unknownFields(['fristName', 'contact.lastname'], known)).toEqual([
    { name: 'fristName', suggestion: 'firstName' },
    { name: 'lastname', suggestion: 'lastName' },
  ]);
});

test('known fields pass, with and without contact., and so do paths of list data', () => {
  expect(unknownFields(['firstName', 'contact.city', 'order.trackingNumber'], known)).toEqual([]);
});

test('a name like no other gets no suggestion, and is listed once', () => {
  expect(unknownFields(['voucher', 'contact.voucher'], known)).toEqual([{ name: 'voucher', suggestion: null }]);
});
