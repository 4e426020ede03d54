import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcastLists, deliveries, listMembers } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { listChange } from '#server/domain/audience/list-change.ts';

const { db } = await testDatabase();

async function sentTo(names: string[]) {
  const { id: organizationId, owner } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'viewer', address: null });
  const lists: { id: string }[] = [];
  for (const slug of names) lists.push(await createList(db, organizationId, { slug, name: slug }));
  const people = [await createContact(db, organizationId), await createContact(db, organizationId), await createContact(db, organizationId)];
  const broadcast = await createBroadcast(db, organizationId, { name: 'May', status: 'sent', startedAt: new Date('2026-05-02T08:00:00Z') });
  await inSystem(db, async (tx) => {
    for (const [position, list] of lists.entries()) await tx.insert(broadcastLists).values({ organizationId, broadcastId: broadcast.id, listId: list.id, position });
    for (const [index, contact] of people.slice(0, 2).entries()) {
      await tx.insert(deliveries).values({ organizationId, broadcastId: broadcast.id, seq: index + 1, contactId: contact.id, recipient: contact.phone!, status: 'queued' });
    }
  });
  for (const contact of people) await addMember(db, organizationId, lists[0]!.id, contact.id);
  return { ctx, people, broadcast };
}

test('a list knows who joined and who left since it was last written to', async () => {
  const { ctx, people, broadcast } = await sentTo(['friends']);
  expect(await listChange(ctx, { list: 'friends' })).toEqual({ broadcastId: broadcast.id, broadcastName: 'May', sentAt: '2026-05-02T08:00:00.000Z', joined: 1, left: 0 });
  await inSystem(db, (tx) => tx.delete(listMembers).where(eq(listMembers.contactId, people[0]!.id)));
  expect(await listChange(ctx, { list: 'friends' })).toMatchObject({ joined: 1, left: 1 });
});

test('a broadcast to several lists says nothing about one of them', async () => {
  const { ctx } = await sentTo(['friends', 'guests']);
  expect(await listChange(ctx, { list: 'friends' })).toBeNull();
});
