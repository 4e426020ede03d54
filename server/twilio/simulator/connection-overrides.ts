/** How Twilio calls one webhook URL. Times in ms. */
export type ConnectionOverrides = { connectTimeout: number; readTimeout: number; totalTimeout: number; retries: number; policies: Set<string> };

/**
 * Reads `#ct=2000&rt=5000&rc=3&rp=all` of a webhook URL; what is missing or out of range keeps Twilio's default
 * (one retry, and only when no connection could be made). https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function readConnectionOverrides(url: string): ConnectionOverrides {
  const hash = url.indexOf('#');
  const fragment = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1));
  return {
    connectTimeout: whole(fragment.get('ct'), 100, 10_000, 5_000),
    readTimeout: whole(fragment.get('rt'), 100, 15_000, 15_000),
    totalTimeout: whole(fragment.get('tt'), 100, 15_000, 15_000),
    retries: whole(fragment.get('rc'), 0, 5, 1),
    policies: new Set((fragment.get('rp') ?? 'ct').split(',').map((name) => name.trim().toLowerCase())),
  };
}

/** Whether this outcome of an attempt is one that the policies ask to repeat. */
export function asksRetry(policies: Set<string>, outcome: { httpStatus: number | null; failure: 'ct' | 'rt' | null }): boolean {
  const kind = outcome.failure ?? classOf(outcome.httpStatus);
  return kind !== null && (policies.has('all') || policies.has(kind));
}

function classOf(httpStatus: number | null): '4xx' | '5xx' | null {
  if (httpStatus === null || httpStatus < 400) return null;
  return httpStatus < 500 ? '4xx' : '5xx';
}

function whole(text: string | null, low: number, high: number, otherwise: number): number {
  if (text === null || !/^\d+$/.test(text)) return otherwise;
  const value = Number(text);
  return value >= low && value <= high ? value : otherwise;
}
