import { sql } from 'drizzle-orm';
import { inSystem, rows, type Db } from '#db/index.ts';

/** A worker that has not reported for this long is dead, in seconds. */
const DEAD_AFTER = 30;

/** Reports that a worker process lives, and under which names its job runners lock jobs. */
export async function heartbeat(db: Db, worker: { id: string; lockIds: string[] }): Promise<void> {
  await db.execute(sql`
    insert into worker (id, lock_ids) values (${worker.id}, ${`{${worker.lockIds.join(',')}}`}::text[])
    on conflict (id) do update set last_seen_at = now(), lock_ids = excluded.lock_ids`);
}

export async function leave(db: Db, workerId: string): Promise<void> {
  await db.execute(sql`delete from worker where id = ${workerId}`);
}

/**
 * Frees the jobs of workers that died without a word (SIGKILL, power): graphile-worker itself would wait four hours. Their jobs may then run again,
 * which every verb allows.
 */
export async function freeDeadWorkers(db: Db): Promise<void> {
  await inSystem(db, async (tx) => {
    const dead = await rows<{ lock_ids: string[] }>(tx, sql`delete from worker where last_seen_at < now() - make_interval(secs => ${DEAD_AFTER}) returning lock_ids`);
    const lockIds = JSON.stringify(dead.flatMap(({ lock_ids }) => lock_ids));
    if (dead.length > 0) await tx.execute(sql`select graphile_worker.force_unlock_workers(array(select value from json_array_elements_text(${lockIds}::json)))`);
  });
}
