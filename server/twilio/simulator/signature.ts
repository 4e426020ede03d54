import { createHmac } from 'node:crypto';

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
