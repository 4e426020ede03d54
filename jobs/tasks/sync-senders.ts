import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { syncSendersFromTwilio } from '#server/domain/twilio-account/sync-senders.ts';

export const syncSendersTask: Task<'sync-senders'> = async ({ db }, { organizationId }) => {
  await syncSendersFromTwilio(createContext(db, organizationId, { kind: 'system', task: 'sync-senders' }));
};
