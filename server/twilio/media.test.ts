import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const environment = vi.hoisted(() => ({ TWILIO_BASE_URL: undefined as string | undefined }));
vi.mock('#server/env.ts', () => ({ env: () => environment }));

import { fetchMedia, isStore, MOST_BYTES } from './media.ts';

const hex = 'a'.repeat(32);
const PATH = `/2010-04-01/Accounts/AC${hex}/Messages/MM${hex}/Media/ME${hex}`;
const credentials = { accountSid: `AC${hex}`, username: `SK${hex}`, password: 'secret' };

type Seen = { host: string; path: string; authorization: string | undefined };
const seen: Seen[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const serve = async (name: string) => {
  const server = createServer((request, response) => {
    seen.push({ host: name, path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};
const [twilio, stranger] = [await serve('twilio'), await serve('stranger')];
afterAll(() => { twilio.server.close(); stranger.server.close(); });
beforeEach(() => { seen.length = 0; environment.TWILIO_BASE_URL = twilio.url; });

const read = async (url = `https://api.twilio.com${PATH}`) => {
  const reading = await fetchMedia(credentials, url);
  if (!reading.ok) return reading.reason;
  const pieces: Uint8Array[] = [];
  for await (const piece of reading.file.bytes) pieces.push(piece);
  return `${reading.file.contentType} ${Buffer.concat(pieces).toString()}`;
};
const redirect = (location: string, then: (response: ServerResponse) => void = (response) => { response.writeHead(200, { 'content-type': 'image/png' }).end('picture'); }) => {
  answer = ({ url }, response) => { if (url === PATH) response.writeHead(307, { location }).end(); else then(response); };
};

test('P75: a file comes with the account’s keys from Twilio’s host, and from its store without them', async () => {
  redirect('/store/1');
  expect(await read()).toBe('image/png picture');
  expect(seen).toEqual([{ host: 'twilio', path: PATH, authorization: expect.stringMatching(/^Basic /) }, { host: 'twilio', path: '/store/1', authorization: undefined }]);
});

test('the keys go to Twilio’s own host, whatever host the address of the file names', async () => {
  redirect('/store/1');
  expect(await read(`${stranger.url}${PATH}`)).toBe('image/png picture');
  expect(await read(`https://api.twilio.com@127.0.0.1${PATH}`)).toBe('image/png picture');
  expect(new Set(seen.map(({ host }) => host))).toEqual(new Set(['twilio']));
});

test.each(['', 'no address', `https://api.twilio.com${PATH}/../../../x`, `https://api.twilio.com${PATH.replace('AC', 'AD')}`, `https://api.twilio.com${PATH.replace(`AC${hex}`, `AC${'b'.repeat(32)}`)}`, 'https://api.twilio.com/2010-04-01/Accounts.json'])('%j is no file of this account, and nothing is asked', async (url) => {
  expect([await read(url), seen]).toEqual(['gone', []]);
});

test.each([
  ['another host', () => `${stranger.url}/steal`], ['a private address', () => 'http://169.254.169.254/latest/meta-data'], ['a file of this machine', () => 'file:///etc/passwd'], ['script', () => 'javascript:alert(1)'],
  ['a host that begins like ours', () => `${twilio.url}.evil.example/x`], ['a user before the host', () => twilio.url.replace('http://', 'http://user:secret@')], ['a host without a scheme', () => `//${new URL(stranger.url).host}/steal`],
  ['Twilio’s real store, when another stands in its place', () => 'https://mms.twiliocdn.com/x'], ['nothing', () => ''],
])('a redirect to %s is not followed', async (_, location) => {
  redirect(location());
  expect(await read()).toBe('unreachable');
  expect(seen.filter(({ host }) => host === 'stranger')).toEqual([]);
  expect(seen.filter(({ authorization }) => authorization)).toHaveLength(1);
});

test('a chain of redirects ends', async () => {
  answer = (request, response) => { response.writeHead(302, { location: `/again?${request.url?.length}` }).end(); };
  expect([await read(), seen.length]).toEqual(['unreachable', 4]);
});

test.each([[404, 'gone'], [410, 'gone'], [401, 'unreachable'], [500, 'unreachable'], [206, 'unreachable']] as const)('%s is %s', async (status, reason) => {
  answer = (_request, response) => { response.writeHead(status).end('x'); };
  expect(await read()).toBe(reason);
});

test('a file that says it is too large is not begun, one that turns out to be is broken off', async () => {
  answer = (_request, response) => { response.writeHead(200, { 'content-length': String(MOST_BYTES + 1) }); response.end(); };
  expect(await read()).toBe('too_large');
  answer = (_request, response) => {
    response.writeHead(200);
    const piece = Buffer.alloc(1024 * 1024);
    const more = () => { while (!response.destroyed && response.write(piece)); };
    response.on('drain', more).on('error', () => {});
    more();
  };
  await expect(read()).rejects.toThrow('larger');
});

test('a host that breaks off, or is not there, is unreachable', async () => {
  answer = (_request, response) => { response.socket?.destroy(); };
  expect(await read()).toBe('unreachable');
  environment.TWILIO_BASE_URL = 'http://127.0.0.1:9';
  expect(await read()).toBe('unreachable');
});

test.each([
  ['https://mms.twiliocdn.com/AC1/abc?Expires=1', true], ['https://media.twiliocdn.com/AC1/abc', true], ['https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/abc', true], ['https://api.twilio.com/x', true],
  ['http://mms.twiliocdn.com/x', false], ['https://mms.twiliocdn.com:8443/x', false], ['https://user@mms.twiliocdn.com/x', false], ['https://mms.twiliocdn.com.evil.example/x', false], ['https://evil.example/mms.twiliocdn.com/', false],
  ['https://s3-external-1.amazonaws.com/evil-bucket/x', false], ['https://s3-external-1.amazonaws.com/media.twiliocdn.com/../evil-bucket/x', false], ['https://s3-external-1.amazonaws.com/evil\\media.twiliocdn.com/', false],
])('of the real Twilio %s keeps files: %s', (url, isIt) => {
  expect(isStore(new URL(url), undefined)).toBe(isIt);
});
