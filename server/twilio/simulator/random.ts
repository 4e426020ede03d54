/**
 * Randomness that depends on what happens, not on when: the same seed, recipient and ordinal give the same number in every run,
 * whatever the order of calls. FNV-1a over the key, then an avalanche, as a number in [0, 1).
 */
export function chance(seed: number, key: string): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}

/** A number in [low, high), decided by seed and key. */
export function between(seed: number, key: string, low: number, high: number): number {
  return low + chance(seed, key) * (high - low);
}
