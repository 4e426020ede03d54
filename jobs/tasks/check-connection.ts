import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';

export const checkConnectionTask: Task<'check-connection'> = async ({ db }, { organizationId }) => {
  await checkTwilio(createContext(db, organizationId, { kind: 'system', task: 'check-connection' }));
};
