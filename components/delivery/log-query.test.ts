import { expect, test } from 'vitest';
import { fileHref, logHref, logInputFrom, newerHref, olderHref } from './log-query.ts';

const id = '0b0f6a3e-4c1d-4d53-9c1a-3d0c7c1d2e3f';
const at = (href: string) => new URLSearchParams(href.split('?')[1]);

test('Newer leads back over the pages by which one came', () => {
  const second = at(olderHref(new URLSearchParams('status=failed'), `${id}-50`));
  const third = at(olderHref(second, `${id}-20`));
  expect(logInputFrom(third)).toMatchObject({ status: 'failed', cursor: `${id}-20` });
  expect(logInputFrom(at(newerHref(third)!))).toMatchObject({ status: 'failed', cursor: `${id}-50` });
  expect(newerHref(at(newerHref(third)!))).toBe('/deliveries?status=failed');
  expect(newerHref(new URLSearchParams('status=failed'))).toBeNull();
});

test('another filter begins at the newest message, an opened panel does not', () => {
  const query = new URLSearchParams({ cursor: `${id}-50`, back: 'newest', open: `${id}-3` });
  expect(logHref(query, { status: 'failed' })).toBe('/deliveries?status=failed');
  expect(at(logHref(query, { open: null })).get('cursor')).toBe(`${id}-50`);
});

test('what is no filter in the URL is left out', () => {
  expect(logInputFrom(new URLSearchParams('status=lost&broadcastId=1&errorCode=x&cursor=2'))).toEqual({ search: '', status: undefined, broadcastId: undefined, errorCode: undefined, cursor: undefined, limit: 50 });
});

test('the file holds what the page finds, from the newest message on', () => {
  expect(fileHref(new URLSearchParams({ cursor: `${id}-50`, back: 'newest', search: 'code:30007 to:US', status: 'failed' }), 'csv')).toBe('/api/export/deliveries.csv?search=code%3A30007+to%3AUS&status=failed');
  expect(fileHref(new URLSearchParams(), 'ndjson')).toBe('/api/export/deliveries.ndjson');
});
