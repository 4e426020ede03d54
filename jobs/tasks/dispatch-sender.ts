import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { dispatchSender } from '#server/domain/broadcast/dispatch.ts';

// One dispatcher per sender in this process; a second wake-up finds the first at work. Other processes may dispatch the same sender.
const running = new Set<string>();

export const dispatchSenderTask: Task<'dispatch-sender'> = async ({ db, workerId, signal, resolvePolicy }, { organizationId, paceId }) => {
  if (running.has(paceId)) return;
  running.add(paceId);
  try {
    await dispatchSender(createContext(db, organizationId, { kind: 'system', task: 'dispatch-sender' }), { paceId, workerId, signal, policy: resolvePolicy });
  } finally {
    running.delete(paceId);
  }
};
