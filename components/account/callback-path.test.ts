import { expect, test } from 'vitest';
import { callbackPath, doorHref } from './callback-path.ts';

test('a path of this site is kept with its query', () => {
  expect(callbackPath('/broadcasts/1?tab=errors#row-3')).toBe('/broadcasts/1?tab=errors#row-3');
});

test.each([
  'https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', '\\\\evil.example', 'javascript:alert(1)', '/..//evil.example',
  '/sign-in?callbackUrl=/x', '/sign-up', '/api/auth/signout', '', undefined, ['/a', '/b'],
])('%s leads to the start page', (wanted) => {
  expect(callbackPath(wanted)).toBe('/');
});

test('the link to the other door keeps the goal', () => {
  expect(doorHref('/sign-up', '/broadcasts?status=sent')).toBe('/sign-up?callbackUrl=%2Fbroadcasts%3Fstatus%3Dsent');
  expect(doorHref('/sign-in', '/')).toBe('/sign-in');
});
