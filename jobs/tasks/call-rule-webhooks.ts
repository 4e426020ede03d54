import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { callRuleWebhooks } from '#server/domain/automation/call.ts';

export const callRuleWebhooksTask: Task<'call-rule-webhooks'> = async ({ db }, { organizationId }) => {
  await callRuleWebhooks(createContext(db, organizationId, { kind: 'system', task: 'call-rule-webhooks' }));
};
