import { createHash, createHmac } from 'node:crypto';

/** The URL that Twilio signs and requests: everything before the fragment, which only carries connection overrides. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

/**
 * X-Twilio-Signature of a form POST: base64 HMAC-SHA1 with the auth token over URL, then each name and value, names in code-unit order.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signForm(authToken: string, url: string, form: Record<string, string>): string {
  let text = withoutFragment(url);
  for (const name of Object.keys(form).sort()) text += name + form[name];
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

/** A JSON POST: the hash of the body goes into the query, and the signature is over that URL alone. */
export function signJson(authToken: string, url: string, json: string): { url: string; signature: string } {
  const bare = withoutFragment(url);
  const signed = `${bare}${bare.includes('?') ? '&' : '?'}bodySHA256=${createHash('sha256').update(json, 'utf8').digest('hex')}`;
  return { url: signed, signature: createHmac('sha1', authToken).update(signed, 'utf8').digest('base64') };
}
