import { hkdfSync } from 'node:crypto';

const BLOCK = 64; // bytes that SHA-256 takes at once (RFC 2104)

/**
 * The keys under which numbers of erased people are hashed (HMAC-SHA256), as the database function erasure_hashes takes them: per key of `hexKeys`
 * (ENCRYPTION_KEY: the first hashes, all recognise) the inner and the outer pad of RFC 2104 in hex, so that it needs no more than sha256(). They are
 * derived (HKDF), travel with each transaction's settings and are never stored. A key that is no longer listed takes its suppressions with it.
 */
export const erasureKeys = (hexKeys: string): string => hexKeys.split(',').map((hex) => padsOf(Buffer.from(hex, 'hex'))).join(',');

function padsOf(secret: Buffer): string {
  const key = Buffer.concat([Buffer.from(hkdfSync('sha256', secret, '', 'erased_phone', 32)), Buffer.alloc(BLOCK - 32)]);
  return [0x36, 0x5c].map((pad) => Buffer.from(key.map((byte) => byte ^ pad)).toString('hex')).join(':');
}
