import type { Task } from '#jobs/task.ts';

/** Stands here until there are rules: what came waits with rules_run_at null. */
export const runRulesTask: Task<'run-rules'> = async () => {};
