import { expect, test } from 'vitest';
import { createOrganization, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { memberships } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { listMembers } from '#server/domain/organization/list-members.ts';
import { listMyOrganizations } from '#server/domain/organization/list-mine.ts';
import { readOrganization } from '#server/domain/organization/read.ts';
import { updateOrganization } from '#server/domain/organization/update.ts';

const { db } = await testDatabase();
const contextOf = (organization: { id: string; owner: { id: string } }, role: Role = 'owner') =>
  createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role, address: null });

test('an owner changes what they name, the rest stays, and a neighbour is not touched', async () => {
  const [organization, neighbour] = [await createOrganization(db, { name: 'Bakery' }), await createOrganization(db, { name: 'Florist' })];
  const ctx = contextOf(organization);
  expect(await updateOrganization(ctx, { timeZone: 'Europe/Berlin', monthlyBudget: '500' })).toMatchObject({
    id: organization.id, name: 'Bakery', timeZone: 'Europe/Berlin', defaultCountry: 'US', monthlyBudget: '500.00', role: 'owner',
  });
  expect(await updateOrganization(ctx, { monthlyBudget: null })).toMatchObject({ timeZone: 'Europe/Berlin', monthlyBudget: null });
  expect(await updateOrganization(ctx, {})).toMatchObject({ name: 'Bakery' });
  expect(await readOrganization(contextOf(neighbour))).toMatchObject({ name: 'Florist', timeZone: 'UTC' });
});

test('what was read can be saved again as it is', async () => {
  const ctx = contextOf(await createOrganization(db, { monthlyBudget: '12.5' }));
  const { name, timeZone, defaultCountry, monthlyBudget } = await readOrganization(ctx);
  expect(monthlyBudget).toBe('12.50');
  expect(await updateOrganization(ctx, { name, timeZone, defaultCountry, monthlyBudget })).toMatchObject({ monthlyBudget: '12.50' });
});

test('quiet hours have two different ends or none, whichever of them is changed', async () => {
  const ctx = contextOf(await createOrganization(db));
  await expect(updateOrganization(ctx, { quietFrom: '21:00' })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'quietTo', code: 'required' }] });
  expect(await updateOrganization(ctx, { quietFrom: '21:00', quietTo: '08:00' })).toMatchObject({ quietFrom: '21:00', quietTo: '08:00' });
  await expect(updateOrganization(ctx, { quietTo: '21:00' })).rejects.toMatchObject({ details: [{ field: 'quietTo', code: 'equal' }] });
  await expect(updateOrganization(ctx, { quietFrom: null })).rejects.toMatchObject({ details: [{ field: 'quietFrom', code: 'required' }] });
  expect(await updateOrganization(ctx, { quietFrom: '20:00', frequencyCapHours: 24, approvalRecipients: 5_000, approvalAmount: '100', optOutLine: 'STOP to end.' }))
    .toMatchObject({ quietFrom: '20:00', quietTo: '08:00', frequencyCapHours: 24, approvalRecipients: 5_000, approvalAmount: '100.00', optOutLine: 'STOP to end.' });
  expect(await updateOrganization(ctx, { quietFrom: null, quietTo: null })).toMatchObject({ quietFrom: null, quietTo: null, frequencyCapHours: 24 });
});

test('below admin nobody changes it, everybody reads it', async () => {
  const organization = await createOrganization(db);
  for (const role of ['marketer', 'support', 'viewer'] as const) {
    await expect(updateOrganization(contextOf(organization, role), { name: 'Mine' }), role).rejects.toMatchObject({ code: 'forbidden' });
    expect(await readOrganization(contextOf(organization, role))).toMatchObject({ name: organization.name, role });
  }
  expect(await updateOrganization(contextOf(organization, 'admin'), { name: 'Ours' })).toMatchObject({ name: 'Ours' });
});

test('members are listed by rank and name, of this organisation only', async () => {
  const [organization, neighbour] = [await createOrganization(db), await createOrganization(db)];
  const [zoe, bob] = [await createUser(db, { name: 'Zoe' }), await createUser(db, { name: 'Bob' })];
  await inSystem(db, (tx) => tx.insert(memberships).values([
    { organizationId: organization.id, userId: zoe.id, role: 'viewer' }, { organizationId: organization.id, userId: bob.id, role: 'viewer' },
    { organizationId: neighbour.id, userId: zoe.id, role: 'admin' },
  ]));
  expect((await listMembers(contextOf(organization))).map(({ name, role }) => `${role} ${name}`)).toEqual([`owner ${organization.owner.name}`, 'viewer Bob', 'viewer Zoe']);
  expect((await listMyOrganizations(db, { userId: zoe.id })).map(({ id, role }) => [id, role]).sort()).toEqual([[neighbour.id, 'admin'], [organization.id, 'viewer']].sort());
});
