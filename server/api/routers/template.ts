import { memberProcedure, router } from '#server/api/trpc.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { deleteTemplate } from '#server/domain/template/delete.ts';
import { duplicateTemplate } from '#server/domain/template/duplicate.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { readPinned } from '#server/domain/template/read-pinned.ts';
import { readTemplate, readVersion } from '#server/domain/template/read.ts';
import { refreshTemplate } from '#server/domain/template/refresh.ts';
import { createTemplateInput, duplicateTemplateInput, listTemplatesInput, pinnedInput, templateInput, updateTemplateInput, variableFactsInput, versionInput, watchTemplatesInput } from '#server/domain/template/schema.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { syncTemplates } from '#server/domain/template/sync.ts';
import { updateTemplate } from '#server/domain/template/update.ts';
import { readVariableFacts } from '#server/domain/template/variable-facts.ts';
import { watchTemplates } from '#server/domain/template/watch.ts';

export const templateRouter = router({
  list: memberProcedure.input(listTemplatesInput).query(({ ctx, input }) => listTemplates(ctx, input)),
  /** A family; the other procedures are about one version. */
  read: memberProcedure.input(templateInput).query(({ ctx, input }) => readTemplate(ctx, input)),
  readVersion: memberProcedure.input(versionInput).query(({ ctx, input }) => readVersion(ctx, input)),
  pinned: memberProcedure.input(pinnedInput).query(({ ctx, input }) => readPinned(ctx, input)),
  create: memberProcedure.input(createTemplateInput).mutation(({ ctx, input }) => createTemplate(ctx, input)),
  update: memberProcedure.input(updateTemplateInput).mutation(({ ctx, input }) => updateTemplate(ctx, input)),
  duplicate: memberProcedure.input(duplicateTemplateInput).mutation(({ ctx, input }) => duplicateTemplate(ctx, input)),
  submit: memberProcedure.input(versionInput).mutation(({ ctx, input }) => submitTemplate(ctx, input)),
  refresh: memberProcedure.input(versionInput).mutation(({ ctx, input }) => refreshTemplate(ctx, input)),
  delete: memberProcedure.input(versionInput).mutation(({ ctx, input }) => deleteTemplate(ctx, input)),
  sync: memberProcedure.mutation(({ ctx }) => syncTemplates(ctx)),
  /** Server-sent events: the versions that changed, as it becomes known. */
  watch: memberProcedure.input(watchTemplatesInput).subscription(({ ctx, input, signal }) => watchTemplates(ctx, input, signal)),
  variableFacts: memberProcedure.input(variableFactsInput).query(({ ctx, input }) => readVariableFacts(ctx, input)),
});
