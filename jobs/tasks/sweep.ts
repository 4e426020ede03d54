import type { Task } from '#jobs/task.ts';
import { sweep } from '#server/domain/operation/sweep.ts';

export const sweepTask: Task<'sweep'> = ({ db }) => sweep(db);
