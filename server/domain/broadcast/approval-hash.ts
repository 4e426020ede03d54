import { createHash } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcastLists, senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';

/** How much an approval allows at most. */
export type Ceiling = { recipients: number; amount: string; currency: string };

const parts = ['the text', 'the recipients', 'the sender', 'the rules', 'the limits'] as const;

/**
 * What an approval is bound to: a SHA-256 of the text, of who gets it, of the sender, of the rules and of the ceilings, side by side, so that a
 * difference can be named. When it goes out is left out, and so is the fixing of an audience, which adds nobody.
 */
export async function approvalHash(tx: Tx, ctx: Context, broadcast: BroadcastRow, ceiling: Ceiling): Promise<string> {
  const { channel, content, mediaUrls, templateSid, templateVariables, missingValues, optOutLine, ignoresQuietHours, stageSize, budget, recipientCeiling } = broadcast;
  const sides = [
    { channel, content, templateSid, templateVariables, ...(mediaUrls.length > 0 && { mediaUrls }) },
    await audienceDefinition(tx, ctx, broadcast),
    broadcast.senderPhone ?? (await systemNumber(tx, ctx, broadcast)),
    { missingValues, optOutLine, ignoresQuietHours, stageSize, budget },
    { recipientCeiling, ...ceiling },
  ];
  return sides.map((side) => createHash('sha256').update(JSON.stringify(side)).digest('hex')).join('.');
}

/** In words, what differs between two of them. */
export function differences(one: string, other: string): string[] {
  const [before, after] = [one.split('.'), other.split('.')];
  return parts.filter((_, i) => before[i] !== after[i]);
}

/** Who gets it as the draft says it, not as it counts today: joining a list needs no new approval while the ceiling holds. */
async function audienceDefinition(tx: Tx, ctx: Context, { id, recipientMethod, savedFilterId, excludedFilterId, retryOf }: BroadcastRow) {
  const lists = await tx.select({ id: broadcastLists.listId, isExcluded: broadcastLists.isExcluded }).from(broadcastLists)
    .where(and(eq(broadcastLists.organizationId, ctx.organizationId), eq(broadcastLists.broadcastId, id))).orderBy(asc(broadcastLists.listId));
  const filters = await rows<{ id: string; definition: unknown }>(tx, sql`
    select id, definition from saved_filter where organization_id = ${ctx.organizationId} and id in (${savedFilterId}::uuid, ${excludedFilterId}::uuid) order by id`);
  const [people] = recipientMethod === 'numbers' || retryOf ? await rows<{ digest: string | null }>(tx, sql`
    select md5(string_agg(contact_id::text, ',' order by contact_id)) as digest from broadcast_contact where organization_id = ${ctx.organizationId} and broadcast_id = ${id}`) : [];
  return { recipientMethod, savedFilterId, excludedFilterId, retryOf, lists, filters, people: people?.digest ?? null };
}

async function systemNumber(tx: Tx, ctx: Context, { channel }: BroadcastRow) {
  const [system] = await tx.select({ address: senders.address }).from(senders)
    .where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.channel, channel), eq(senders.isSystem, true))).limit(1);
  return system?.address ?? null;
}
