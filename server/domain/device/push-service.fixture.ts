import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushPayload } from './push-service.ts';
import type { PushSubscriptionInput } from './schema.ts';

// Both ends of Web Push as they are outside: a push service on a real socket, and a browser's keys. Decryption is written from RFC 8291 and RFC 8188 with
// node:crypto, not with the library that encrypts.

export type Pushed = { path: string; headers: IncomingHttpHeaders; body: Buffer };
export type FakePushService = { origin: string; pushes: Pushed[]; answer: (path: string, status: number | 'hang up', headers?: Record<string, string>) => void; stop: () => void };

/** Takes what is pushed to it, and answers 201 unless told otherwise for an address; for tests in another process GET of an address tells what came there, and DELETE ends it. */
export async function fakePushService(): Promise<FakePushService> {
  const pushes: Pushed[] = [];
  const answers = new Map<string, { status: number | 'hang up'; headers: Record<string, string> }>();
  const server = createServer((request, response) => {
    if (request.method === 'DELETE') {
      answers.set(request.url ?? '', { status: 410, headers: {} });
      response.writeHead(204).end();
      return;
    }
    if (request.method === 'GET') {
      const told = pushes.filter(({ path }) => path === request.url).map((push) => ({ ...push, body: push.body.toString('base64') }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      pushes.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
      const { status, headers } = answers.get(path) ?? { status: 201, headers: {} };
      if (status === 'hang up') request.socket.destroy();
      else response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, pushes, answer: (path, status, headers = {}) => { answers.set(path, { status, headers }); }, stop: () => { server.closeAllConnections(); server.close(); } };
}

/** What came to an address of a push service in another process. */
export async function pushesAt(origin: string, path: string): Promise<Pushed[]> {
  const told = await (await fetch(origin + path)).json() as Array<Omit<Pushed, 'body'> & { body: string }>;
  return told.map((push) => ({ ...push, body: Buffer.from(push.body, 'base64') }));
}

export type FakeBrowser = { subscription: PushSubscriptionInput; path: string; read: (push: Pushed) => PushPayload };

/** A browser's subscription with its private key. */
export function fakeBrowser(): FakeBrowser {
  const [curve, auth, path] = [createECDH('prime256v1'), randomBytes(16), `/push/${randomBytes(8).toString('hex')}`];
  const p256dh = curve.generateKeys().toString('base64url');
  const subscription = { endpoint: `https://push.example.com${path}`, keys: { p256dh, auth: auth.toString('base64url') } };
  return { subscription, path, read: ({ body }) => JSON.parse(decrypted(body, curve, auth)) as PushPayload };
}

function decrypted(body: Buffer, curve: ECDH, auth: Buffer): string {
  const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)];
  const [theirs, sealed] = [body.subarray(21, 21 + idLength), body.subarray(21 + idLength)];
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), theirs]);
  const ikm = Buffer.from(hkdfSync('sha256', curve.computeSecret(theirs), auth, info, 32));
  const derive = (name: string, bytes: number) => Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${name}\0`, bytes));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12)).setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}
