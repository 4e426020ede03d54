import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';

const unfinished = ['draft', 'scheduled', 'sending', 'paused'] as const;
export type Use = { id: string; name: string; status: (typeof broadcasts.$inferSelect)['status'] };

/** Broadcasts that pin one of these contents and are not finished, by content. Tests of a text are none. */
export async function usesOf(tx: Tx, ctx: Context, contentSids: Array<string | null>): Promise<Map<string, Use[]>> {
  const sids = contentSids.filter((sid) => sid !== null);
  if (sids.length === 0) return new Map();
  const found = await tx.select({ sid: broadcasts.templateSid, id: broadcasts.id, name: broadcasts.name, status: broadcasts.status }).from(broadcasts)
    .where(and(eq(broadcasts.organizationId, ctx.organizationId), inArray(broadcasts.templateSid, sids), inArray(broadcasts.status, [...unfinished]), eq(broadcasts.purpose, 'broadcast')))
    .orderBy(asc(broadcasts.createdAt));
  return Map.groupBy(found.map(({ sid, ...use }) => ({ sid: sid!, ...use })), ({ sid }) => sid); // the condition leaves no null
}
