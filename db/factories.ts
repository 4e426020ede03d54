import { randomBytes } from 'node:crypto';
import { inSystem, type Db } from './index.ts';
import * as t from './schema/index.ts';

// Makers of rows for tests, seed and benchmarks. Each gives a complete, valid row; the caller names only what the test is about.

let counter = 0;
const next = () => ++counter;

/** Valid numbers of one area code, distinct per call, from +1 202 555 0100 on. */
export const phoneNumber = (n = next()) => `+1202${5_550_099 + n}`;
export const twilioSid = (prefix: string) => prefix + randomBytes(16).toString('hex');

export async function createUser(db: Db, values: Partial<typeof t.users.$inferInsert> = {}) {
  const n = next();
  const [user] = await db.insert(t.users).values({ email: `person-${n}-${randomBytes(3).toString('hex')}@example.com`, name: `Person ${n}`, passwordHash: 'none', ...values }).returning();
  return user!;
}

/** An organisation with one owner. */
export async function createOrganization(db: Db, values: Partial<typeof t.organizations.$inferInsert> = {}) {
  const owner = await createUser(db);
  return inSystem(db, async (tx) => {
    const [organization] = await tx.insert(t.organizations).values({ name: `Organisation ${next()}`, ...values }).returning();
    await tx.insert(t.memberships).values({ organizationId: organization!.id, userId: owner.id, role: 'owner' });
    return { ...organization!, owner };
  });
}

export const createContact = (db: Db, organizationId: string, values: Partial<typeof t.contacts.$inferInsert> = {}) =>
  inSystem(db, async (tx) => (await tx.insert(t.contacts).values({ phone: phoneNumber(), firstName: 'Ann', ...values, organizationId }).returning())[0]!);

export const createList = (db: Db, organizationId: string, values: Partial<typeof t.lists.$inferInsert> = {}) =>
  inSystem(db, async (tx) => (await tx.insert(t.lists).values({ slug: `list-${next()}`, name: 'A list', ...values, organizationId }).returning())[0]!);

export const addMember = (db: Db, organizationId: string, listId: string, contactId: string, data: Record<string, unknown> = {}) =>
  inSystem(db, (tx) => tx.insert(t.listMembers).values({ organizationId, listId, contactId, data }));

/** A registered sender with a pace of its own. */
export const createSender = (db: Db, organizationId: string, values: Partial<typeof t.senders.$inferInsert> & { segmentsPerSecond?: string } = {}) =>
  inSystem(db, async (tx) => {
    const { segmentsPerSecond = '225', ...sender } = values;
    const address = sender.address ?? '+14155551234';
    const [pace] = await tx.insert(t.paces).values({ organizationId, meter: `meter-${next()}`, segmentsPerSecond, source: '10DLC campaign, brand score 75' }).returning();
    const [row] = await tx.insert(t.senders).values({ channel: 'sms', kind: 'local', registration: 'approved', paceId: pace!.id, ...sender, address, organizationId }).returning();
    return row!;
  });

export const acceptAgreement = (db: Db, organizationId: string, userId: string, version: string, service = 'bulk-sms') =>
  inSystem(db, (tx) => tx.insert(t.agreementAcceptances).values({ organizationId, service, version, acceptedBy: userId }));

export const createBroadcast = (db: Db, organizationId: string, values: Partial<typeof t.broadcasts.$inferInsert> = {}) =>
  inSystem(db, async (tx) => (await tx.insert(t.broadcasts).values({ name: 'March promo', channel: 'sms', content: '{{firstName}}, hello', ...values, organizationId }).returning())[0]!);
