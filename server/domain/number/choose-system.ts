import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { senders, twilioAccounts } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { senderInput, type SenderInput } from '#server/domain/number/schema.ts';
import { notFound, Problem } from '#server/errors.ts';

/**
 * P17: the number of its channel that sends when a broadcast names none.
 * @throws Problem forbidden below admin, not_found, sender_not_registered
 */
export async function chooseSystemNumber(ctx: Context, input: SenderInput): Promise<{ id: string; isSystem: true }> {
  requireRole(ctx, 'admin');
  const { id } = senderInput.parse(input);
  return ctx.transaction(async (tx) => {
    const [sender] = await tx.select().from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.id, id))).for('update');
    if (!sender) throw notFound('sender');
    if (sender.registration !== 'approved' && sender.registration !== 'not_required') throw new Problem('sender_not_registered', `${sender.address} may not send yet: ${sender.registrationDetail ?? sender.registration} Choose one that may.`);
    const isOfChannel = and(eq(senders.organizationId, ctx.organizationId), eq(senders.channel, sender.channel));
    await tx.update(senders).set({ isSystem: false }).where(isOfChannel);
    await tx.update(senders).set({ isSystem: true }).where(and(isOfChannel, eq(senders.id, id)));
    if (channels[sender.channel].usesService) await setDefaultNumber(tx, ctx, sender.address);
    return { id, isSystem: true as const };
  });
}

const setDefaultNumber = (tx: Tx, ctx: Context, address: string) =>
  tx.update(twilioAccounts).set({ defaultSenderNumber: address }).where(eq(twilioAccounts.organizationId, ctx.organizationId));
