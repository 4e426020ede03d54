import { expect, test } from 'vitest';
import { readBody } from './bounded-body.ts';

const post = (body: BodyInit, headers: Record<string, string> = {}) => new Request('http://x/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

/** Bytes without end, and how many were taken. */
function endless() {
  let taken = 0;
  const stream = new ReadableStream<Uint8Array>({ pull(controller) { taken += 1000; controller.enqueue(new Uint8Array(1000)); } });
  return { stream, taken: () => taken };
}

test('a body within the limit comes back whole', async () => {
  expect(new TextDecoder().decode(await readBody(post('{"a":"é"}'), 10))).toBe('{"a":"é"}');
  expect((await readBody(new Request('http://x/'), 10)).byteLength).toBe(0);
});

test('one byte too many is refused', async () => {
  await expect(readBody(post('12345678901'), 10)).rejects.toMatchObject({ code: 'payload_too_large', status: 413 });
});

test('a sender who lies about the length, or says none, is cut off at the limit', async () => {
  const { stream, taken } = endless();
  await expect(readBody(post(stream, { 'content-length': '5' }), 10_000)).rejects.toMatchObject({ status: 413 });
  expect(taken()).toBeLessThan(20_000);
});
