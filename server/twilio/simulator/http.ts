import type { Account } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** The Twilio host that a route belongs to; without `X-Twilio-Host` the path alone decides (no two hosts share one here). */
export type TwilioHost =
  | 'api.twilio.com'
  | 'messaging.twilio.com'
  | 'pricing.twilio.com'
  | 'content.twilio.com'
  | 'accounts.twilio.com'
  | 'events.twilio.com';

/** A request to the Twilio API, already authenticated. */
export type ApiRequest = {
  simulator: Simulator;
  account: Account;
  /** Values of the `{…}` parts of the route's path. */
  params: Record<string, string>;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  body: string;
  /** What absolute links start with: the original Twilio host, else our own address. */
  origin: string;
};

/** An answer. `fate: 'reset'` drops the connection instead of writing it; `written` is called when it has left, or cannot any more. */
export type Reply = {
  status: number;
  body?: unknown;
  html?: string;
  bytes?: Buffer;
  headers?: Record<string, string>;
  delayMs?: number;
  fate?: 'reset';
  written?: () => void;
};

export type ApiRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  host: TwilioHost;
  path: string;
  answer(request: ApiRequest): Reply | Promise<Reply>;
};

/** A compiled route table: finds the route of a method, host and path, with its parameters. */
export type Router = (method: string, host: string | undefined, path: string) => { route: ApiRoute; params: Record<string, string> } | null;

/** Compiles `/v1/Services/{Sid}` style paths. A `{…}` part never contains a slash. */
export function createRouter(routes: ApiRoute[]): Router {
  const compiled = routes.map((route) => {
    const names: string[] = [];
    const source = route.path
      .replace(/\./g, '\\.')
      .replace(/\{(\w+)\}/g, (_, name: string) => {
        names.push(name);
        return '([^/]+?)';
      });
    return { route, names, pattern: new RegExp(`^${source}$`) };
  });
  return (method, host, path) => {
    for (const { route, names, pattern } of compiled) {
      if (route.method !== method || (host !== undefined && host !== route.host)) continue;
      const match = pattern.exec(path);
      if (match) return { route, params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')])) };
    }
    return null;
  };
}

/** RFC 2822 date of the 2010 API: `Thu, 24 Aug 2023 05:01:45 +0000`. */
export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

/** ISO date of the v1 APIs, without fractions: `2015-07-30T20:12:31Z`. */
export function iso(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
