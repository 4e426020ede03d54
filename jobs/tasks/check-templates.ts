import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { checkTemplates } from '#server/domain/template/check.ts';

export const checkTemplatesTask: Task<'check-templates'> = async ({ db }, { organizationId }) => {
  await checkTemplates(createContext(db, organizationId, { kind: 'system', task: 'check-templates' }));
};
