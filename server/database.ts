import { connect, type Db } from '#db/index.ts';
import { env } from '#server/env.ts';
import { erasureKeys } from '#server/erasure-keys.ts';

// Kept on globalThis: the development server loads modules anew on each change and would otherwise open a new pool each time.
const held = globalThis as { hailerDatabase?: Db };

/** The pool of this process, opened at first use. */
export const database = (): Db => (held.hailerDatabase ??= connect(env().DATABASE_URL, 10, erasureKeys(env().ENCRYPTION_KEY)));
