import { expect, test } from 'vitest';
import { findCurrent, navigation } from './navigation.ts';

const current = (pathname: string) => {
  const { section, page } = findCurrent(pathname);
  return [section?.label, page?.label];
};

test('the longest address wins', () => {
  expect(current('/')).toEqual(['Home', 'Home']);
  expect(current('/broadcasts/42/report')).toEqual(['Broadcasts', 'All broadcasts']);
  expect(current('/broadcasts/calendar')).toEqual(['Broadcasts', 'Calendar']);
  expect(current('/inbox')).toEqual(['Inbox', 'Inbox']);
  expect(current('/contacts')).toEqual(['Contacts', 'People']);
  expect(current('/contacts/import')).toEqual(['Contacts', 'Imports']);
  expect(current('/contacts/7')).toEqual(['Contacts', 'People']);
  expect(current('/lists/vip')).toEqual(['Contacts', 'Lists']);
  expect(current('/settings/agreement')).toEqual(['Settings', 'Agreement']);
  expect(current('/broadcast')).toEqual([undefined, undefined]);
});

test('no two pages share a key', () => {
  const keys = navigation.flatMap((section) => [section, ...(section.pages ?? [])]).flatMap((page) => page.key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});
