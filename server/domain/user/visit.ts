import { createHmac, hkdfSync } from 'node:crypto';
import { isIP } from 'node:net';
import type { Db } from '#db/index.ts';

/** What the verbs of this folder get instead of a Context: a request from somebody who is not known yet. */
export type Visit = {
  db: Db;
  now: () => Date;
  /** A plain IP address; null when the door could not tell. */
  address: string | null;
  userAgent: string | null;
  /** AUTH_SECRET: keys for one purpose each are derived from it. */
  secret: string;
  /** Origin of PUBLIC_URL: who issues tokens. */
  publicUrl: string;
};

/** A key for one purpose, so that what is made with it is worth nothing elsewhere. */
export const keyFor = ({ secret }: Pick<Visit, 'secret'>, purpose: string, bytes = 32): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `hailer ${purpose}`, bytes));

/** A name for something that must not be kept in clear (an e-mail, an address). */
export const blindName = (visit: Visit, kind: string, value: string): string =>
  `${kind}:${createHmac('sha256', keyFor(visit, 'blind name')).update(value).digest('base64url')}`;

/** As people and passwords find it again: letter case and look-alike code points do not matter. */
export const plainEmail = (typed: string): string => typed.trim().toLowerCase().normalize('NFKC');

/**
 * The client's address of an X-Forwarded-For header: its last entry, which the nearest proxy wrote itself; entries before it are the client's word.
 * IPv4 in IPv6 clothes comes out as IPv4.
 */
export function clientAddress(forwardedFor: string | null): string | null {
  const last = forwardedFor?.split(',').at(-1)?.trim().replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  return isIP(last) ? last : null;
}

/** What one household or machine holds: an IPv4 address, or the /64 of an IPv6 address. */
export function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
