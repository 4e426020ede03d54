import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import { connect, disconnect } from '#db/index.ts';
import { callRuleWebhooksTask } from '#jobs/tasks/call-rule-webhooks.ts';
import { checkConnectionTask } from '#jobs/tasks/check-connection.ts';
import { checkOptOutsTask } from '#jobs/tasks/check-opt-outs.ts';
import { checkTemplatesTask } from '#jobs/tasks/check-templates.ts';
import { dispatchSenderTask } from '#jobs/tasks/dispatch-sender.ts';
import { readUsageTask } from '#jobs/tasks/read-usage.ts';
import { importContactsTask } from '#jobs/tasks/import-contacts.ts';
import { pushConsentsTask } from '#jobs/tasks/push-consents.ts';
import { pushMessageTask } from '#jobs/tasks/push-message.ts';
import { pushNoticeTask } from '#jobs/tasks/push-notice.ts';
import { resolveAttemptsTask } from '#jobs/tasks/resolve-attempts.ts';
import { runRulesTask } from '#jobs/tasks/run-rules.ts';
import { settlePricesTask } from '#jobs/tasks/settle-prices.ts';
import { startBroadcastTask } from '#jobs/tasks/start-broadcast.ts';
import { sweepTask } from '#jobs/tasks/sweep.ts';
import { syncSendersTask } from '#jobs/tasks/sync-senders.ts';
import type { Task, WorkerContext } from '#jobs/task.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { freeDeadWorkers, heartbeat, leave } from '#server/domain/operation/heartbeat.ts';
import { env } from '#server/env.ts';
import { erasureKeys } from '#server/erasure-keys.ts';
import { faultOf, log } from '#server/log.ts';
import { jobs, type JobName } from '#server/queue.ts';

const tasks: { [Name in JobName]: Task<Name> } = {
  'call-rule-webhooks': callRuleWebhooksTask,
  'check-connection': checkConnectionTask,
  'check-opt-outs': checkOptOutsTask,
  'check-templates': checkTemplatesTask,
  'dispatch-sender': dispatchSenderTask,
  'read-usage': readUsageTask,
  'import-contacts': importContactsTask,
  'push-consents': pushConsentsTask,
  'push-message': pushMessageTask,
  'push-notice': pushNoticeTask,
  'resolve-attempts': resolveAttemptsTask,
  'run-rules': runRulesTask,
  'settle-prices': settlePricesTask,
  'start-broadcast': startBroadcastTask,
  sweep: sweepTask,
  'sync-senders': syncSendersTask,
};

export type WorkerOptions = {
  databaseUrl: string;
  /** Jobs at once; a dispatching job lasts as long as its broadcasts. */
  concurrency?: number;
  /** How often lost work is looked for, and the worker reports that it lives. Milliseconds. */
  sweepEvery?: number;
  resolvePolicy?: ResolvePolicy;
};

/** Runs the jobs of all organisations in this process until `stop`: calls under way get their answers, then the process may end. */
export async function startWorker({ databaseUrl, concurrency = 20, sweepEvery = 5_000, resolvePolicy }: WorkerOptions) {
  const db = connect(databaseUrl, 10, erasureKeys(env().ENCRYPTION_KEY));
  const stopping = new AbortController();
  const worker: WorkerContext = { db, workerId: `${process.pid}-${randomBytes(4).toString('hex')}`, signal: stopping.signal, resolvePolicy };
  const lockIds: string[] = [];
  const events = new EventEmitter() as WorkerEvents;
  events.on('pool:create', ({ workerPool }) => lockIds.push(workerPool.id)); // jobs are locked by the pool
  events.on('worker:create', ({ worker: { workerId } }) => lockIds.push(workerId));
  const runner = await run({ connectionString: databaseUrl, events, concurrency, taskList: taskList(worker), noHandleSignals: true, pollInterval: 1_000, maxPoolSize: concurrency + 4, logger: quietLogger() });
  const tend = () => sweepOnce(worker, lockIds);
  await tend();
  const timer = setInterval(() => void tend(), sweepEvery);
  return {
    workerId: worker.workerId,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await runner.stop().catch(() => {});
      await leave(db, worker.workerId).catch(() => {}); // without a database the row ages and counts as dead
      await disconnect(db);
    },
    /** Resolves when the runner ends by itself, e.g. because the database is gone for good. */
    ended: runner.promise,
  };
}

async function sweepOnce({ db, workerId }: WorkerContext, lockIds: string[]) {
  try {
    await heartbeat(db, { id: workerId, lockIds });
    await freeDeadWorkers(db);
    await sweepTask({ db, workerId, signal: new AbortController().signal }, {});
  } catch (error) {
    log.warn(faultOf(error), 'the sweep failed; it runs again in a moment');
  }
}

/** Payloads are parsed: old jobs outlive the code that wrote them. */
function taskList(worker: WorkerContext): TaskList {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, async (payload: unknown) => {
    try {
      await (task as (worker: WorkerContext, payload: unknown) => Promise<void>)(worker, jobs[name as JobName].parse(payload));
    } catch (error) {
      log.error({ job: name, ...faultOf(error) }, 'a job failed; it is tried again');
      throw new Error(faultOf(error).error); // graphile-worker stores the message: ids and codes only
    }
  }]));
}

const quietLogger = () => new Logger(() => (level, message) => { if (level === 'error') log.error({ from: 'graphile-worker' }, message.slice(0, 200)); });
