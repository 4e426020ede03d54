import { createRequire } from 'node:module';
import * as z from 'zod';

const { validateRequest, validateRequestWithBody, getExpectedTwilioSignature } = createRequire(import.meta.url)('twilio/lib/webhooks/webhooks.js') as {
  validateRequest: (authToken: string, signature: string, url: string, params: Record<string, string | string[]>) => boolean;
  validateRequestWithBody: (authToken: string, signature: string, url: string, body: string) => boolean;
  getExpectedTwilioSignature: (authToken: string, url: string, params: Record<string, string>) => string;
};

/**
 * True when Twilio signed this form for this URL with one of the account's tokens. `url` must be built from the configured PUBLIC_URL and the raw
 * query, never from the Host header; the form must be the raw one, with parameters that we do not know. An empty token never verifies.
 */
export function isSigned(authTokens: string[], signature: string | null, url: string, form: URLSearchParams): boolean {
  if (!signature) return false;
  const params = Object.fromEntries([...new Set(form.keys())].map((name) => {
    const values = form.getAll(name);
    return [name, values.length === 1 ? values[0]! : values];
  }));
  try {
    return authTokens.some((token) => token.length > 0 && validateRequest(token, signature, url, params));
  } catch {
    return false;
  }
}

/**
 * The same for a JSON body: the signature is over the URL alone, whose bodySHA256 must be the hash of the raw body (facts/twilio.md §4). Without that
 * parameter the body would be anybody's.
 */
export function isSignedBody(authTokens: string[], signature: string | null, url: string, body: string): boolean {
  if (!signature || !/^[0-9a-f]{64}$/i.test(new URL(url).searchParams.get('bodySHA256') ?? '')) return false;
  try {
    return authTokens.some((token) => token.length > 0 && validateRequestWithBody(token, signature, url, body));
  } catch {
    return false;
  }
}

/** The message of requests that this installation sends to itself to see whether its own door works. Twilio gives its SIDs at random. */
export const PROBE_SID = `SM${'0'.repeat(32)}`;

/** The form of such a request, and the signature that Twilio would give it for this URL. */
export function probeForm(accountSid: string, authToken: string, url: string): { form: URLSearchParams; signature: string } {
  const params = { AccountSid: accountSid, MessageSid: PROBE_SID, MessageStatus: 'sent', To: '+15005550006' };
  return { form: new URLSearchParams(params), signature: getExpectedTwilioSignature(authToken, url, params) };
}

export type StatusCallback = { sid: string; accountSid: string; status: string; errorCode: number | null; to: string };

const patterns = {
  MessageSid: /^(SM|MM)[0-9a-fA-F]{32}$/,
  AccountSid: /^AC[0-9a-fA-F]{32}$/,
  MessageStatus: /^[a-z_]{3,30}$/,
  To: /^(whatsapp:)?\+?[0-9A-Za-z.]{3,40}$/,
};

/**
 * A signed form as a typed event, or null when it is not the callback of a message. The signature concatenates names and values without a
 * separator, so each known name must stand there exactly once and match its own pattern.
 */
export function parseStatusCallback(form: URLSearchParams): StatusCallback | null {
  const value = (name: keyof typeof patterns) => {
    const all = form.getAll(name);
    return all.length === 1 && patterns[name].test(all[0]!) ? all[0]! : null;
  };
  const [sid, accountSid, status, to] = [value('MessageSid'), value('AccountSid'), value('MessageStatus'), value('To')];
  const errorCodes = form.getAll('ErrorCode');
  if (!sid || !accountSid || !status || !to || errorCodes.length > 1 || !/^\d{0,6}$/.test(errorCodes[0] ?? '')) return null;
  return { sid, accountSid, status, to, errorCode: Number(errorCodes[0]) || null };
}

/** A change of a template's approval, pushed by Twilio's Event Streams (facts/twilio.md §7.6). `at`: the moment of the change. */
export type TemplateEvent = { contentSid: string; accountSid: string; kind: 'status' | 'category'; value: string; at: Date };

export const TEMPLATE_EVENT = 'com.twilio.messaging.template.approval.updated';
const templateEvent = z.object({
  type: z.literal(TEMPLATE_EVENT),
  data: z.object({
    type: z.enum(['status_update', 'category_update']), accountSid: z.string().regex(patterns.AccountSid), dateUpdated: z.string().max(40),
    template: z.object({ sid: z.string().regex(/^HX[0-9a-fA-F]{32}$/), currentValue: z.string().min(1).max(60) }),
  }),
});

/** The accounts that a body of events names, before anything in it is believed; null when it is no list of events. */
export function accountsOfEvents(body: string): string[] | null {
  const events = parseList(body);
  const sids = events?.map((event) => z.object({ data: z.object({ accountSid: z.string().regex(patterns.AccountSid) }) }).safeParse(event).data?.data.accountSid);
  return sids && sids.length > 0 && sids.every((sid) => sid !== undefined) ? [...new Set(sids)] : null;
}

/** The events about templates of a signed body; others of the same stream are none of our business. */
export function parseTemplateEvents(body: string): TemplateEvent[] {
  return (parseList(body) ?? []).flatMap((event) => {
    const { data: parsed } = templateEvent.safeParse(event);
    const at = new Date(parsed?.data.dateUpdated ?? NaN);
    if (!parsed || Number.isNaN(at.getTime())) return [];
    const { type, accountSid, template } = parsed.data;
    return [{ contentSid: template.sid, accountSid, kind: type === 'status_update' ? 'status' as const : 'category' as const, value: template.currentValue, at }];
  });
}

function parseList(body: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(body);
    return Array.isArray(list) ? list : null;
  } catch { return null; }
}
