import { and, eq, inArray, isNull } from 'drizzle-orm';
import { templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { readCategory, recordTemplateStatus, statusOf } from '#server/domain/template/record-status.ts';
import { whereVersion } from '#server/domain/template/row.ts';
import type { TemplateEvent } from '#server/twilio/callbacks.ts';

/** What Twilio pushed about templates of one organisation, in any order. A content that is not known here is ignored; a word that is not is read up. */
export async function recordTemplateEvents(ctx: Context, events: TemplateEvent[]): Promise<void> {
  const sids = [...new Set(events.map(({ contentSid }) => contentSid))];
  if (sids.length === 0) return;
  await ctx.transaction(async (tx) => {
    const found = await tx.select().from(templateVersions)
      .where(and(eq(templateVersions.organizationId, ctx.organizationId), inArray(templateVersions.contentSid, sids), isNull(templateVersions.deletedAt))).orderBy(templateVersions.id).for('update');
    const versions = new Map(found.map((version) => [version.contentSid, version]));
    for (const { contentSid, kind, value, at } of events.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      const version = versions.get(contentSid);
      if (!version) continue;
      const status = kind === 'status' ? statusOf(value) : version.status;
      const category = kind === 'category' ? readCategory(value) : null;
      const isKnown = status !== null && status !== 'draft' && (kind === 'status' || category !== null);
      if (isKnown) versions.set(contentSid, await recordTemplateStatus(tx, ctx, version, { status, category, reason: null, source: 'event', at }));
      else await tx.update(templateVersions).set({ nextCheckAt: ctx.now() }).where(whereVersion(ctx, version.id));
    }
  });
}
