import { memberProcedure, router } from '#server/api/trpc.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { duplicateTemplate } from '#server/domain/template/duplicate.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { readTemplate, readVersion } from '#server/domain/template/read.ts';
import { createTemplateInput, duplicateTemplateInput, listTemplatesInput, templateInput, updateTemplateInput, versionInput } from '#server/domain/template/schema.ts';
import { updateTemplate } from '#server/domain/template/update.ts';

export const templateRouter = router({
  list: memberProcedure.input(listTemplatesInput).query(({ ctx, input }) => listTemplates(ctx, input)),
  /** A family; the other procedures are about one version. */
  read: memberProcedure.input(templateInput).query(({ ctx, input }) => readTemplate(ctx, input)),
  readVersion: memberProcedure.input(versionInput).query(({ ctx, input }) => readVersion(ctx, input)),
  create: memberProcedure.input(createTemplateInput).mutation(({ ctx, input }) => createTemplate(ctx, input)),
  update: memberProcedure.input(updateTemplateInput).mutation(({ ctx, input }) => updateTemplate(ctx, input)),
  duplicate: memberProcedure.input(duplicateTemplateInput).mutation(({ ctx, input }) => duplicateTemplate(ctx, input)),
});
