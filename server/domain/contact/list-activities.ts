import { and, desc, eq } from 'drizzle-orm';
import { activities } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { listActivitiesInput, type ActivityView, type ListActivitiesInput } from '#server/domain/contact/schema.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** P39: opt-outs, returns and what else was noted about one person, newest first. Empty for a contact of another organisation. */
export async function listActivities(ctx: Context, input: ListActivitiesInput): Promise<Page<ActivityView>> {
  const { contactId, ...paging } = listActivitiesInput.parse(input);
  return ctx.transaction(async (tx) => {
    const filter = and(eq(activities.organizationId, ctx.organizationId), eq(activities.contactId, contactId));
    const found = await tx.select().from(activities).where(filter).orderBy(desc(activities.createdAt), activities.id).limit(paging.ps).offset((paging.p - 1) * paging.ps);
    const views = found.map(({ id, kind, detail, createdAt }) => ({ id, kind, detail: asRecord(detail), createdAt: createdAt.toISOString() }));
    return page(views, await tx.$count(activities, filter), paging);
  });
}

const asRecord = (detail: unknown): Record<string, unknown> => (typeof detail === 'object' && detail !== null ? { ...detail } : {});
