import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templates, templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { pause } from '#server/domain/pause.ts';
import type { TemplateChanges, WatchTemplatesInput } from '#server/domain/template/schema.ts';
import { summaryColumns, summaryOf } from '#server/domain/template/view.ts';

const INTERVAL = 700; // ms; while nothing happens it costs one aggregate

type Known = { summary: TemplateChanges['changed'][number]; print: string };

/**
 * P59: what changed, as it becomes known, until the reader goes away: of one family or of all. First comes an event without changes. A check that found
 * everything as it was has an event too, for its moment.
 */
export async function* watchTemplates(ctx: Context, input: WatchTemplatesInput, signal?: AbortSignal): AsyncGenerator<TemplateChanges> {
  let [last, before] = ['', null as Map<string, Known> | null];
  while (!signal?.aborted) {
    const mark = await ctx.transaction((tx) => readMark(tx, ctx, input));
    if (mark.text !== last) {
      const now = await ctx.transaction((tx) => readVersions(tx, ctx, input));
      yield { ...differences(before ?? now, now), checkedAt: mark.checkedAt };
      [last, before] = [mark.text, now];
    }
    await pause(INTERVAL, signal);
  }
}

const watched = (ctx: Context, { templateId }: WatchTemplatesInput) =>
  and(eq(templateVersions.organizationId, ctx.organizationId), isNull(templateVersions.deletedAt), templateId ? eq(templateVersions.templateId, templateId) : undefined);

async function readMark(tx: Tx, ctx: Context, input: WatchTemplatesInput): Promise<{ text: string; checkedAt: string | null }> {
  const v = templateVersions;
  const print = sql`hashtextextended(concat_ws('|', ${v.id}, ${v.status}, ${v.grantedCategory}, ${v.revision}, ${v.updatedAt}), 0)::numeric`;
  const [mark] = await tx.select({ sum: sql<string>`coalesce(sum(${print}), 0)::text`, checkedAt: sql<string | null>`max(${v.checkedAt})` }).from(v).where(watched(ctx, input));
  const checkedAt = mark!.checkedAt && new Date(mark!.checkedAt).toISOString();
  return { text: `${mark!.sum} ${checkedAt}`, checkedAt };
}

async function readVersions(tx: Tx, ctx: Context, input: WatchTemplatesInput): Promise<Map<string, Known>> {
  const found = await tx.select({ version: summaryColumns, name: templates.name }).from(templateVersions)
    .innerJoin(templates, and(eq(templates.organizationId, templateVersions.organizationId), eq(templates.id, templateVersions.templateId))).where(watched(ctx, input));
  return new Map(found.map(({ version, name }) => {
    const summary = { ...summaryOf(version), templateId: version.templateId, name };
    return [version.id, { summary, print: JSON.stringify({ ...summary, checkedAt: null }) }];
  }));
}

const differences = (before: Map<string, Known>, now: Map<string, Known>) => ({
  changed: [...now].filter(([id, { print }]) => before.get(id)?.print !== print).map(([, { summary }]) => summary),
  deleted: [...before.keys()].filter((id) => !now.has(id)),
});
