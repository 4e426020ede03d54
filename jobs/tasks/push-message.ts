import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { pushMessage } from '#server/domain/device/push-message.ts';

export const pushMessageTask: Task<'push-message'> = async ({ db }, { organizationId, messageId }) => {
  await pushMessage(createContext(db, organizationId, { kind: 'system', task: 'push-message' }), { messageId });
};
