import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { senders } from '#db/schema/index.ts';
import { actorSource, requireRole, type Context } from '#server/context.ts';
import { recordOptOutInput, type RecordedOptOut, type RecordOptOutInput } from '#server/domain/consent/schema.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { invalidField } from '#server/errors.ts';

/**
 * Somebody told one of us, or another program, that a number wants nothing more: from all of our senders, or from one. The number needs no contact.
 * @throws Problem forbidden below support; validation_failed naming the field
 */
export async function recordOptOut(ctx: Context, input: RecordOptOutInput): Promise<RecordedOptOut> {
  requireRole(ctx, 'support');
  const { phone: typed, sender, note } = recordOptOutInput.parse(input);
  return ctx.transaction(async (tx) => {
    const reading = readPhone(typed, await defaultCountry(tx, ctx.organizationId));
    if (reading.phone === null) throw invalidField('phone', `${reading.problem} ${reading.howToFix}`);
    if (sender) await requireSender(tx, ctx, sender);
    const scope = sender ? 'sender' as const : 'organization' as const;
    const before = await lastOf(tx, ctx, reading.phone);
    await recordOptOuts(tx, ctx, [reading.phone], { source: actorSource(ctx), scope, sender: sender ?? null, evidence: note ? { note } : {} });
    return { phone: reading.phone, scope, sender: sender ?? null, isNew: (await lastOf(tx, ctx, reading.phone)) !== before };
  });
}

async function requireSender(tx: Tx, ctx: Context, address: string): Promise<void> {
  const [found] = await tx.select({ id: senders.id }).from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.address, address)));
  if (!found) throw invalidField('sender', `${address} is none of your senders. Choose one of them, or leave it out: then the opt-out counts for all.`, 'not_found');
}

async function lastOf(tx: Tx, ctx: Context, phone: string): Promise<string | null> {
  const [last] = await rows<{ id: string }>(tx, sql`select id from consent_event where organization_id = ${ctx.organizationId} and phone = ${phone} order by at desc limit 1`);
  return last?.id ?? null;
}
