import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { settleAndLookAgain } from '#server/domain/ledger/settle.ts';

export const settlePricesTask: Task<'settle-prices'> = async ({ db, resolvePolicy }, { organizationId }) => {
  await settleAndLookAgain(createContext(db, organizationId, { kind: 'system', task: 'settle-prices' }), resolvePolicy);
};
