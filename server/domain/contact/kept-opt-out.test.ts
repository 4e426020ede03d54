import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact as contactRow, createList, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { createContact } from './create.ts';
import { deleteContact } from './delete.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { listContacts } from './list.ts';
import { updateContact } from './update.ts';

const { db } = await testDatabase();
const phone = '+12025550111';
const since = new Date('2026-03-01T00:00:00Z');

/** An organisation in which somebody with this number had opted out, and is deleted. */
async function afterDeletion() {
  const { id, owner } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const contact = await contactRow(db, id, { phone, optedOut: true, optedOutAt: since, optedOutSource: 'staff' });
  await deleteContact(ctx, { id: contact.id });
  return ctx;
}
const found = async (ctx: Context) => (await listContacts(ctx, { search: phone })).data[0];

test.each<[string, (ctx: Context) => Promise<unknown>]>([
  ['by hand', (ctx) => createContact(ctx, { phone, firstName: 'Ann' })],
  ['by an import', (ctx) => importContacts(ctx, { csv: `phone,opted out\n${phone},no\n` })],
  ['into a list', async (ctx) => addMembers(ctx, { list: (await createList(db, ctx.organizationId)).slug, members: [{ phone }] })],
  ['as the new number of somebody', async (ctx) => updateContact(ctx, { id: (await contactRow(db, ctx.organizationId)).id, phone })],
])('D10: a number that opted out and was deleted is still opted out when it comes back %s', async (_, comeBack) => {
  const ctx = await afterDeletion();
  await comeBack(ctx);
  expect(await found(ctx)).toMatchObject({ phone, optedOut: true, optedOutAt: since.toISOString(), optedOutSource: 'staff' });
});

test('D10: changing the number of a contact does not free the old one', async () => {
  const ctx = await afterDeletion();
  const { id } = await createContact(ctx, { phone });
  await updateContact(ctx, { id, phone: '+12025550122' });
  expect(await createContact(ctx, { phone })).toMatchObject({ optedOut: true });
});

test('a new consent lifts it for good, and another organisation never knew of it', async () => {
  const ctx = await afterDeletion();
  const { id } = await createContact(ctx, { phone });
  await updateContact(ctx, { id, optedOut: false, consentSource: 'signed up again in the shop' });
  await deleteContact(ctx, { id });
  expect(await createContact(ctx, { phone })).toMatchObject({ optedOut: false });
  const other = await createOrganization(db);
  const theirs = createContext(db, other.id, { kind: 'user', userId: other.owner.id, role: 'owner', address: null });
  await afterDeletion();
  expect(await createContact(theirs, { phone })).toMatchObject({ optedOut: false });
});

test('an organisation can be deleted with all that it keeps', async () => {
  const ctx = await afterDeletion();
  await createContact(ctx, { phone });
  await inSystem(db, (tx) => tx.execute(sql`delete from organization where id = ${ctx.organizationId}`));
  expect(await found(ctx).catch(() => undefined)).toBeUndefined();
});
