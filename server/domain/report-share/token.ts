import { createHash } from 'node:crypto';

/** 128 random bits in hex, as ctx.randomToken makes them. */
const TOKEN = /^[0-9a-f]{32}$/;

/** What is kept of a token, or null for what never was one. */
export const hashOfToken = (token: string): string | null => (TOKEN.test(token) ? createHash('sha256').update(token).digest('hex') : null);
