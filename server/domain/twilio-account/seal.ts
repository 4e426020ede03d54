import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { env } from '#server/env.ts';

/** Where a secret lives. It is bound into the seal: moved to another organisation or field, the text no longer opens. */
export type SealedPlace = { organizationId: string; field: 'apiKeySecret' | 'authToken' | 'pushKeys' | `ruleSecret:${string}` };

export type SealKey = { id: string; bytes: Buffer };

/** Thrown when a stored secret does not open: altered, moved, or sealed with a key that is gone. */
export class SealBroken extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealBroken';
  }
}

const VERSION = 'v1';
const IV_BYTES = 12; // 96 bits, the size GCM is made for
const TAG_BYTES = 16;

/** Encrypts with AES-256-GCM under the first key: `v1.<keyId>.<iv>.<ciphertext>.<tag>`, the last three base64url. */
export function seal(secret: string, place: SealedPlace, keys = encryptionKeys()): string {
  const key = keys[0];
  if (!key) throw new SealBroken('ENCRYPTION_KEY names no key.');
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: TAG_BYTES }).setAAD(placeBytes(place));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [VERSION, key.id, ...[iv, ciphertext, cipher.getAuthTag()].map((bytes) => bytes.toString('base64url'))].join('.');
}

/** The secret behind a seal, made with any of the keys. @throws SealBroken saying why it does not open. */
export function open(sealed: string, place: SealedPlace, keys = encryptionKeys()): string {
  const [version, keyId, ...parts] = sealed.split('.');
  const [iv, ciphertext, tag] = parts.map(exactBytes);
  if (version !== VERSION || parts.length !== 3 || !iv || !ciphertext || !tag) throw new SealBroken('The stored secret is damaged.');
  const key = keys.find((one) => one.id === keyId);
  if (!key) throw new SealBroken(`The stored secret was sealed with key ${keyId}, which ENCRYPTION_KEY no longer lists.`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: TAG_BYTES }).setAAD(placeBytes(place)).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken('The stored secret is damaged, or it belongs to another organisation or field.');
  }
}

/** Keys by their id: the first 8 hex digits of the SHA-256 of the key. */
export function sealKeys(hexKeys: string): SealKey[] {
  return hexKeys.split(',').map((hex) => {
    const bytes = Buffer.from(hex, 'hex');
    return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
  });
}

const encryptionKeys = () => sealKeys(env().ENCRYPTION_KEY);

const placeBytes = ({ organizationId, field }: SealedPlace) => Buffer.from(`${organizationId}|${field}`, 'utf8');

/** Base64url has spare bits at its end and Node ignores foreign letters; only the one true spelling of the bytes is taken. */
function exactBytes(text: string) {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
