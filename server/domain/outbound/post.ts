import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { isPublicAddress } from '#server/domain/outbound/public-address.ts';

export type Outgoing = { url: string; headers: Record<string, string>; body: string | Buffer };
/** `retryAfter`: seconds of the answer's Retry-After header. */
export type Answered = { status: number; retryAfter: number | null };
export type Post = (outgoing: Outgoing) => Promise<Answered>;

/** Nothing was sent: the address is none that a stranger may let this server call. */
export class AddressRefused extends Error {
  constructor() { super('The address is not on the public internet, or it does not begin with https://.'); }
}

const TIMEOUT = 10_000; // ms for the whole exchange
const ANSWER_LIMIT = 16_384; // bytes that are read of an answer; nothing in them is used

/**
 * The addresses behind a name are judged in the same lookup that the connection uses, so a name cannot show a public address first and connect to a
 * private one then (DNS rebinding). One that is not public refuses them all.
 */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, []);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new AddressRefused(), []);
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

const agent = new Agent({ connect: { timeout: 5_000, lookup: lookupPublic }, keepAliveTimeout: 4_000, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT });

/**
 * POSTs to an address that somebody else chose: https only, never to a private address, no redirects, ten seconds, and nothing of the answer but its status.
 * @throws AddressRefused before a byte is sent; Error when there was no answer
 */
export const postToPublic: Post = async (outgoing) => {
  const { protocol, hostname } = new URL(outgoing.url);
  const host = hostname.replace(/^\[|\]$/g, '');
  // A literal address never reaches the lookup.
  if (protocol !== 'https:' || (isIP(host) !== 0 && !isPublicAddress(host))) throw new AddressRefused();
  return exchange(outgoing, agent);
};

const plainAgent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT });

/** POSTs to an address that the operator or a test chose, which may be private. */
export const postToTrusted: Post = (outgoing) => exchange(outgoing, plainAgent);

async function exchange({ url, headers, body }: Outgoing, dispatcher: Agent): Promise<Answered> {
  const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal: AbortSignal.timeout(TIMEOUT) });
  await answer.body.dump({ limit: ANSWER_LIMIT });
  return { status: answer.statusCode, retryAfter: Number(answer.headers['retry-after']) || null };
}
