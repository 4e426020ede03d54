import { Agent, request, type Dispatcher } from 'undici';
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
/** The watched calls by the headers that they are sent with, which undici hands on to the guard. */
const calls = new WeakMap<object, Call>();

/** The call came too late: not a byte of it was written. */
export class TooLateToWrite extends Error {
  constructor() { super('The guard at the socket stopped the call before its first byte.'); }
}

const TIMEOUT = 15_000; // ms until the answer; beyond it the outcome is unknown

/** Calls that one dispatcher may have in flight. Each has a socket of its own: a call that waited for one would age behind the guard. */
export const IN_FLIGHT = 256;

/** Stands where undici is about to write: the check and the write are one tick. */
const guardAtSocket: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const call = options.headers && calls.get(options.headers);
  if (!call) return dispatch(options, handler);
  call.written = false; // from here on the guard knows
  return dispatch(options, {
    onRequestStart(controller, context) {
      handler.onRequestStart?.(controller, context);
      if (performance.now() > call.writeBefore) controller.abort(new TooLateToWrite());
      else { call.written = true; call.onWrite?.(); }
    },
    onResponseStart: (...answer) => handler.onResponseStart?.(...answer),
    onResponseData: (...chunk) => handler.onResponseData?.(...chunk),
    onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
    onResponseError: (...error) => handler.onResponseError?.(...error),
  });
};

const agent = new Agent({ pipelining: 1, keepAliveTimeout: 4_000, connect: { timeout: 5_000 }, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT })
  .compose(guardAtSocket);

/** The SDK's transport on undici. TWILIO_BASE_URL replaces the origin of each call; the original host then goes in X-Twilio-Host. */
class UndiciRequestClient extends twilio.RequestClient {
  override async request<Data>(options: Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]) {
    const call = entered;
    entered = null;
    const url = new URL(options.uri);
    if (!call && options.method.toLowerCase() === 'post' && url.pathname.endsWith('/Messages.json')) throw new Error('A message may be created by a watched call only.');
    const headers: Record<string, string> = { ...(options.headers as Record<string, string> | undefined) };
    headers.authorization = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`;
    for (const [name, value] of formEntries(options.params)) url.searchParams.append(name, value);
    if (call) {
      calls.set(headers, call);
      call.written = true; // a call that the guard does not meet must count as written
    }
    const answer = await request(redirected(url, headers), { method: options.method.toUpperCase() as Dispatcher.HttpMethod, headers, body: bodyOf(options, headers), dispatcher: agent });
    if (call) call.retryAfter = Number(answer.headers['retry-after']) || null;
    return { statusCode: answer.statusCode, body: parsed(await answer.body.text()) as Data, headers: answer.headers };
  }
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

function redirected(url: URL, headers: Record<string, string>) {
  const base = env().TWILIO_BASE_URL;
  if (!base) return url.href;
  headers['x-twilio-host'] = url.host;
  return base + url.pathname + url.search;
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
