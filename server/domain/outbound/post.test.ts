import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AddressRefused, postToPublic, postToTrusted } from './post.ts';
import { isPublicAddress } from './public-address.ts';

let server: Server;
let port = 0;
let calls = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    if (request.url === '/moved') { response.writeHead(307, { location: `http://127.0.0.1:${port}/secret` }).end(); return; }
    response.writeHead(429, { 'retry-after': '7' }).end('x'.repeat(100_000));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => { server.close(); });

const message = { headers: {}, body: 'x' };

test('addresses of the public internet, and those that are not', () => {
  for (const address of ['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.255.255', '192.0.3.1', '2606:4700::1111', '2a00:1450:4001::1']) expect([address, isPublicAddress(address)]).toEqual([address, true]);
  for (const address of ['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1', '198.18.0.1',
    '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::1', '2001:db8::1', 'ff02::1', 'localhost', '']) expect([address, isPublicAddress(address)]).toEqual([address, false]);
});

test('nothing is sent to a private address, however it is written, and nothing without TLS', async () => {
  const before = calls;
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '10.0.0.1', '169.254.169.254', 'user:password@127.0.0.1']) {
    await expect(postToPublic({ ...message, url: `https://${host}:${port}/` }), host).rejects.toThrow(AddressRefused);
  }
  await expect(postToPublic({ ...message, url: `http://8.8.8.8/` })).rejects.toThrow(AddressRefused);
  expect(calls).toBe(before);
});

test('an answer is its status and when to come back; a redirect is not followed', async () => {
  expect(await postToTrusted({ ...message, url: `http://127.0.0.1:${port}/` })).toEqual({ status: 429, retryAfter: 7 });
  const before = calls;
  expect(await postToTrusted({ ...message, url: `http://127.0.0.1:${port}/moved` })).toMatchObject({ status: 307 });
  expect(calls).toBe(before + 1);
});
