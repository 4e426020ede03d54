import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { pushNotice } from '#server/domain/device/push-message.ts';

export const pushNoticeTask: Task<'push-notice'> = async ({ db }, { organizationId, runId }) => {
  await pushNotice(createContext(db, organizationId, { kind: 'system', task: 'push-notice' }), { messageId: runId });
};
