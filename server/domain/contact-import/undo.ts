import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contactImports } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { undoDays, undoUntil } from '#server/domain/contact-import/import-view.ts';
import type { UndoResult } from '#server/domain/contact-import/schema.ts';
import { expectMany } from '#server/domain/contact-import/settle.ts';
import { notFound, Problem } from '#server/errors.ts';

type ImportRow = typeof contactImports.$inferSelect;

/**
 * Takes an import back: who was made by it is deleted, who was changed gets the old values back, and nobody stays on its list because of it. What
 * somebody did since wins: people who were messaged, edited, noted, put on another list or opted out stay, and values that changed again stay. An
 * opt-out that the file brought stays in every case (D10).
 * @throws Problem not_found; invalid_state after 30 days, or the second time
 */
export async function undoImport(ctx: Context, { id }: { id: string }): Promise<UndoResult> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const row = await lockImport(tx, ctx, id);
    await expectMany(tx, row.createdCount + row.updatedCount + row.unchangedCount);
    await leaveList(tx, row);
    const { restored, left } = await restoreChanged(tx, ctx, row);
    const { deleted, kept } = await deleteMade(tx, row);
    if (row.hasMadeList && row.listId) await deleteList(tx, row, row.listId);
    await tx.update(contactImports).set({ undoneAt: ctx.now(), undoneBy: userId(ctx) }).where(and(eq(contactImports.organizationId, ctx.organizationId), eq(contactImports.id, id)));
    return { deleted, restored, kept, left };
  });
}

async function lockImport(tx: Tx, ctx: Context, id: string): Promise<ImportRow> {
  const [row] = await tx.select().from(contactImports).where(and(eq(contactImports.organizationId, ctx.organizationId), eq(contactImports.id, id))).for('update');
  if (!row) throw notFound('import');
  if (row.undoneAt) throw new Problem('invalid_state', 'This import was undone already.');
  if (undoUntil(row.createdAt) <= ctx.now()) throw new Problem('invalid_state', `An import can be undone for ${undoDays} days; this one is older. Change its people by hand.`);
  return row;
}

/** The changes of the import, as `x`. */
const ofImport = ({ organizationId, id }: ImportRow) => sql`x.organization_id = ${organizationId} and x.import_id = ${id}`;

async function leaveList(tx: Tx, row: ImportRow): Promise<void> {
  if (!row.listId) return;
  const member = sql`m.organization_id = x.organization_id and m.list_id = ${row.listId} and m.contact_id = x.contact_id`;
  await tx.execute(sql`delete from list_member m using contact_import_change x where ${ofImport(row)} and x.has_joined and ${member}`);
  await tx.execute(sql`
    update list_member m set data = x.member_data_before from contact_import_change x
    where ${ofImport(row)} and not x.has_joined and x.member_data_before is not null and ${member} and m.data = x.after->'memberData'`);
}

const texts = ['email', 'first_name', 'last_name', 'time_zone', 'consent_source'];
const restoredText = (name: string) => {
  const [column, key] = [sql.identifier(name), sql.raw(`'${name}'`)];
  return sql`${column} = case when x.after ? ${key} and c.${column} is not distinct from x.after->>${key} then x.before->>${key} else c.${column} end`;
};

/** Value by value: what is not what the import wrote belongs to somebody else by now. */
async function restoreChanged(tx: Tx, ctx: Context, row: ImportRow) {
  const isUntouched = sql`c.updated_at = (x.after->>'updated_at')::timestamptz`;
  const [counts] = await rows<{ restored: number; left: number }>(tx, sql`
    with old as materialized (
      select c.id, ${isUntouched} as is_untouched from contact_import_change x join contact c on c.organization_id = x.organization_id and c.id = x.contact_id
      where ${ofImport(row)} and x.after ? 'updated_at' order by c.phone for no key update of c),
    restored as (
      update contact c set ${sql.join(texts.map(restoredText), sql`, `)},
        consent_at = case when x.after ? 'consent_at' and c.consent_at is not distinct from (x.after->>'consent_at')::timestamptz then (x.before->>'consent_at')::timestamptz else c.consent_at end,
        tags = case when to_jsonb(c.tags) = x.after->'tags' then array(select t.tag from jsonb_array_elements_text(x.before->'tags') with ordinality t(tag, n) order by t.n) else c.tags end,
        fields = (select (c.fields - coalesce(array_agg(f.key), '{}')) || coalesce(jsonb_object_agg(f.key, x.before->'fields'->f.key) filter (where x.before->'fields' ? f.key), '{}')
          from jsonb_each(coalesce(x.after->'fields', '{}')) f where c.fields->f.key = f.value),
        updated_at = case when old.is_untouched and not (c.opted_out and c.opted_out_source = 'import' and c.opted_out_at = ${row.createdAt.toISOString()}::timestamptz)
          then (x.before->>'updated_at')::timestamptz else ${ctx.now().toISOString()}::timestamptz end
      from contact_import_change x, old where ${ofImport(row)} and x.contact_id = old.id and c.organization_id = x.organization_id and c.id = old.id)
    select count(*) filter (where is_untouched)::int as restored, count(*) filter (where not is_untouched)::int as left from old`);
  return counts!;
}

/** Somebody has had to do with this person since. */
const isInUse = (row: ImportRow) => sql`(
  c.updated_at <> ${row.createdAt.toISOString()}::timestamptz
  or exists (select 1 from contact_reach r where r.organization_id = c.organization_id and r.contact_id = c.id)
  or exists (select 1 from list_member m where m.organization_id = c.organization_id and m.contact_id = c.id)
  or exists (select 1 from broadcast_contact b where b.organization_id = c.organization_id and b.contact_id = c.id)
  or exists (select 1 from activity a where a.organization_id = c.organization_id and a.contact_id = c.id and a.created_at <> ${row.createdAt.toISOString()}::timestamptz)
  or exists (select 1 from broadcast b join broadcast_delivery d on d.broadcast_id = b.id and d.recipient = c.phone where b.organization_id = c.organization_id and b.status in ('sending', 'paused')))`;

async function deleteMade(tx: Tx, row: ImportRow) {
  const made = sql`select c.id from contact_import_change x join contact c on c.organization_id = x.organization_id and c.id = x.contact_id where ${ofImport(row)} and x.before is null`;
  const [counts] = await rows<{ deleted: number; kept: number }>(tx, sql`
    with made as materialized (${made} order by c.phone for update of c),
    gone as (delete from contact c using made where c.organization_id = ${row.organizationId} and c.id = made.id and not ${isInUse(row)} returning 1)
    select (select count(*)::int from gone) as deleted, (select count(*)::int from made) - (select count(*)::int from gone) as kept`);
  return counts!;
}

/** Unless somebody uses it by now. */
const deleteList = (tx: Tx, row: ImportRow, listId: string) => tx.execute(sql`
  delete from list l where l.organization_id = ${row.organizationId} and l.id = ${listId}
    and not exists (select 1 from list_member m where m.organization_id = l.organization_id and m.list_id = l.id)
    and not exists (select 1 from broadcast_list b where b.organization_id = l.organization_id and b.list_id = l.id)
    and not exists (select 1 from saved_filter f where f.organization_id = l.organization_id and (f.definition::text like '%"' || l.slug || '"%' or f.definition::text like '%"' || l.id || '"%'))`);
