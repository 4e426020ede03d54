import { expect, test } from 'vitest';
import { refuse } from './refusal.ts';

const PUBLIC_URL = 'https://hailer.example';
const ask = (headers: Record<string, string>, method = 'POST') =>
  refuse(new Request('http://inside:3000/api/trpc/x', { method, headers, body: method === 'POST' ? '{}' : undefined }), PUBLIC_URL)?.status ?? 200;
const json = { 'content-type': 'application/json' };

test('our own pages are let in, by origin or by what the browser says of itself', () => {
  expect(ask({ ...json, origin: PUBLIC_URL })).toBe(200);
  expect(ask({ ...json, 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(ask({ ...json, origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(200);
  expect(ask({ ...json, origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).toBe(200);
});

test.each<Record<string, string>>([
  { origin: 'https://evil.example' },
  { origin: 'https://hailer.example.evil.example' },
  { origin: 'http://hailer.example' },
  { origin: 'https://sister.hailer.example', 'sec-fetch-site': 'same-site' },
  { origin: 'null' },
  { origin: 'http://localhost:4000', host: 'localhost:3000' },
  { origin: 'https://evil.example', host: 'evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'none' },
  {},
])('a write from elsewhere is refused: %j', (headers) => {
  expect(ask({ ...json, ...headers })).toBe(403);
});

test('a write must be JSON: what a foreign form can send is refused', () => {
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/octet-stream', 'application/jsonp', '']) {
    expect(ask({ origin: PUBLIC_URL, 'content-type': type }), type).toBe(415);
  }
  expect(ask({ origin: PUBLIC_URL, 'content-type': 'Application/JSON; charset=utf-8' })).toBe(200);
});

test('a read may be silent about where it comes from, but not come from another site', () => {
  expect(ask({}, 'GET')).toBe(200);
  expect(ask({ 'sec-fetch-site': 'none' }, 'GET')).toBe(200);
  expect(ask({ 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(403);
  expect(ask({ 'sec-fetch-site': 'same-site' }, 'GET')).toBe(403);
  expect(ask({ origin: 'https://evil.example' }, 'GET')).toBe(403);
});
