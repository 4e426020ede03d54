import { createHash, randomBytes } from 'node:crypto';

/** The first 128 bits of SHA-256 of `text` as 32 hex digits: what follows the two letters of a sid. */
export function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A sid that is the same in every run: two letters and 32 hex digits derived from `name`. */
export function fixedSid(prefix: string, name: string): string {
  return prefix + hexOf(`${prefix}:${name}`);
}

/** Makes sids that never repeat, also not across restarts: 16 random hex digits of the run and a counter. Cheap enough for every request. */
export function createSidSource(): (prefix: string) => string {
  const run = randomBytes(8).toString('hex');
  let count = 0;
  return (prefix) => prefix + run + (count++).toString(16).padStart(16, '0');
}

/** A secret of 32 hex digits, the shape of an auth token. */
export function freshSecret(): string {
  return randomBytes(16).toString('hex');
}
