import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { readUsage } from '#server/domain/ledger/read-usage.ts';

export const readUsageTask: Task<'read-usage'> = async ({ db }, { organizationId }) => {
  await readUsage(createContext(db, organizationId, { kind: 'system', task: 'read-usage' }));
};
