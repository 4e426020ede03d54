import { memberProcedure, router } from '#server/api/trpc.ts';
import { addVariant } from '#server/domain/automation/add-variant.ts';
import { createRule } from '#server/domain/automation/create.ts';
import { deleteRule } from '#server/domain/automation/delete.ts';
import { ruleHistory } from '#server/domain/automation/history.ts';
import { listRules } from '#server/domain/automation/list.ts';
import { readRule } from '#server/domain/automation/read.ts';
import { reorderRules } from '#server/domain/automation/reorder.ts';
import { rotateSecret } from '#server/domain/automation/rotate-secret.ts';
import { addVariantInput, createRuleInput, reorderRulesInput, ruleHistoryInput, ruleInput, testCallInput, tryRulesInput, updateRuleInput } from '#server/domain/automation/schema.ts';
import { testCall } from '#server/domain/automation/test-call.ts';
import { tryRules } from '#server/domain/automation/try.ts';
import { updateRule } from '#server/domain/automation/update.ts';

export const automationRouter = router({
  list: memberProcedure.query(({ ctx }) => listRules(ctx)),
  read: memberProcedure.input(ruleInput).query(({ ctx, input }) => readRule(ctx, input)),
  history: memberProcedure.input(ruleHistoryInput).query(({ ctx, input }) => ruleHistory(ctx, input)),
  try: memberProcedure.input(tryRulesInput).query(({ ctx, input }) => tryRules(ctx, input)),
  create: memberProcedure.input(createRuleInput).mutation(({ ctx, input }) => createRule(ctx, input)),
  update: memberProcedure.input(updateRuleInput).mutation(({ ctx, input }) => updateRule(ctx, input)),
  delete: memberProcedure.input(ruleInput).mutation(({ ctx, input }) => deleteRule(ctx, input)),
  reorder: memberProcedure.input(reorderRulesInput).mutation(({ ctx, input }) => reorderRules(ctx, input)),
  addVariant: memberProcedure.input(addVariantInput).mutation(({ ctx, input }) => addVariant(ctx, input)),
  rotateSecret: memberProcedure.input(ruleInput).mutation(({ ctx, input }) => rotateSecret(ctx, input)),
  testCall: memberProcedure.input(testCallInput).mutation(({ ctx, input }) => testCall(ctx, input)),
});
