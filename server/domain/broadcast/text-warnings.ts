import { eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { organizations } from '#db/schema/index.ts';
import { channels, type Warning } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';

/** What carriers and readers may take amiss about the text; `longest`: segments of the longest message, when known. */
export async function textWarnings(tx: Tx, ctx: Context, broadcast: BroadcastRow, longest: number | null): Promise<Warning[]> {
  const [organization] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, ctx.organizationId));
  return channels[broadcast.channel].warnings(await readDraft(tx, ctx, broadcast), { brandName: organization?.name ?? null, longest });
}
