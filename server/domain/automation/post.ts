import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { hostOf, isPublicAddress } from '#server/domain/automation/public-address.ts';

/** How names are resolved and where calls may go; tests bring their own. */
export type Reach = { resolve: (host: string) => Promise<string[]>; isAllowed: (address: string) => boolean; protocols: readonly string[]; timeout: number };

/** Milliseconds for everything: name, connection, answer. */
const TIMEOUT = 10_000;
export const internet: Reach = { resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address), isAllowed: isPublicAddress, protocols: ['https:'], timeout: TIMEOUT };

export type Posted = { httpStatus: number | null; /** In words; null: it was taken (2xx). */ error: string | null };

/** One POST of JSON. Redirects are not followed. It connects to the very address that was checked, so a name that changes its mind in between gains nothing. */
export async function post(to: string, headers: Record<string, string>, body: string, reach: Reach = internet): Promise<Posted> {
  const signal = AbortSignal.timeout(reach.timeout);
  try {
    const url = new URL(to);
    if (!reach.protocols.includes(url.protocol)) return { httpStatus: null, error: 'Only https:// addresses are called.' };
    const addresses = await abortable(addressesOf(hostOf(url), reach), signal);
    const wrong = addresses.find((address) => !reach.isAllowed(address));
    if (wrong !== undefined || addresses.length === 0) return { httpStatus: null, error: `${hostOf(url)} leads to a private network${wrong ? ` (${wrong})` : ''}. Webhooks go to the public internet only.` };
    return answered(await statusOf(url, { headers, body, address: addresses[0]!, signal }));
  } catch (error) {
    return { httpStatus: null, error: signal.aborted ? `There was no answer within ${reach.timeout / 1000} seconds.` : wordsOf(error) };
  }
}

const addressesOf = (host: string, { resolve }: Reach) => (isIP(host) ? Promise.resolve([host]) : resolve(host));

async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => { signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }); })]);
}

function statusOf(url: URL, { headers, body, address, signal }: { headers: Record<string, string>; body: string; address: string; signal: AbortSignal }): Promise<number> {
  const family = isIP(address);
  const pinned: LookupFunction = (_host, options, callback) => { if (options.all) callback(null, [{ address, family }]); else callback(null, address, family); };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    const call = send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, agent: false, lookup: pinned, signal }, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy(); // what it says besides is nobody's business, and may be endless
    });
    call.on('error', reject);
    call.end(body);
  });
}

function answered(httpStatus: number): Posted {
  if (httpStatus >= 200 && httpStatus < 300) return { httpStatus, error: null };
  if (httpStatus >= 300 && httpStatus < 400) return { httpStatus, error: `It answered ${httpStatus}, a redirect, which is not followed. Enter the final address.` };
  return { httpStatus, error: `It answered ${httpStatus}.` };
}

const WORDS: Record<string, string> = {
  ENOTFOUND: 'There is no server of this name.', EAI_AGAIN: 'The name could not be looked up at the moment.', ECONNREFUSED: 'The server refused the connection.', ECONNRESET: 'The server broke the connection off.',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.', DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the server is signed by itself only.', ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server is for another name.',
};

function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? `The server could not be reached${code ? ` (${code})` : ''}.`;
}
