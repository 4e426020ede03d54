import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { templateVersions } from '#db/schema/index.ts';
import type { Draft } from '#server/channels/index.ts';
import { toNumbered } from '#server/channels/whatsapp/mapping.ts';
import type { PinnedTemplate } from '#server/channels/whatsapp/template.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';

type Version = typeof templateVersions.$inferSelect;
/** A version `v` of the family `t` as a column, null where there is none. */
export type PinnedVersion = Pick<Version, 'id' | 'language' | 'status' | 'category' | 'content' | 'variables' | 'positions' | 'isSynced'> & { name: string; contentSid: string };

/** What a broadcast `b` pins, for one more column of a statement; nothing is looked up for one that names no template. */
export const pinnedVersion = sql`(
  select json_build_object('id', v.id, 'contentSid', v.content_sid, 'name', t.name, 'language', v.language, 'status', v.status, 'category', coalesce(v.granted_category, v.category),
    'content', v.content, 'variables', v.variables, 'positions', v.positions, 'isSynced', v.is_synced)
  from template_version v join template t on t.organization_id = v.organization_id and t.id = v.template_id
  where b.template_sid is not null and v.organization_id = b.organization_id and v.content_sid = b.template_sid and v.deleted_at is null)`;

/** As the channels know it. One that was made elsewhere has its numbers already. */
export function pinnedTemplate(version: PinnedVersion | null): PinnedTemplate | null {
  if (!version) return null;
  const { id: _, isSynced, content, ...pinned } = version;
  return { ...pinned, content: isSynced ? content : toNumbered(content).content };
}

/** What the channel needs of a row, with its template as it stands now. */
export async function readDraft(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<Draft> {
  const { content, mediaUrls, templateSid, templateVariables, missingValues, optOutLine } = broadcast;
  return { content, mediaUrls, templateSid, templateVariables, missingValues, optOutLine, template: templateSid ? pinnedTemplate(await readVersion(tx, ctx, broadcast.id)) : null };
}

/** The version that a SID names, as it stands now. */
export async function readTemplateBySid(tx: Tx, ctx: Context, templateSid: string): Promise<PinnedTemplate | null> {
  const [found] = await rows<{ version: PinnedVersion | null }>(tx, sql`select ${pinnedVersion} as version from (select ${ctx.organizationId}::uuid as organization_id, ${templateSid}::text as template_sid) b`);
  return pinnedTemplate(found?.version ?? null);
}

async function readVersion(tx: Tx, ctx: Context, id: string): Promise<PinnedVersion | null> {
  const [found] = await rows<{ version: PinnedVersion | null }>(tx, sql`select ${pinnedVersion} as version from broadcast b where b.organization_id = ${ctx.organizationId} and b.id = ${id}`);
  return found?.version ?? null;
}
