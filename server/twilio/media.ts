import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { env } from '#server/env.ts';
import type { TwilioCredentials } from '#server/twilio/client.ts';

/** A file of a message, whose bytes come as they are asked for. */
export type MediaFile = { contentType: string; /** Null: Twilio does not say. */ length: number | null; bytes: AsyncGenerator<Uint8Array> };
export type MediaReading = { ok: true; file: MediaFile } | { ok: false; reason: 'gone' | 'too_large' | 'unreachable' };

/** WhatsApp takes files up to 16 MB, MMS up to 5. */
export const MOST_BYTES = 20 * 1024 * 1024;
const MOST_HOPS = 3;
const TIMEOUT = 15_000; // ms until an answer begins, and between two pieces of it

const agent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT, keepAliveTimeout: 4_000 });
const mediaPath = /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})\/Messages\/(?:SM|MM)[0-9a-fA-F]{32}\/Media\/ME[0-9a-fA-F]{32}$/;
/** Where Twilio keeps files: https://help.twilio.com/articles/223183748. The last is a shared host, so its path decides. */
const stores = [/^https:\/\/(?:mms|media)\.twiliocdn\.com\//, /^https:\/\/api\.twilio\.com\//, /^https:\/\/s3-external-1\.amazonaws\.com\/media\.twiliocdn\.com\//];

/**
 * A file that came with a message, fetched from Twilio. The credentials go to Twilio's own host only, whatever the address says; redirects are followed
 * without them, and only to where Twilio keeps files.
 */
export async function fetchMedia(credentials: TwilioCredentials, url: string): Promise<MediaReading> {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  if (mediaPath.exec(path)?.[1] !== credentials.accountSid) return { ok: false, reason: 'gone' };
  const base = env().TWILIO_BASE_URL;
  const authorization = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  try {
    return await follow(`${base ?? 'https://api.twilio.com'}${path}`, base ? { authorization, 'x-twilio-host': 'api.twilio.com' } : { authorization }, base);
  } catch {
    return { ok: false, reason: 'unreachable' };
  }
}

async function follow(first: string, credentials: Record<string, string>, base: string | undefined): Promise<MediaReading> {
  let url = first;
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    const answer = await request(url, { method: 'GET', headers: hop === 0 ? credentials : {}, dispatcher: agent });
    if (answer.statusCode === 200) return fileOf(answer);
    await discard(answer.body);
    const next = answer.statusCode >= 301 && answer.statusCode <= 308 ? nextOf(answer.headers.location, url) : null;
    if (!next) return { ok: false, reason: answer.statusCode === 404 || answer.statusCode === 410 ? 'gone' : 'unreachable' };
    if (!isStore(next, base)) return { ok: false, reason: 'unreachable' };
    url = next.href;
  }
  return { ok: false, reason: 'unreachable' };
}

const nextOf = (location: string | string[] | undefined, from: string) => (typeof location === 'string' && URL.canParse(location, from) ? new URL(location, from) : null);

/** Compared as the URL parser has written it: no user, no port, no tricks with dots and slashes. In place of Twilio stands the origin that was set for it, and nothing else. */
export function isStore(url: URL, base: string | undefined): boolean {
  if (url.username || url.password) return false;
  return base === undefined ? stores.some((store) => store.test(url.href)) : url.origin === base;
}

async function fileOf({ headers, body }: Dispatcher.ResponseData): Promise<MediaReading> {
  const length = headers['content-length'] === undefined ? null : Number(headers['content-length']);
  if (length !== null && length > MOST_BYTES) {
    await discard(body);
    return { ok: false, reason: 'too_large' };
  }
  return { ok: true, file: { contentType: String(headers['content-type'] ?? ''), length, bytes: bounded(body) } };
}

/** @throws Error when more comes than may: the reader sees a file that broke off, never a whole one */
async function* bounded(body: Readable): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    size += piece.byteLength;
    if (size > MOST_BYTES) throw new Error('The file is larger than what is passed on.');
    yield piece;
  }
}

const discard = (body: Dispatcher.ResponseData['body']) => body.dump({ limit: 16_384 });
