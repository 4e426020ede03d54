import { count, desc } from 'drizzle-orm';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { whereListed } from '#server/domain/broadcast/list-where.ts';
import { listBroadcastsInput, type BroadcastView, type ListBroadcastsInput } from '#server/domain/broadcast/schema.ts';
import { viewBroadcasts } from '#server/domain/broadcast/view.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** The organisation's broadcasts, newest first, without tests of a text; the search looks in name and text. */
export async function listBroadcasts(ctx: Context, given: ListBroadcastsInput): Promise<Page<BroadcastView>> {
  const input = listBroadcastsInput.parse(given);
  const where = whereListed(ctx, input);
  return ctx.transaction(async (tx) => {
    const [all] = await tx.select({ total: count() }).from(broadcasts).where(where);
    const found = await tx.select().from(broadcasts).where(where).orderBy(desc(broadcasts.createdAt), desc(broadcasts.id)).limit(input.ps).offset((input.p - 1) * input.ps);
    return page(await viewBroadcasts(tx, ctx, found), all!.total, input);
  });
}
