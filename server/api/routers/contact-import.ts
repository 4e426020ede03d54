import { memberProcedure, router } from '#server/api/trpc.ts';
import { discardUpload } from '#server/domain/contact-import/discard.ts';
import { listImports } from '#server/domain/contact-import/list.ts';
import { listUploads, readUpload } from '#server/domain/contact-import/read.ts';
import { repairRows } from '#server/domain/contact-import/repair.ts';
import { listUploadRows } from '#server/domain/contact-import/rows.ts';
import { listImportsInput, listUploadRowsInput, repairRowsInput, startImportInput, updateUploadInput, uploadInput } from '#server/domain/contact-import/schema.ts';
import { startImport } from '#server/domain/contact-import/start.ts';
import { undoImport } from '#server/domain/contact-import/undo.ts';
import { updateUpload } from '#server/domain/contact-import/update.ts';

export const contactImportRouter = router({
  list: memberProcedure.input(listImportsInput).query(({ ctx, input }) => listImports(ctx, input)),
  undo: memberProcedure.input(uploadInput).mutation(({ ctx, input }) => undoImport(ctx, input)),
  uploads: memberProcedure.query(({ ctx }) => listUploads(ctx)),
  upload: memberProcedure.input(uploadInput).query(({ ctx, input }) => readUpload(ctx, input)),
  rows: memberProcedure.input(listUploadRowsInput).query(({ ctx, input }) => listUploadRows(ctx, input)),
  updateUpload: memberProcedure.input(updateUploadInput).mutation(({ ctx, input }) => updateUpload(ctx, input)),
  repair: memberProcedure.input(repairRowsInput).mutation(({ ctx, input }) => repairRows(ctx, input)),
  start: memberProcedure.input(startImportInput).mutation(({ ctx, input }) => startImport(ctx, input)),
  discard: memberProcedure.input(uploadInput).mutation(({ ctx, input }) => discardUpload(ctx, input)),
});
