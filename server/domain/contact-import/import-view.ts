import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { ImportView } from '#server/domain/contact-import/schema.ts';

const UNDO_DAYS = 30;
type Row = {
  id: string; file_name: string; slug: string | null; list_name: string | null; created_count: number; updated_count: number; unchanged_count: number; refused_count: number;
  imported_by: string | null; created_at: string; undone_at: string | null; undone_by: string | null; upload_id: string | null;
};

/** Until when an import of this moment can be undone. */
export const undoUntil = (createdAt: Date): Date => new Date(createdAt.getTime() + UNDO_DAYS * 86_400_000);
export const undoDays = UNDO_DAYS;

/** Imports as the doors show them, newest first: those named, or a page. */
export async function importsOf(tx: Tx, ctx: Context, which: { ids: readonly string[] } | { limit: number; offset: number }): Promise<ImportView[]> {
  if ('ids' in which && which.ids.length === 0) return [];
  const found = await rows<Row>(tx, sql`
    select i.id, i.file_name, l.slug, l.name as list_name, i.created_count, i.updated_count, i.unchanged_count, i.refused_count, u.name as imported_by, i.created_at, i.undone_at, w.name as undone_by,
      (select f.id from contact_upload f where f.organization_id = i.organization_id and f.import_id = i.id limit 1) as upload_id
    from contact_import i left join list l on l.organization_id = i.organization_id and l.id = i.list_id left join "user" u on u.id = i.imported_by left join "user" w on w.id = i.undone_by
    where i.organization_id = ${ctx.organizationId} ${'ids' in which ? sql`and i.id::text in (select json_array_elements_text(${JSON.stringify(which.ids)}::json))` : sql``}
    order by i.created_at desc, i.id ${'ids' in which ? sql`` : sql`limit ${which.limit} offset ${which.offset}`}`);
  return found.map((row) => viewOf(row, ctx.now()));
}

function viewOf(row: Row, now: Date): ImportView {
  const until = undoUntil(new Date(row.created_at));
  return {
    id: row.id, fileName: row.file_name, list: row.slug === null ? null : { slug: row.slug, name: row.list_name ?? row.slug }, created: row.created_count, updated: row.updated_count, unchanged: row.unchanged_count,
    refused: row.refused_count, importedBy: row.imported_by, createdAt: new Date(row.created_at).toISOString(), undoneAt: row.undone_at && new Date(row.undone_at).toISOString(), undoneBy: row.undone_by,
    undoUntil: row.undone_at === null && until > now ? until.toISOString() : null, uploadId: row.upload_id,
  };
}
