import { sql } from 'drizzle-orm';
import { inSystem, rows, type Db } from '#db/index.ts';
import { chargedStatuses } from '#server/domain/delivery/counts.ts';
import { checkReady } from '#server/domain/operation/check-ready.ts';
import { refusedWebhooks } from '#server/domain/operation/refused-webhooks.ts';
import type { HealthView } from '#server/domain/operation/schema.ts';

const WORKER_SILENCE = 60; // s; workers report every few seconds
const DUE_PATIENCE = 120; // s; a wake-up is picked up within seconds

type Checks = HealthView['checks'];
const unknownFacts: Omit<Checks, 'database' | 'migrations' | 'refusedWebhooks'> = {
  worker: { lastSeen: null }, oldestDueSeconds: null, unresolvedAttempts: null, unpricedMessages: null, oldestUnpricedSeconds: null,
};

/**
 * How the whole installation is doing. Down: nothing can be served. Degraded: people can work, but messages wait (no worker, work overdue), or the
 * schema is behind. Never throws.
 */
export async function readHealth(db: Db, version: string): Promise<HealthView> {
  const ready = await checkReady(db);
  if (ready.database === 'down' || ready.migrations !== 'current') {
    return { status: ready.database === 'down' ? 'down' : 'degraded', version, checks: { ...ready, ...unknownFacts, refusedWebhooks: refusedWebhooks() } };
  }
  const facts = await readFacts(db);
  const isSilent = facts.workerSilence === null || facts.workerSilence > WORKER_SILENCE;
  const isLate = (facts.oldestDueSeconds ?? 0) > DUE_PATIENCE;
  const { workerSilence: _, ...shown } = facts;
  return { status: isSilent || isLate ? 'degraded' : 'ok', version, checks: { ...ready, ...shown, refusedWebhooks: refusedWebhooks() } };
}

type Facts = Omit<Checks, 'database' | 'migrations' | 'refusedWebhooks'> & { workerSilence: number | null };

async function readFacts(db: Db): Promise<Facts> {
  const [row] = await inSystem(db, (tx) => rows<Record<'last_seen' | 'silence' | 'oldest_due' | 'unresolved' | 'unpriced' | 'oldest_unpriced', string | null>>(tx, sql`
    select
      (select to_char(max(last_seen_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from worker) as last_seen,
      (select extract(epoch from now() - max(last_seen_at)) from worker) as silence,
      (select extract(epoch from now() - min(due)) from (${due}) as work) as oldest_due,
      (select count(*) from attempt where state in ('intent', 'uncertain') and lease_until < now()) as unresolved,
      (select sum(unpriced) from (${unpriced}) as days) as unpriced,
      (select extract(epoch from now() - (min(day) + 1)::timestamp at time zone 'UTC') from (${unpriced}) as days where unpriced > 0) as oldest_unpriced`));
  return {
    worker: { lastSeen: row?.last_seen ?? null }, workerSilence: whole(row?.silence), oldestDueSeconds: whole(row?.oldest_due),
    unresolvedAttempts: whole(row?.unresolved) ?? 0, unpricedMessages: whole(row?.unpriced) ?? 0, oldestUnpricedSeconds: whole(row?.oldest_unpriced),
  };
}

/** Wake-ups that nobody has taken, and broadcasts whose hour has come: the second is the truth, the first says it sooner. */
const due = sql`
  select min(run_at) as due from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= now()
  union all select min(scheduled_at) from broadcast where status = 'scheduled' and scheduled_at <= now()`;

const unpriced = sql`
  select day, sum(deliveries - priced) as unpriced from daily_rollup
  where status in (${chargedStatuses}) group by day`;

const whole = (value: string | null | undefined) => (value === null || value === undefined ? null : Math.max(0, Math.round(Number(value))));
