import { createRequire } from 'node:module';

const { validateRequest } = createRequire(import.meta.url)('twilio/lib/webhooks/webhooks.js') as {
  validateRequest: (authToken: string, signature: string, url: string, params: Record<string, string | string[]>) => boolean;
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
