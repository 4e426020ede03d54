import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { emptyTraces } from '#server/domain/person/erase-traces.ts';
import { countErasure, stopSends, type Erasee } from '#server/domain/person/erasure.ts';
import { emptyDeliveries, requireNothingOpen } from '#server/domain/person/erase-deliveries.ts';
import { eraseContactInput, type EraseContactInput, type ErasureView } from '#server/domain/person/schema.ts';
import { invalidField, notFound } from '#server/errors.ts';

type ContactRow = typeof contacts.$inferSelect;

/** What would go and what would stay, in numbers. @throws Problem not_found */
export async function readErasure(ctx: Context, { id }: { id: string }): Promise<ErasureView> {
  requireRole(ctx, 'admin');
  return ctx.transaction(async (tx) => countErasure(tx, ctx, await eraseeOf(tx, ctx, await findContact(tx, ctx, id, false))));
}

/**
 * Removes all that tells of a person; nothing brings it back. Counts, costs and reports stay as they are: each message keeps its row, without number and
 * text. Of the number a keyed hash is kept, so that it stays suppressed when it comes back, until a new consent.
 * @throws Problem not_found; validation_failed for a wrong confirmation; invalid_state while the outcome of a message to them is open
 */
export async function eraseContact(ctx: Context, input: EraseContactInput): Promise<ErasureView> {
  requireRole(ctx, 'admin');
  const { id, confirmation } = eraseContactInput.parse(input);
  return ctx.transaction(async (tx) => {
    await stopSends(tx, ctx);
    const contact = await findContact(tx, ctx, id, true);
    if (confirmation.replace(/\s/g, '').toLowerCase() !== confirmationOf(contact)) throw invalidField('confirmation', contact.phone ? 'These are not the last four digits of their number.' : 'Type “erase”.');
    const erasee = await eraseeOf(tx, ctx, contact);
    const view = await countErasure(tx, ctx, erasee);
    await requireNothingOpen(tx, ctx, erasee);
    await emptyDeliveries(tx, ctx, erasee);
    await emptyTraces(tx, ctx, erasee);
    await keepHashes(tx, ctx, erasee);
    return view;
  });
}

/** What a person types to confirm: the last four digits, or, without a number, a word. */
const confirmationOf = ({ phone }: ContactRow) => phone?.slice(-4) ?? 'erase';

async function findContact(tx: Tx, ctx: Context, id: string, lock: boolean): Promise<ContactRow> {
  const found = tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
  // No intent is written for them from here on: that locks the contact too.
  const [contact] = await (lock ? found.for('update') : found);
  if (!contact) throw notFound('contact');
  return contact;
}

/** Both forms of a subscriber's number, unless the other one is somebody else's contact. */
export async function eraseeOf(tx: Tx, ctx: Context, { id, phone }: ContactRow): Promise<Erasee> {
  if (!phone) return { id, phones: [], addresses: [], ghost: `erased:${ctx.randomToken()}` };
  const [, other] = sameSubscriber(phone);
  const [taken] = other ? await tx.select({ id: contacts.id }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.phone, other))) : [];
  const phones = other && !taken ? [phone, other] : [phone];
  return { id, phones, addresses: phones.flatMap((each) => Object.values(channels).map(({ toAddress }) => toAddress(each))), ghost: `erased:${ctx.randomToken()}` };
}

/** Last, because a number that leaves its contact with an opt-out would be kept in plain. */
async function keepHashes(tx: Tx, ctx: Context, { id, phones }: Erasee): Promise<void> {
  await tx.delete(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
  await tx.execute(sql`delete from kept_opt_out where organization_id = ${ctx.organizationId} and phone in (select value from json_array_elements_text(${JSON.stringify(phones)}::json))`);
  await tx.execute(sql`
    insert into erased_phone (organization_id, hash)
    select ${ctx.organizationId}, (erasure_hashes(${ctx.organizationId}::uuid, value))[1] from json_array_elements_text(${JSON.stringify(phones)}::json)
    on conflict (organization_id, hash) do update set erased_at = excluded.erased_at`);
}
