import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createOrganization, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { agreementAcceptances } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { acceptAgreement } from './accept.ts';
import { readAgreement } from './read.ts';
import { requireAgreement } from './require.ts';
import { agreementText } from './texts.ts';

const { db } = await testDatabase();
const service = 'bulk-sms';

async function organizationWith(role: Role = 'owner') {
  const { id, owner } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role, address: '192.0.2.7' });
  return { id, owner, ctx, required: () => ctx.transaction((tx) => requireAgreement(tx, ctx)) };
}

test('P27: without an acceptance a send is refused with 402 that says where to accept', async () => {
  const { required } = await organizationWith();
  await expect(required()).rejects.toMatchObject({
    code: 'agreement_required', status: 402,
    data: { service, agreementVersion: agreementText(service).version, acceptUrl: '/org-management/services/bulk-sms/agreement/accept' },
  });
});

test('P29: after accepting, the same check passes, and the acceptance says who, when and from where', async () => {
  const { id, ctx, owner, required } = await organizationWith();
  const view = await acceptAgreement(ctx, { service });
  expect(view).toMatchObject({ accepted: true, acceptedBy: owner.name, acceptedFrom: '192.0.2.7', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(Date.now() - Date.parse(view.acceptedAt!)).toBeLessThan(60_000);
  await required();
  const [row] = await inSystem(db, (tx) => tx.select().from(agreementAcceptances).where(eq(agreementAcceptances.organizationId, id)));
  expect(row).toMatchObject({ acceptedBy: owner.id, address: '192.0.2.7', version: agreementText(service).version });
});

test('accepting twice changes nothing: the first acceptance stays', async () => {
  const { ctx, id } = await organizationWith();
  const first = await acceptAgreement(ctx, { service });
  const other = await createUser(db);
  const again = await acceptAgreement(createContext(db, id, { kind: 'user', userId: other.id, role: 'admin', address: null }), { service });
  expect(again).toEqual(first);
});

test('P30: the acceptance is for all people of the organisation and for no other organisation', async () => {
  const [accepting, other] = [await organizationWith(), await organizationWith()];
  await acceptAgreement(accepting.ctx, { service });
  const colleague = createContext(db, accepting.id, { kind: 'user', userId: randomUUID(), role: 'marketer', address: null });
  await colleague.transaction((tx) => requireAgreement(tx, colleague));
  await expect(other.required()).rejects.toMatchObject({ code: 'agreement_required' });
  expect((await readAgreement(other.ctx, { service })).accepted).toBe(false);
});

test('D1: an acceptance of an older version does not count', async () => {
  const { id, owner, required } = await organizationWith();
  await inSystem(db, (tx) => tx.insert(agreementAcceptances).values({ organizationId: id, service, version: '2020-01-01', acceptedBy: owner.id }));
  await expect(required()).rejects.toMatchObject({ code: 'agreement_required' });
});

test.each<[Role, boolean]>([['owner', true], ['admin', true], ['marketer', false], ['support', false], ['viewer', false]])('a person who is %s may accept: %s', async (role, mayAccept) => {
  const { ctx } = await organizationWith(role);
  const accepting = acceptAgreement(ctx, { service });
  if (mayAccept) expect((await accepting).accepted).toBe(true);
  else {
    await expect(accepting).rejects.toMatchObject({ code: 'forbidden' });
    expect((await readAgreement(ctx, { service })).accepted).toBe(false);
  }
});

test.each(['bulk-email', 'constructor', 'toString'])('service %s does not exist', async (unknown) => {
  const { ctx } = await organizationWith();
  await expect(readAgreement(ctx, { service: unknown })).rejects.toMatchObject({ code: 'not_found' });
  await expect(acceptAgreement(ctx, { service: unknown })).rejects.toMatchObject({ code: 'not_found' });
});
