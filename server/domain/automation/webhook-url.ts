import { isIP } from 'node:net';
import { hostOf, isPublicAddress } from '#server/domain/outbound/public-address.ts';

/** What is wrong with the address of a webhook, as far as its text tells; null: nothing. */
export function webhookUrlFault(text: string): string | null {
  if (!URL.canParse(text)) return 'This is no address. It looks like https://example.com/hook.';
  const url = new URL(text);
  if (url.protocol !== 'https:') return 'Use an address that begins with https://: what people write travels through it.';
  if (url.username || url.password) return 'Leave name and password out of the address. The signature proves that we call.';
  const host = hostOf(url);
  if (isIP(host) ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal)\.?$/i.test(host) || !host.includes('.')) return `${host} is an address of a private network. Webhooks go to the public internet only.`;
  return null;
}
