import { createHash, timingSafeEqual } from 'node:crypto';
import packageJson from '#package.json' with { type: 'json' };
import { database } from '#server/database.ts';
import { readMetrics } from '#server/domain/operation/read-metrics.ts';
import { env } from '#server/env.ts';

/** Metrics for Prometheus behind METRICS_TOKEN (`Authorization: Bearer …`). Without one set there is nothing here. */
export async function answerMetrics(request: Request): Promise<Response> {
  const { METRICS_TOKEN } = env();
  if (!METRICS_TOKEN) return new Response('Not found\n', { status: 404 });
  if (!isSame(request.headers.get('authorization') ?? '', `Bearer ${METRICS_TOKEN}`)) return new Response('Send Authorization: Bearer with METRICS_TOKEN.\n', { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  const { contentType, text } = await readMetrics(database(), packageJson.version);
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}

/** Hashes have one length, so the time that it takes tells nothing. */
const isSame = (given: string, wanted: string) => timingSafeEqual(hash(given), hash(wanted));
const hash = (text: string) => createHash('sha256').update(text).digest();
