import { and, eq } from 'drizzle-orm';
import { inSystem, type Db } from '#db/index.ts';
import { devices } from '#db/schema/index.ts';
import { requireSubscription } from '#server/domain/device/require-subscription.ts';
import { columnsOf } from '#server/domain/device/row.ts';
import { renewDeviceInput, type RenewDeviceInput } from '#server/domain/device/schema.ts';

/**
 * A browser has a new subscription in place of an old one (event pushsubscriptionchange): every device of this person that had the old one gets it, in
 * each organisation. Somebody else's stays as it is. They belong to this sign-in then.
 */
export async function renewSubscription(db: Db, person: { userId: string; sessionId: string }, input: RenewDeviceInput): Promise<{ renewed: number }> {
  const { oldEndpoint, push } = renewDeviceInput.parse(input);
  requireSubscription(push);
  const isMineWithOld = and(eq(devices.userId, person.userId), eq(devices.pushEndpoint, oldEndpoint));
  return inSystem(db, async (tx) => {
    const found = await tx.select({ organizationId: devices.organizationId, id: devices.id }).from(devices).where(isMineWithOld).for('update');
    for (const { organizationId, id } of found) {
      const isThis = and(eq(devices.organizationId, organizationId), eq(devices.id, id));
      const [taken] = await tx.select({ id: devices.id }).from(devices).where(and(eq(devices.organizationId, organizationId), eq(devices.pushEndpoint, push.endpoint)));
      if (taken && taken.id !== id) await tx.delete(devices).where(isThis); // the page was faster
      else await tx.update(devices).set({ ...columnsOf(organizationId, push), sessionId: person.sessionId }).where(isThis);
    }
    return { renewed: found.length };
  });
}
