import { expect, test } from 'vitest';
import { createContact, createOrganization, createSender, createBroadcast } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { deliveries, paces } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { lockBroadcast } from '#server/domain/broadcast/row.ts';
import { startBroadcast } from '#server/domain/broadcast/start.ts';
import { eq } from 'drizzle-orm';

const { db } = await testDatabase();

/** Three can get it; one opted out, one has no number. */
async function draft(recipientCeiling: number | null) {
  const { id } = await createOrganization(db, { frequencyCapHours: 16 });
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  const sender = await createSender(db, id);
  const [pace] = await inSystem(db, (tx) => tx.select().from(paces).where(eq(paces.id, sender.paceId)));
  for (const values of [{}, {}, {}, { optedOut: true }, { phone: null }]) await createContact(db, id, values);
  const broadcast = await createBroadcast(db, id, { recipientMethod: 'all', recipientCeiling });
  const start = () => ctx.transaction(async (tx) => startBroadcast(tx, ctx, await lockBroadcast(tx, ctx, broadcast.id), { sender, pace: pace! }));
  return { id: broadcast.id, start };
}

test('P28: more people than the ceiling allows: refused with both numbers, and no delivery is left', async () => {
  const { id, start } = await draft(2);
  await expect(start()).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringMatching(/3 people.*ceiling is 2/), details: [{ field: 'recipientCeiling', code: 'recipient_ceiling' }] });
  expect(await inSystem(db, (tx) => tx.$count(deliveries, eq(deliveries.broadcastId, id)))).toBe(0);
});

test('as many as the ceiling allows are sent, and who was left out is kept with the broadcast', async () => {
  const { start } = await draft(3);
  expect(await start()).toMatchObject({ status: 'sending', total: 3, lastSeq: 4, excluded: { optedOut: 1, noPhone: 1 } });
});
