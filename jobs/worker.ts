import { startWorker } from '#jobs/start-worker.ts';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';

const worker = await startWorker({ databaseUrl: env().DATABASE_URL });
log.info({ workerId: worker.workerId }, 'worker started');

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void worker.stop().then(() => process.exit(0));
  });
}
await worker.ended;
