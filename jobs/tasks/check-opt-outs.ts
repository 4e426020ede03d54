import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { checkDrift } from '#server/domain/consent/check-drift.ts';

export const checkOptOutsTask: Task<'check-opt-outs'> = async ({ db }, { organizationId }) => {
  await checkDrift(createContext(db, organizationId, { kind: 'system', task: 'check-opt-outs' }));
};
