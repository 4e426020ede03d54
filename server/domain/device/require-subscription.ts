import { ECDH } from 'node:crypto';
import { isIP } from 'node:net';
import type { PushSubscriptionInput } from '#server/domain/device/schema.ts';
import { invalidField } from '#server/errors.ts';

/**
 * What a browser says of its subscription is a stranger's word: the endpoint must be a plain address of a named host, the key a point of the curve. Where
 * the name leads is judged when a push goes there.
 * @throws Problem validation_failed
 */
export function requireSubscription({ endpoint, keys }: PushSubscriptionInput): void {
  const { hostname, port, username, password } = new URL(endpoint);
  const isNamed = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname);
  if (!isNamed || port || username || password) throw invalidField('push.endpoint', 'The endpoint must be an address as a push service gives it, like https://push.example.com/abc.');
  try { ECDH.convertKey(keys.p256dh, 'prime256v1', 'base64url'); } catch { throw invalidField('push.keys.p256dh', 'The key must be a point of the curve P-256, as the browser gives it.'); }
}
