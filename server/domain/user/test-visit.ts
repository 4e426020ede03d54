import { scryptSync } from 'node:crypto';
import type { Db } from '#db/index.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/** For tests: a visit whose clock stands until `pass` moves it. */
export function testVisit(db: Db, values: Partial<Visit> = {}) {
  let time = new Date('2026-03-01T12:00:00Z').getTime();
  const visit: Visit = {
    db, now: () => new Date(time), address: '198.51.100.7', userAgent: 'test', secret: 's'.repeat(32), publicUrl: 'https://hailer.example', ...values,
  };
  return { visit, pass: (seconds: number) => { time += seconds * 1000; } };
}

/** A hash in the stored form that costs next to nothing to check. */
export function cheapHash(password: string): string {
  const salt = Buffer.alloc(16, 1);
  return ['scrypt', 16, 8, 1, salt.toString('base64url'), scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 }).toString('base64url')].join('$');
}
