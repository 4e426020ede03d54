import { eq } from 'drizzle-orm';
import { contactImports } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { importsOf } from '#server/domain/contact-import/import-view.ts';
import { listImportsInput, type ImportView, type ListImportsInput } from '#server/domain/contact-import/schema.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** Finished imports, newest first. */
export async function listImports(ctx: Context, input: ListImportsInput): Promise<Page<ImportView>> {
  const at = listImportsInput.parse(input);
  return ctx.transaction(async (tx) => page(
    await importsOf(tx, ctx, { limit: at.ps, offset: (at.p - 1) * at.ps }),
    await tx.$count(contactImports, eq(contactImports.organizationId, ctx.organizationId)), at));
}
