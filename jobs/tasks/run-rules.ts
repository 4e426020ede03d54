import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { runRules } from '#server/domain/automation/run.ts';

export const runRulesTask: Task<'run-rules'> = async ({ db }, { organizationId, messageId }) => {
  await runRules(createContext(db, organizationId, { kind: 'system', task: 'run-rules' }), { messageId });
};
