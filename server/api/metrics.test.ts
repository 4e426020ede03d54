import { afterAll, expect, test, vi } from 'vitest';
import { createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { twilioAccounts, workers } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { flushWebhookCounts, readWebhookCounts } from '#server/domain/operation/webhook-counts.ts';

const { db, url } = await testDatabase();
const TOKEN = 'metrics-token-of-32-characters-xx';
for (const [name, value] of Object.entries({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32) })) vi.stubEnv(name, value);
afterAll(() => vi.unstubAllEnvs());

async function metrics(set: string | undefined, given?: string) {
  vi.stubEnv('METRICS_TOKEN', set);
  vi.resetModules();
  const { answerMetrics } = await import('./metrics.ts');
  const answer = await answerMetrics(new Request('http://inside/api/metrics', given === undefined ? {} : { headers: { authorization: given } }));
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

test('metrics are for who has the token; where none is set there are none', async () => {
  expect((await metrics(undefined, `Bearer ${TOKEN}`)).status).toBe(404);
  expect((await metrics(TOKEN)).status).toBe(401);
  expect((await metrics(TOKEN, 'Bearer wrong')).status).toBe(401);
  expect(await metrics(TOKEN, `Bearer ${TOKEN}`)).toMatchObject({ status: 200, type: expect.stringContaining('text/plain') });
});

test('metrics come from the database: workers, connections, webhooks of all processes; nobody is named', async () => {
  const { id } = await createOrganization(db);
  await inSystem(db, async (tx) => {
    await tx.insert(workers).values({ id: 'worker-7', lastSeenAt: new Date() });
    await tx.insert(twilioAccounts).values({ organizationId: id, accountSid: `AC${'1'.repeat(32)}`, status: 'broken', checkedAt: new Date() });
  });
  const { receiveStatusCallback } = await import('./webhook.ts');
  const before = await readWebhookCounts(db);
  for (let i = 0; i < 3; i++) await receiveStatusCallback(new Request('http://inside/connect/webhook/twilio/status', { method: 'POST', body: 'From=nobody' }));
  await flushWebhookCounts(db);
  expect((await readWebhookCounts(db)).refused).toBe(before.refused + 3);
  const { text } = await metrics(TOKEN, `Bearer ${TOKEN}`);
  expect(text).toMatch(/^hailer_up 1$/m);
  expect(text).toMatch(/^hailer_messages_due 0$/m);
  expect(text).toMatch(/^hailer_messages_unpriced 0$/m);
  expect(text).toMatch(/^hailer_worker_heartbeat_age_seconds\{worker="worker-7"\} [\d.]+$/m);
  expect(text).toMatch(/^hailer_connections\{status="broken"\} 1$/m);
  expect(text).toMatch(/^hailer_webhooks_total\{outcome="refused"\} 3$/m);
  expect(text).not.toContain(id);
  expect(text).not.toMatch(/AC1{32}|\+\d{7}/);
});
