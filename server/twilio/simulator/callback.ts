import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Clock } from '#server/twilio/simulator/clock.ts';
import type { Config } from '#server/twilio/simulator/config.ts';
import { asksRetry, readConnectionOverrides, type ConnectionOverrides } from '#server/twilio/simulator/connection-overrides.ts';
import type { CallbackRecord } from '#server/twilio/simulator/model.ts';
import { signForm, signJson, withoutFragment } from '#server/twilio/simulator/signature.ts';

/** A webhook to deliver: a POST of a form, or of JSON (event streams), signed with the account's auth token. */
export type Webhook = {
  url: string;
  authToken: string;
  /** Word for the record: the message status, or "inbound". */
  status: string;
  fault?: CallbackRecord['fault'];
  record(entry: CallbackRecord): void;
} & ({ form: Record<string, string> } | { json: string });

export type CallbackCounters = {
  attempts: number;
  ok: number;
  failed: number;
  retried: number;
  lost: number;
  duplicated: number;
  reordered: number;
  waiting: number;
  inFlight: number;
  byHttpStatus: Record<string, number>;
};

export type CallbackSender = {
  /** Delivers a webhook, retries included; resolves with the body of the last answer, null when there was none. Never rejects. */
  send(webhook: Webhook): Promise<string | null>;
  counters: CallbackCounters;
  clear(): void;
  close(): Promise<void>;
};

type Outcome = { httpStatus: number | null; failure: 'ct' | 'rt' | null; error: string | null; body: string | null };

const MAX_AT_ONCE = 32;

/** Sends webhooks over kept-alive connections, at most 32 at once; what comes on top waits in order. */
export function createCallbackSender(clock: Clock, config: Config): CallbackSender {
  return new BoundedSender(clock, config);
}

class BoundedSender implements CallbackSender {
  counters = emptyCounters();
  private clock: Clock;
  private config: Config;
  private agents = new Map<number, Agent>();
  private waiting: (() => void)[] = [];
  // A reset starts a new generation: what was on its way for forgotten messages stops.
  private generation = 0;

  constructor(clock: Clock, config: Config) {
    this.clock = clock;
    this.config = config;
  }

  async send(webhook: Webhook): Promise<string | null> {
    const overrides = readConnectionOverrides(webhook.url);
    const token = randomUUID();
    const own = this.generation;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.inTurn(async () => (own === this.generation ? this.attempt(webhook, token, overrides, attempt) : null));
      if (!outcome || own !== this.generation) return null;
      if (attempt > overrides.retries || !asksRetry(overrides.policies, outcome)) return outcome.body;
      this.counters.retried++;
      await new Promise((resolve) => setTimeout(resolve, (250 * 2 ** (attempt - 1)) / this.config.all.speed).unref());
    }
  }

  clear(): void {
    this.generation++;
    Object.assign(this.counters, emptyCounters(), { inFlight: this.counters.inFlight, waiting: this.counters.waiting });
  }

  async close(): Promise<void> {
    this.generation++;
    await Promise.all([...this.agents.values()].map((agent) => agent.destroy()));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.counters.inFlight >= MAX_AT_ONCE) {
      this.counters.waiting++;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      this.counters.waiting--;
    } else this.counters.inFlight++;
    try {
      return await work();
    } finally {
      // A waiting one takes the place over, so the number in flight stays.
      const next = this.waiting.shift();
      if (next) next();
      else this.counters.inFlight--;
    }
  }

  private async attempt(webhook: Webhook, token: string, overrides: ConnectionOverrides, attempt: number): Promise<Outcome> {
    const at = this.clock.now();
    const started = performance.now();
    const outcome = await post(webhook, token, overrides, this.agentFor(overrides.connectTimeout));
    const durationMs = Math.round(performance.now() - started);
    count(this.counters, outcome);
    const { httpStatus, error } = outcome;
    webhook.record({ status: webhook.status, attempt, at, url: webhook.url, token, httpStatus, error, durationMs, fault: webhook.fault ?? null });
    return outcome;
  }

  private agentFor(connectTimeout: number): Agent {
    let agent = this.agents.get(connectTimeout);
    if (!agent) this.agents.set(connectTimeout, (agent = new Agent({ connections: MAX_AT_ONCE, connect: { timeout: connectTimeout } })));
    return agent;
  }
}

async function post(webhook: Webhook, token: string, overrides: ConnectionOverrides, dispatcher: Agent): Promise<Outcome> {
  const signed = sign(webhook);
  const url = new URL(signed.url);
  const headers: Record<string, string> = {
    'content-type': signed.contentType,
    'user-agent': 'TwilioProxy/1.1',
    'i-twilio-idempotency-token': token,
    'x-twilio-signature': signed.signature,
    accept: '*/*',
  };
  if (url.username) {
    headers.authorization = `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
    url.username = url.password = '';
  }
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body: signed.body,
      dispatcher,
      headersTimeout: overrides.readTimeout,
      bodyTimeout: overrides.readTimeout,
      signal: AbortSignal.timeout(overrides.totalTimeout),
    });
    return { httpStatus: answer.statusCode, failure: null, error: null, body: await answer.body.text() };
  } catch (error) {
    const code = error instanceof Error ? ((error as Error & { code?: string }).code ?? error.name) : 'unknown';
    return { httpStatus: null, failure: isConnectFailure(code) ? 'ct' : 'rt', error: code, body: null };
  }
}

function sign(webhook: Webhook): { url: string; body: string; contentType: string; signature: string } {
  if ('json' in webhook) return { ...signJson(webhook.authToken, webhook.url, webhook.json), body: webhook.json, contentType: 'application/json' };
  return {
    url: withoutFragment(webhook.url),
    body: new URLSearchParams(webhook.form).toString(),
    contentType: 'application/x-www-form-urlencoded; charset=utf-8',
    signature: signForm(webhook.authToken, webhook.url, webhook.form),
  };
}

function isConnectFailure(code: string): boolean {
  return ['UND_ERR_CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'].includes(code);
}

function count(counters: CallbackCounters, outcome: Outcome): void {
  counters.attempts++;
  const isOk = outcome.httpStatus !== null && outcome.httpStatus < 400;
  if (isOk) counters.ok++;
  else counters.failed++;
  const key = String(outcome.httpStatus ?? outcome.error);
  counters.byHttpStatus[key] = (counters.byHttpStatus[key] ?? 0) + 1;
}

function emptyCounters(): CallbackCounters {
  return { attempts: 0, ok: 0, failed: 0, retried: 0, lost: 0, duplicated: 0, reordered: 0, waiting: 0, inFlight: 0, byHttpStatus: {} };
}
