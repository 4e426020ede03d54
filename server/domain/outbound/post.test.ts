import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AddressRefused, posterTo, postToPublic, postToTrusted, TimedOut, type Reach } from './post.ts';
import { isPublicAddress } from './public-address.ts';

let server: Server;
let port = 0;
let calls = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    if (request.url === '/silent') return;
    if (request.url === '/moved') { response.writeHead(307, { location: `http://127.0.0.1:${port}/secret` }).end(); return; }
    if (request.url === '/slow') { response.writeHead(200).write('x'); return; }
    if (request.url === '/endless') {
      response.writeHead(200);
      const more = () => { while (!response.destroyed && response.write('x'.repeat(65_536))); };
      response.on('drain', more).on('error', () => {});
      more();
      return;
    }
    response.writeHead(429, { 'retry-after': '7' }).end('x'.repeat(100_000));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => { server.closeAllConnections(); server.close(); });
beforeEach(() => { calls = 0; });

const message = { headers: {}, body: 'x' };
/** This server stands for the internet: whatever name is called leads here. */
const here: Reach = { resolve: async () => ['127.0.0.1'], isAllowed: (address) => address === '127.0.0.1', protocols: ['http:'], timeout: 10_000 };
const named = (path = '/') => ({ ...message, url: `http://hook.example:${port}${path}` });

test('nothing is sent to a private address, however it is written, and nothing without TLS', async () => {
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '10.0.0.1', '169.254.169.254', 'user:password@127.0.0.1']) {
    await expect(postToPublic({ ...message, url: `https://${host}:${port}/` }), host).rejects.toThrow(AddressRefused);
  }
  for (const url of ['http://8.8.8.8/', `http://127.0.0.1:${port}/`, 'ftp://example.com/']) await expect(postToPublic({ ...message, url }), url).rejects.toThrow('Only https:// addresses are called.');
  expect(calls).toBe(0);
});

test.each([
  ['a private one behind a public one', ['93.184.216.34', '127.0.0.1']], ['a private one alone', ['10.0.0.1']], ['a private IPv6 one beside a public IPv4 one', ['8.8.8.8', 'fd12::1']], ['IPv4 in IPv6 clothes', ['::ffff:127.0.0.1']], ['none', []],
])('a name whose addresses are %s is refused', async (_what, addresses) => {
  await expect(posterTo({ ...here, isAllowed: isPublicAddress, resolve: async () => addresses })(named())).rejects.toThrow(AddressRefused);
  expect(calls).toBe(0);
});

test('a name is looked up once, and the connection goes to the address that was judged', async () => {
  const asked: string[] = [];
  // Were it asked a second time, it would answer something else (DNS rebinding).
  const post = posterTo({ ...here, resolve: async (host) => { asked.push(host); return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2']; } });
  expect(await post(named())).toMatchObject({ status: 429 });
  expect([asked, calls]).toEqual([['hook.example'], 1]);
});

test('an answer is its status and when to come back; a redirect is not followed', async () => {
  expect(await postToTrusted({ ...message, url: `http://127.0.0.1:${port}/` })).toEqual({ status: 429, retryAfter: 7 });
  expect(await posterTo(here)(named('/moved'))).toMatchObject({ status: 307 });
  expect(calls).toBe(2);
});

test('an answer without an end is not waited for: its status counts, and the connection is dropped', async () => {
  for (const path of ['/endless', '/slow']) expect(await posterTo({ ...here, timeout: 1_000 })(named(path)), path).toEqual({ status: 200, retryAfter: null });
  const open = () => new Promise<number>((resolve, reject) => { server.getConnections((error, count) => { if (error) reject(error); else resolve(count); }); });
  server.closeIdleConnections();
  await expect.poll(async () => { server.closeIdleConnections(); return open(); }, { timeout: 20_000 }).toBe(0);
});

test('who never answers is left after the time limit, and so is a name that nobody resolves', async () => {
  await expect(posterTo({ ...here, timeout: 200 })(named('/silent'))).rejects.toThrow(new TimedOut('There was no answer within 0.2 seconds.'));
  await expect(posterTo({ ...here, timeout: 200, resolve: () => new Promise(() => {}) })(named())).rejects.toThrow(TimedOut);
});
