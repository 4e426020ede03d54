import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { startScheduled } from '#server/domain/broadcast/start-scheduled.ts';

export const startBroadcastTask: Task<'start-broadcast'> = async ({ db }, { organizationId, broadcastId }) => {
  await startScheduled(createContext(db, organizationId, { kind: 'system', task: 'start-broadcast' }), { broadcastId });
};
