import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createOrganization, createSender } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { requireRegistered, resolveSender } from './resolve.ts';

const { db } = await testDatabase();

async function organization() {
  const { id } = await createOrganization(db);
  return createContext(db, id, { kind: 'system', task: 'test' });
}
const resolve = (ctx: Context, senderPhone: string | null) => ctx.transaction((tx) => resolveSender(tx, ctx, 'sms', senderPhone));

test('P16: the number that a broadcast names is its sender', async () => {
  const ctx = await organization();
  await createSender(db, ctx.organizationId, { address: '+14155550001', isSystem: true });
  await createSender(db, ctx.organizationId, { address: '+14155550002' });
  expect((await resolve(ctx, '+14155550002')).sender.address).toBe('+14155550002');
});

test('P17: without one it is the system number, and without that the send is refused with the reason', async () => {
  const ctx = await organization();
  await createSender(db, ctx.organizationId, { address: '+14155550002' });
  await expect(resolve(ctx, null)).rejects.toMatchObject({ code: 'sender_not_found', message: expect.stringContaining('no system number') });
  await createSender(db, ctx.organizationId, { address: '+14155550001', isSystem: true });
  expect((await resolve(ctx, null)).sender.address).toBe('+14155550001');
});

test("P15: another organisation's number is no sender", async () => {
  const [ctx, other] = [await organization(), await organization()];
  await createSender(db, other.organizationId, { address: '+14155550009', isSystem: true });
  for (const wanted of ['+14155550009', null]) await expect(resolve(ctx, wanted)).rejects.toMatchObject({ code: 'sender_not_found' });
});

test.each(['unregistered', 'pending', 'rejected', 'suspended'] as const)('P12, D3: a number whose registration is %s may not send', async (registration) => {
  const ctx = await organization();
  await createSender(db, ctx.organizationId, { isSystem: true, registration, registrationDetail: 'The campaign is in review' });
  const resolved = await resolve(ctx, null);
  expect(() => requireRegistered(resolved)).toThrow(expect.objectContaining({ code: 'sender_not_registered', status: 422, message: expect.stringContaining('The campaign is in review') }));
});

test('P33: a pace can be lowered and never raised, whoever writes the row', async () => {
  const ctx = await organization();
  const { paceId } = await createSender(db, ctx.organizationId, { segmentsPerSecond: '12' });
  const lower = (to: number) => inSystem(db, (tx) => tx.execute(sql`update pace set lowered_to = ${to} where id = ${paceId}`));
  await lower(3);
  for (const wrong of [12.001, 225, 0, -1]) await expect(lower(wrong)).rejects.toMatchObject({ cause: { constraint_name: 'pace_only_lowered' } });
});
