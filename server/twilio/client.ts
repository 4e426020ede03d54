import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import twilio from 'twilio';
import { env } from '#server/env.ts';

export type TwilioCredentials = {
  accountSid: string;
  /** Account SID with the auth token, or an API key SID with its secret. */
  username: string;
  password: string;
};
export type TwilioClient = ReturnType<typeof twilio>;

/** One call's watch over its own bytes. */
type Call = {
  /** performance.now() after which nothing may be written any more. */
  writeBefore: number;
  /** True from the moment the first byte goes to a socket. */
  written: boolean;
  onWrite?: (() => void) | undefined;
  /** Seconds of the answer's Retry-After header. */
  retryAfter: number | null;
};
/** The call whose SDK method is being entered: the SDK reaches the transport before it first waits, so the transport can take it from here. */
let entered: Call | null = null;

/** The call came too late: not a byte of it was written. */
export class TooLateToWrite extends Error {
  constructor() { super('The guard at the socket stopped the call before its first byte.'); }
}

const TIMEOUT = 15_000; // ms until the answer; beyond it the outcome is unknown

/** Calls that one dispatcher may have in flight. Each has a socket of its own: a call that waited for one would age behind the guard. */
export const IN_FLIGHT = 256;

const agent = new Agent({ pipelining: 1, keepAliveTimeout: 4_000, connect: { timeout: 5_000 }, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT });

/** The SDK's transport on undici. TWILIO_BASE_URL replaces the origin of each call; the original host then goes in X-Twilio-Host. */
class UndiciRequestClient extends twilio.RequestClient {
  override async request<Data>(options: Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]) {
    const call = entered;
    entered = null;
    const method = options.method.toUpperCase() as Dispatcher.HttpMethod; // the SDK's own words, in lower case
    const headers: Record<string, string> = { ...(options.headers as Record<string, string> | undefined) };
    headers.authorization = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`;
    const target = targetOf(options, headers);
    if (!call && method === 'POST' && target.path.endsWith('/Messages.json')) throw new Error('A message may be created by a watched call only.');
    const answer = await exchange({ ...target, method, headers, body: bodyOf(options, headers) }, call);
    if (call) call.retryAfter = Number(answer.headers['retry-after']) || null;
    return { ...answer, body: parsed(answer.body) as Data };
  }
}

type Answer = { statusCode: number; headers: IncomingHttpHeaders; body: string };

/** One request on the wire, without the streams of undici's `request`. The guard stands where the first byte is about to be written: check and write are one tick. */
function exchange(options: Dispatcher.DispatchOptions, call: Call | null): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answer: Omit<Answer, 'body'> = { statusCode: 0, headers: {} };
    const chunks: Buffer[] = [];
    agent.dispatch(options, {
      onRequestStart(controller) {
        if (!call) return;
        if (performance.now() > call.writeBefore) controller.abort(new TooLateToWrite());
        else { call.written = true; call.onWrite?.(); }
      },
      onResponseStart(_controller, statusCode, headers) { Object.assign(answer, { statusCode, headers }); },
      onResponseData(_controller, chunk) { chunks.push(chunk); },
      onResponseEnd() { resolve({ ...answer, body: Buffer.concat(chunks).toString() }); },
      onResponseError(_controller, error) { reject(error); },
    });
  });
}

const transport = new UndiciRequestClient();

/** A client of the real SDK for one account. */
export function twilioClient(credentials: TwilioCredentials): TwilioClient {
  return twilio(credentials.username, credentials.password, { accountSid: credentials.accountSid, httpClient: transport });
}

/** Runs one SDK call and tells what became of its bytes. `guardMs`: how long it may wait for a socket before it must not be written any more. */
export async function watched<T>(guardMs: number, work: () => Promise<T>, onWrite?: () => void): Promise<{ call: Call } & ({ answer: T } | { error: unknown })> {
  const call: Call = { writeBefore: performance.now() + guardMs, written: false, onWrite, retryAfter: null };
  try {
    entered = call;
    const answer = work();
    entered = null;
    return { call, answer: await answer };
  } catch (error) {
    entered = null;
    return { call, error };
  }
}

/**
 * What time Twilio has, in milliseconds since 1970, by the Date header of any answer of this address.
 * @throws Error when there is no answer, or one without a date.
 */
export async function clockOf(uri: string): Promise<number> {
  const headers: Record<string, string> = {};
  const answer = await exchange({ ...targetOf({ uri }, headers), method: 'GET', headers }, null);
  const at = Date.parse(String(answer.headers.date));
  if (Number.isNaN(at)) throw new Error('Twilio answered without a date.');
  return at;
}

/** Where a call goes: the address that the SDK gives has no port, user or fragment. */
function targetOf({ uri, params }: { uri: string; params?: unknown }, headers: Record<string, string>): { origin: string; path: string } {
  const [, origin = '', host = '', path = ''] = /^(https:\/\/([^/]+))(.*)$/.exec(uri) ?? [];
  const query = new URLSearchParams(formEntries(params)).toString();
  const base = env().TWILIO_BASE_URL;
  if (base) headers['x-twilio-host'] = host;
  return { origin: base || origin, path: query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path };
}

function bodyOf(options: { data?: unknown }, headers: Record<string, string>) {
  if (options.data === undefined) return undefined;
  return headers['Content-Type'] === 'application/json' ? JSON.stringify(options.data) : new URLSearchParams(formEntries(options.data)).toString();
}

/** Lists repeat their key, as Twilio's forms do. */
function formEntries(data: unknown): Array<[string, string]> {
  return Object.entries(data ?? {}).flatMap(([name, value]): Array<[string, string]> =>
    value === undefined || value === null ? [] : Array.isArray(value) ? value.map((item) => [name, String(item)]) : [[name, String(value)]]);
}

/** A body that is no JSON stays text: the SDK then has no Twilio code to give, which is what happened. */
function parsed(text: string): unknown {
  try { return JSON.parse(text); } catch { return text; }
}
