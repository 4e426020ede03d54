import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Problem } from '#server/errors.ts';

// OWASP's first choice for scrypt: N = 2^17, r = 8, p = 1. One computation takes 128 MB, hence the lanes.
const COST = { N: 2 ** 17, r: 8, p: 1 };
const LANES = 2;
const MOST_WAITING = 30;

/** A salted scrypt hash that names its own cost, so that the cost can rise later: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the password belongs to the hash. Without a hash (nobody has this e-mail) the same work is done, and the answer is no. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored ? parse(stored) : null;
  const { cost, salt, hash } = parsed ?? decoy;
  const derived = await derive(password, salt, cost);
  return timingSafeEqual(derived, hash) && parsed !== null;
}

type Stored = { cost: typeof COST; salt: Buffer; hash: Buffer };
const decoy: Stored = { cost: COST, salt: Buffer.alloc(16), hash: Buffer.alloc(32) };

function parse(stored: string): Stored | null {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !hash) return null;
  const bytes = Buffer.from(hash, 'base64url');
  return bytes.length === 32 ? { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), hash: bytes } : null;
}

const lanes = Array.from({ length: LANES }, () => ({ waiting: 0, last: Promise.resolve() }));

/** At most LANES computations at once: a burst of sign-ins must not take the memory of the process. */
function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const lane = lanes.reduce((best, other) => (other.waiting < best.waiting ? other : best));
  if (lane.waiting >= MOST_WAITING) {
    throw new Problem('too_many_requests', 'Many people are signing in at this moment. Try again in 15 seconds.', { data: { retryAfter: 15 } });
  }
  lane.waiting += 1;
  const work = lane.last.then(() => new Promise<Buffer>((resolve, reject) => {
    const options = { ...cost, maxmem: 192 * cost.N * cost.r };
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  })).finally(() => { lane.waiting -= 1; });
  lane.last = work.then(() => undefined, () => undefined);
  return work;
}
