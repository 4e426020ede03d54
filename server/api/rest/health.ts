import type { OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import packageJson from '#package.json' with { type: 'json' };
import { json } from '#server/api/rest/answer.ts';
import type { Variables } from '#server/api/rest/app.ts';
import { database } from '#server/database.ts';
import { checkReady } from '#server/domain/operation/check-ready.ts';
import { readHealth } from '#server/domain/operation/read-health.ts';
import { healthView } from '#server/domain/operation/schema.ts';

const liveView = z.object({ status: z.literal('ok') });
const readyView = z.object({ status: z.enum(['ok', 'down']), checks: z.object({ database: z.string(), migrations: z.string() }) });

/**
 * What load balancers and operators ask, without a token and without the envelope: live (the process answers), ready (it can serve), and health
 * (the whole installation; 503 only when it is down, since a restart would not bring a worker back).
 */
export function addHealth(app: OpenAPIHono<Variables>): void {
  app.get('/api/health/live', () => json({ status: 'ok' }, 200));
  app.get('/api/health/ready', async () => {
    const checks = await checkReady(database());
    const isReady = checks.database === 'ok' && checks.migrations === 'current';
    return json({ status: isReady ? 'ok' : 'down', checks }, isReady ? 200 : 503);
  });
  app.get('/api/health', async () => {
    const health = await readHealth(database(), packageJson.version);
    return json(health, health.status === 'down' ? 503 : 200);
  });
  describe(app, '/api/health/live', 'Does this process answer?', liveView);
  describe(app, '/api/health/ready', 'Can it serve requests?', readyView);
  describe(app, '/api/health', 'How is the installation doing?', healthView);
}

function describe(app: OpenAPIHono<Variables>, path: string, summary: string, schema: z.ZodType) {
  const content = { 'application/json': { schema } };
  app.openAPIRegistry.registerPath({
    method: 'get', path, tags: ['Operations'], summary, security: [], operationId: `get${path.split('/').slice(2).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`,
    responses: { 200: { description: summary, content }, ...(path.endsWith('live') ? {} : { 503: { description: 'Down', content } }) },
  });
}
