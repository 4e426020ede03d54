import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { consentEvents, contacts } from '#db/schema/index.ts';
import { actorSource, requireRole, userId, type Context } from '#server/context.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';
import { resolveSender } from '#server/domain/sender/resolve.ts';
import { channelIds, channels } from '#server/channels/index.ts';
import { optOutInput, type OptOutInput, type OptOutResult, type UndoOptOutInput } from '#server/domain/person/schema.ts';
import { invalidField, notFound, Problem } from '#server/errors.ts';

/** For a slip; whoever it is about has not asked for this one. In seconds, and how much later its request may arrive. */
const UNDO = 10;
const GRACE = 5;

/**
 * Somebody of us records that a person wants no more messages: from all of our senders, or from one. What proves it stands in the ledger.
 * @throws Problem not_found; sender_not_found; validation_failed for one sender of somebody without a number
 */
export async function optOutContact(ctx: Context, given: OptOutInput): Promise<OptOutResult> {
  requireRole(ctx, 'support');
  const { id, sender, note } = optOutInput.parse(given);
  const undoUntil = new Date(ctx.now().getTime() + UNDO * 1_000).toISOString();
  const phone = await ctx.transaction((tx) => phoneOf(tx, ctx, id));
  if (phone === null) {
    if (sender) throw invalidField('sender', 'This contact has no phone number, so there is nothing to leave.', 'no_phone');
    await updateContact(ctx, { id, optedOut: true });
    return { eventId: null, undoUntil };
  }
  return ctx.transaction(async (tx) => {
    const channel = sender ? channelIds.find((each) => channels[each].toSender(sender) === sender) : undefined;
    if (sender) await resolveSender(tx, ctx, channel ?? 'sms', sender);
    const before = await lastOf(tx, ctx, phone);
    await recordOptOuts(tx, ctx, [phone], { source: actorSource(ctx), evidence: note ? { note } : {}, ...(sender && { scope: 'sender' as const, sender }) });
    const after = await lastOf(tx, ctx, phone);
    return { eventId: after && after.id !== before?.id ? after.id : null, undoUntil };
  });
}

/**
 * Takes back one's own opt-out of some seconds ago, and says in the ledger that it was a slip. What the person decided themselves stays (D10).
 * @throws Problem not_found; invalid_state when it is too late, somebody else's, or not the last word
 */
export async function undoOptOut(ctx: Context, { id, eventId }: UndoOptOutInput): Promise<void> {
  requireRole(ctx, 'support');
  await ctx.transaction(async (tx) => {
    const phone = await phoneOf(tx, ctx, id);
    const last = phone === null ? null : await lastOf(tx, ctx, phone);
    const isOwn = last?.id === eventId && last.kind === 'opt_out' && last.source === actorSource(ctx) && last.actorId === userId(ctx);
    if (phone === null || !last || !isOwn || last.at.getTime() < ctx.now().getTime() - (UNDO + GRACE) * 1_000) {
      throw new Problem('invalid_state', 'It is too late to take this back. Only a new consent of the person ends an opt-out.');
    }
    await recordOptIns(tx, ctx, [phone], { source: actorSource(ctx), evidence: { mistake: true, undoes: eventId }, ...(last.scope === 'sender' && { scope: 'sender' as const, sender: last.sender }) });
  });
}

/** The contact is locked: nobody decides at the same time. */
async function phoneOf(tx: Tx, ctx: Context, id: string): Promise<string | null> {
  const [contact] = await tx.select({ phone: contacts.phone }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id))).for('update');
  if (!contact) throw notFound('contact');
  return contact.phone;
}

async function lastOf(tx: Tx, ctx: Context, phone: string) {
  const isOfPhone = and(eq(consentEvents.organizationId, ctx.organizationId), eq(consentEvents.phone, phone));
  const [last] = await tx.select().from(consentEvents).where(isOfPhone).orderBy(desc(consentEvents.at), desc(consentEvents.id)).limit(1);
  return last ?? null;
}
