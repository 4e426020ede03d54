import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { pushDueConsents } from '#server/domain/opt-out/push.ts';

export const pushConsentsTask: Task<'push-consents'> = async ({ db }, { organizationId }) => {
  await pushDueConsents(createContext(db, organizationId, { kind: 'system', task: 'push-consents' }));
};
