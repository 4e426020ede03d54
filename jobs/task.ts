import type { Db } from '#db/index.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import type { JobName, JobPayload } from '#server/queue.ts';

/** What a worker process gives to its tasks. */
export type WorkerContext = { db: Db; workerId: string; signal: AbortSignal; resolvePolicy?: ResolvePolicy };

/** A job's door: payload in, one verb called. */
export type Task<Name extends JobName> = (worker: WorkerContext, payload: JobPayload<Name>) => Promise<void>;
