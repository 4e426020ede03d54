import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { removeFailed } from '#server/domain/broadcast/remove-failed.ts';

const { db } = await testDatabase();

/** Four people on two lists, one of which the broadcast went to: a landline, an unknown number, one that was off, one that got it. */
async function finished() {
  const { id: organizationId, owner } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'marketer', address: null });
  const [list, other] = [await createList(db, organizationId), await createList(db, organizationId)];
  const { id } = await createBroadcast(db, organizationId, { status: 'sent', total: 4, lastSeq: 4 });
  const codes = [30006, 21211, 30003, null];
  const people: string[] = [];
  for (const [i, code] of codes.entries()) {
    const person = await createContact(db, organizationId, { tags: ['vip'] });
    for (const each of [list, other]) await addMember(db, organizationId, each.id, person.id);
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, contact_id, status, reason, error_code, provider_message_id)
      values (${organizationId}, ${id}, ${i + 1}, ${person.phone}, ${person.id}, ${code ? 'undelivered' : 'delivered'}, ${code ? 'twilio_error' : null}, ${code}, ${`SM${i}`})`));
    people.push(person.id);
  }
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position) values (${organizationId}, ${id}, ${list.id}, 0)`));
  const members = (listId: string) => inSystem(db, async (tx) => (await rows<{ contact_id: string }>(tx, sql`select contact_id from list_member where list_id = ${listId}`)).map((row) => people.indexOf(row.contact_id)).sort());
  const tagged = () => inSystem(db, async (tx) => (await rows<{ id: string }>(tx, sql`select id from contact where organization_id = ${organizationId} and tags = '{vip,undeliverable}'`)).map((row) => people.indexOf(row.id)).sort());
  return { ctx, id, list, other, members, tagged };
}

test('people of a cause leave the lists of the broadcast, stay on others, and carry a tag', async () => {
  const { ctx, id, list, other, members, tagged } = await finished();
  expect(await removeFailed(ctx, { id, causes: [{ code: 30006, reason: null }] })).toEqual({ removed: 1, tagged: 1 });
  expect([await members(list.id), await members(other.id), await tagged()]).toEqual([[1, 2, 3], [0, 1, 2, 3], [0]]);
});

test('without a cause those leave whom only the list can mend; doing it twice changes nothing more', async () => {
  const { ctx, id, list, members, tagged } = await finished();
  expect(await removeFailed(ctx, { id })).toEqual({ removed: 2, tagged: 2 });
  expect(await removeFailed(ctx, { id })).toEqual({ removed: 0, tagged: 0 });
  expect([await members(list.id), await tagged()]).toEqual([[2, 3], [0, 1]]);
});

test('a viewer and another organisation clear up nothing', async () => {
  const { ctx, id } = await finished();
  const viewer = createContext(db, ctx.organizationId, { kind: 'user', userId: crypto.randomUUID(), role: 'viewer', address: null });
  await expect(removeFailed(viewer, { id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(removeFailed((await finished()).ctx, { id })).rejects.toMatchObject({ code: 'not_found' });
});
