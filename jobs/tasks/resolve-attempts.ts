import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { resolveAttempts } from '#server/domain/delivery/resolve.ts';

export const resolveAttemptsTask: Task<'resolve-attempts'> = async ({ db, workerId, resolvePolicy }, { organizationId }) => {
  await resolveAttempts(createContext(db, organizationId, { kind: 'system', task: 'resolve-attempts' }), { workerId, policy: resolvePolicy });
};
