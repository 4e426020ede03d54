import { sql } from 'drizzle-orm';
import { Gauge, Registry } from 'prom-client';
import { inSystem, rows, type Db } from '#db/index.ts';
import { readHealth } from '#server/domain/operation/read-health.ts';
import { readWebhookCounts } from '#server/domain/operation/webhook-counts.ts';

type Facts = Record<'due' | 'oldest_due_message' | 'p95' | 'last_callback' | 'oldest_check', string | null>;

/**
 * The installation in Prometheus' text format. All of it is read from the database, so every process answers the same; nothing is labelled with a person, a
 * number or an organisation.
 */
export async function readMetrics(db: Db, version: string): Promise<{ contentType: string; text: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number | null) => { if (value !== null) new Gauge({ name: `hailer_${name}`, help, registers: [registry] }).set(value); };
  const { status, checks } = await readHealth(db, version);
  gauge('up', '1: everything works, 0.5: messages wait, 0: nothing can be served.', { ok: 1, degraded: 0.5, down: 0 }[status]);
  if (checks.database === 'ok' && checks.migrations === 'current') {
    gauge('jobs_oldest_due_seconds', 'Age of the wake-up or scheduled broadcast that has been due the longest.', checks.oldestDueSeconds ?? 0);
    gauge('attempts_unresolved', 'Calls to Twilio whose outcome is still being found out, past their lease.', checks.unresolvedAttempts);
    gauge('messages_unpriced', 'Messages that Twilio took and has not priced.', checks.unpricedMessages);
    await addFacts(db, registry, gauge);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

async function addFacts(db: Db, registers: Registry, gauge: (name: string, help: string, value: number | null) => void) {
  const { facts, workers, deliveries, connections } = await readFacts(db);
  gauge('messages_due', 'Messages of broadcasts that are being sent and that nobody has handed over yet.', number(facts.due) ?? 0);
  gauge('messages_oldest_due_seconds', 'Age of the oldest repeat that is due.', number(facts.oldest_due_message) ?? 0);
  gauge('callbacks_p95_seconds', '95 of 100 of the latest messages had their first status callback within this time.', number(facts.p95));
  gauge('callbacks_last_seconds', 'Age of the latest status callback.', number(facts.last_callback));
  gauge('connections_oldest_check_seconds', 'Age of the test of a connection that was tested the longest ago.', number(facts.oldest_check));
  const heartbeat = new Gauge({ name: 'hailer_worker_heartbeat_age_seconds', help: 'Age of the last sign of life of each worker process.', labelNames: ['worker'], registers: [registers] });
  for (const { id, age } of workers) heartbeat.set({ worker: id }, Number(age));
  const sent = new Gauge({ name: 'hailer_deliveries', help: 'Messages handed over since the beginning, by channel and the status that they have now.', labelNames: ['channel', 'status'], registers: [registers] });
  for (const { channel, status, count } of deliveries) sent.set({ channel, status }, Number(count));
  const connected = new Gauge({ name: 'hailer_connections', help: 'Twilio accounts by the outcome of their last test.', labelNames: ['status'], registers: [registers] });
  for (const { status, count } of connections) connected.set({ status }, Number(count));
  const webhooks = new Gauge({ name: 'hailer_webhooks_total', help: "Requests at Twilio's doors since the beginning, by what became of them; written every few seconds.", labelNames: ['outcome'], registers: [registers] });
  for (const [outcome, count] of Object.entries(await readWebhookCounts(db))) webhooks.set({ outcome }, count);
}

const readFacts = (db: Db) => inSystem(db, async (tx) => {
  const [facts] = await rows<Facts>(tx, sql`
    with latest as materialized (select e.organization_id, e.sid, e.provider_status, e.received_at from twilio_account t cross join lateral (
      select * from message_event m where m.organization_id = t.organization_id order by m.id desc limit 200) e where e.source = 'callback'),
    firsts as (select organization_id, sid, min(received_at) as at from latest where provider_status in ('accepted', 'queued', 'sending', 'sent') group by 1, 2)
    select (select sum(r.deliveries) from broadcast b join broadcast_rollup r on r.organization_id = b.organization_id and r.broadcast_id = b.id and r.status = 'queued' where b.status = 'sending') as due,
      (select extract(epoch from now() - min(due_at)) from delivery_retry where due_at <= now()) as oldest_due_message,
      (select percentile_cont(0.95) within group (order by greatest(0, extract(epoch from f.at - a.answered_at)))
        from firsts f join attempt a on a.organization_id = f.organization_id and a.sid = f.sid where a.answered_at is not null) as p95,
      (select extract(epoch from now() - max(received_at)) from latest) as last_callback,
      (select extract(epoch from now() - min(checked_at)) from twilio_account) as oldest_check`);
  return {
    facts: facts!, // a select without from answers one row
    workers: await rows<{ id: string; age: string }>(tx, sql`select id, extract(epoch from now() - last_seen_at) as age from worker`),
    deliveries: await rows<{ channel: string; status: string; count: string }>(tx, sql`select channel, status, sum(deliveries) as count from daily_rollup group by 1, 2 having sum(deliveries) > 0`),
    connections: await rows<{ status: string; count: string }>(tx, sql`select status, count(*) as count from twilio_account group by 1`),
  };
});

const number = (value: string | null) => (value === null ? null : Math.round(Number(value) * 1000) / 1000);
