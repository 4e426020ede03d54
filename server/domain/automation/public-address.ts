import { BlockList, isIP } from 'node:net';

/** IPv4 that is not the public internet (IANA special-purpose registry), as prefix and bits. */
const SPECIAL_V4: Array<[string, number]> = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
];
/** Of IPv6 only global unicast is public, less what carries IPv4 inside (Teredo, 6to4) or is for documents. */
const SPECIAL_V6: Array<[string, number]> = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20]];

const special = new BlockList();
for (const [prefix, bits] of SPECIAL_V4) special.addSubnet(prefix, bits, 'ipv4');
for (const [prefix, bits] of SPECIAL_V6) special.addSubnet(prefix, bits, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/** Is this IP address one of the public internet: no private, loopback, link-local, shared, multicast or documentation address, in whatever spelling? */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special.check(address, 'ipv4');
  // IPv4 in IPv6 (::ffff:…, 64:ff9b::…) is outside of global unicast.
  return version === 6 && !address.includes('%') && globalV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

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

/** Without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');
