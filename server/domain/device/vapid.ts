import { createECDH } from 'node:crypto';
import { keyFor } from '#server/domain/user/visit.ts';
import { env } from '#server/env.ts';

/** Base64url: a P-256 point and its scalar (RFC 8292). */
export type VapidKeys = { publicKey: string; privateKey: string };

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n; // of P-256's group
let derived: VapidKeys | undefined;

/**
 * By these keys push services know this installation. Derived from AUTH_SECRET, so every process has the same ones and nobody sets anything up. With a new
 * AUTH_SECRET the old subscriptions are refused, and each browser asks to turn notifications on again.
 */
export const vapidKeys = (): VapidKeys => (derived ??= vapidKeysOf(env().AUTH_SECRET));

/** FIPS 186-5 A.2.1: 128 bits more than the order has, so that no scalar is likelier than another. */
export function vapidKeysOf(secret: string): VapidKeys {
  const seed = BigInt(`0x${Buffer.from(keyFor({ secret }, 'web push', 48)).toString('hex')}`);
  const privateKey = Buffer.from(((seed % (ORDER - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateKey);
  return { publicKey: curve.getPublicKey().toString('base64url'), privateKey: privateKey.toString('base64url') };
}

/** Who answers for the pushes: https or mailto is what RFC 8292 allows. */
export function vapidSubject(publicUrl: string): string {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' ? publicUrl : `mailto:operator@${hostname}`;
}

/** What a browser needs to subscribe. */
export const readPushKey = async (): Promise<{ publicKey: string }> => ({ publicKey: vapidKeys().publicKey });
