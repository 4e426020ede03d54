import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { hostOf, isPublicAddress } from '#server/domain/outbound/public-address.ts';

export type Outgoing = { url: string; headers: Record<string, string>; body: string | Buffer };
/** `retryAfter`: seconds of the answer's Retry-After header. */
export type Answered = { status: number; retryAfter: number | null };
export type Post = (outgoing: Outgoing) => Promise<Answered>;

/** How names are resolved and where calls may go. `timeout`: milliseconds for name, connection and answer together. */
export type Reach = { resolve: (host: string) => Promise<string[]>; isAllowed: (address: string) => boolean; protocols: readonly string[]; timeout: number };

/** Nothing was sent: the address is none that a stranger may let this server call. */
export class AddressRefused extends Error {}
/** It may have arrived. */
export class TimedOut extends Error {}

const ANSWER_LIMIT = 16_384; // bytes that are read of an answer; nothing in them is used
const resolveAll = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);
export const internet: Reach = { resolve: resolveAll, isAllowed: isPublicAddress, protocols: ['https:'], timeout: 10_000 };

/**
 * POSTs to addresses that somebody else chose: only where the reach allows, no redirects, and nothing of the answer but its status. What it throws:
 * AddressRefused before a byte is sent, TimedOut, Error with the `code` of node or undici when there was no answer.
 */
export function posterTo(reach: Reach): Post {
  const agent = new Agent({ connect: { timeout: 5_000, lookup: lookupWithin(reach) }, keepAliveTimeout: 4_000, headersTimeout: reach.timeout, bodyTimeout: reach.timeout });
  return async (outgoing) => {
    const url = new URL(outgoing.url);
    if (!reach.protocols.includes(url.protocol)) throw new AddressRefused(`Only ${reach.protocols.map((protocol) => `${protocol}//`).join(' and ')} addresses are called.`);
    // A literal address never reaches the lookup.
    if (isIP(hostOf(url)) !== 0 && !reach.isAllowed(hostOf(url))) throw refused(hostOf(url));
    return exchange(outgoing, agent, reach.timeout);
  };
}

/** To what a stranger chose: https only, never to a private address, ten seconds. */
export const postToPublic: Post = posterTo(internet);

/** To what the operator or a test chose, which may be private. */
export const postToTrusted: Post = posterTo({ ...internet, isAllowed: () => true, protocols: ['https:', 'http:'] });

/**
 * The addresses behind a name are judged in the same lookup that the connection uses, so a name cannot show a public address first and connect to a
 * private one then (DNS rebinding). One that is not allowed refuses them all.
 */
function lookupWithin({ resolve, isAllowed }: Reach): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then((addresses) => {
      const [first] = addresses;
      if (first === undefined || !addresses.every(isAllowed)) callback(refused(host), []);
      else if (options.all) callback(null, addresses.map((address) => ({ address, family: isIP(address) })));
      else callback(null, first, isIP(first));
    }, (error: NodeJS.ErrnoException) => { callback(error, []); });
  };
}

const refused = (host: string) => new AddressRefused(`${host} leads to a private network. Calls go to the public internet only.`);

async function exchange({ url, headers, body }: Outgoing, dispatcher: Agent, timeout: number): Promise<Answered> {
  const signal = AbortSignal.timeout(timeout);
  // undici heeds the signal once it is connected, and the name may take its time.
  const late = new Promise<never>((_, reject) => { signal.addEventListener('abort', () => { reject(new TimedOut(`There was no answer within ${timeout / 1000} seconds.`)); }, { once: true }); });
  const answer = await Promise.race([request(url, { method: 'POST', headers, body, dispatcher, signal }), late]);
  answer.body.dump({ limit: ANSWER_LIMIT }).catch(() => {}); // it may be endless, and the status is known
  return { status: answer.statusCode, retryAfter: Number(answer.headers['retry-after']) || null };
}
