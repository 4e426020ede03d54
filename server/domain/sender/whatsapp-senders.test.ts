import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { readLimit, type WhatsAppSenderState } from '#server/twilio/account.ts';
import { listSenders } from './list.ts';
import { resolveSender } from './resolve.ts';
import { syncSenders } from './sync.ts';

const { db } = await testDatabase();
const [ONE, TWO] = ['whatsapp:+14155550001', 'whatsapp:+14155550002'];
const sms = { numbers: [{ sid: 'PN1', phoneNumber: '+14155550001', canSms: true }], service: null, brands: [], tollFree: [] };
const whatsApp = (address: string, more: Partial<WhatsAppSenderState> = {}): WhatsAppSenderState => ({ sid: `XE${address.slice(-1)}`, address, status: 'ONLINE', limit: 250, quality: 'HIGH', perSecond: null, offlineReasons: [], ...more });

async function organization() {
  const { id } = await createOrganization(db);
  return createContext(db, id, { kind: 'system', task: 'test' });
}

test('P68, D11: Twilio’s words for a tier as a number of people', () => {
  expect(['250 Customers/24hr', '2K Customers/24hr', '10K Customers/24hr', '1M Customers/24hr', '1,000 Customers/24hr', 'Unlimited', 'Unlimited Customers/24hr', 'TIER_X', ''].map(readLimit))
    .toEqual([250, 2_000, 10_000, 1_000_000, 1_000, null, null, undefined, undefined]);
});

test('P45, P67: a WhatsApp sender has its own pace beside the SMS of the same number, its tier and what Meta thinks of it', async () => {
  const ctx = await organization();
  await syncSenders(ctx, { ...sms, whatsApp: [whatsApp(ONE), whatsApp(TWO, { status: 'OFFLINE', offlineReasons: ['Name declined.'], limit: undefined, perSecond: 20 })] }, '+14155550001');
  const found = await listSenders(ctx);
  expect(found.find(({ address }) => address === ONE)).toMatchObject({ channel: 'whatsapp', kind: 'whatsapp', registration: 'approved', segmentsPerSecond: '80', messagingLimit: 250, qualityRating: 'HIGH', isSystem: true });
  expect(found.find(({ address }) => address === TWO)).toMatchObject({ registration: 'rejected', registrationDetail: expect.stringContaining('Name declined.'), segmentsPerSecond: '20', messagingLimit: 250, isSystem: false });
  expect(found.find(({ address }) => address === '+14155550001')).toMatchObject({ channel: 'sms', isSystem: true, messagingLimit: null });
  const paces = await ctx.transaction(async (tx) => [await resolveSender(tx, ctx, 'sms', null), await resolveSender(tx, ctx, 'whatsapp', null)].map(({ pace }) => pace.id));
  expect(new Set(paces).size).toBe(2);
});

test('P17: without a default number that is on WhatsApp the first sender that may send is the system one', async () => {
  const ctx = await organization();
  await syncSenders(ctx, { ...sms, whatsApp: [whatsApp(ONE, { status: 'PENDING_VERIFICATION' }), whatsApp(TWO)] }, '+14155550001');
  expect((await ctx.transaction((tx) => resolveSender(tx, ctx, 'whatsapp', null))).sender.address).toBe(TWO);
});

test('what Twilio did not show stays, on each channel; what is gone goes', async () => {
  const ctx = await organization();
  const addresses = async () => (await listSenders(ctx)).map(({ address }) => address).toSorted();
  await syncSenders(ctx, { ...sms, whatsApp: [whatsApp(ONE), whatsApp(TWO)] }, null);
  await syncSenders(ctx, { ...sms, whatsApp: null }, null);
  expect(await addresses()).toEqual(['+14155550001', ONE, TWO]);
  await syncSenders(ctx, { ...sms, whatsApp: [whatsApp(TWO)] }, null);
  expect(await addresses()).toEqual(['+14155550001', TWO]);
});

test('P68: when Meta raises the tier, who waits for the lower one is looked at now; other waits and a lower tier change nothing', async () => {
  const ctx = await organization();
  const { organizationId } = ctx;
  const tell = (limit: number | null) => syncSenders(ctx, { ...sms, whatsApp: [whatsApp(ONE, { limit }), whatsApp(TWO)] }, null);
  await tell(250);
  const [one, two] = await ctx.transaction(async (tx) => [await resolveSender(tx, ctx, 'whatsapp', ONE), await resolveSender(tx, ctx, 'whatsapp', TWO)]);
  const waiting = async (reason: string, of = one!) => {
    const { id } = await createBroadcast(db, organizationId, { channel: 'whatsapp', status: 'sending', senderId: of.sender.id, paceId: of.pace.id });
    await inSystem(db, (tx) => tx.execute(sql`insert into delivery_retry (organization_id, broadcast_id, seq, due_at, reason) values (${organizationId}, ${id}, 1, '2099-01-01', ${reason})`));
    return async () => (await inSystem(db, (tx) => rows<{ isDue: boolean }>(tx, sql`select due_at <= clock_timestamp() as "isDue" from delivery_retry where broadcast_id = ${id}`)))[0]!.isDue;
  };
  const [tier, night, elsewhere] = [await waiting('tier'), await waiting('quiet_hours'), await waiting('tier', two)];
  const due = async () => [await tier(), await night(), await elsewhere()];
  for (const limit of [250, 100]) { await tell(limit); expect(await due()).toEqual([false, false, false]); }
  await tell(2_000);
  expect(await due()).toEqual([true, false, false]);
});
