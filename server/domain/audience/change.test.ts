import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcastLists, broadcasts, contacts, listMembers } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { audienceChange, changePeople } from '#server/domain/audience/change.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import { writeDeliveries } from '#server/domain/audience/waterfall.ts';

const { db } = await testDatabase();

async function office() {
  const { id } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  return { ctx, one: await createList(db, id), two: await createList(db, id) };
}

async function draft(ctx: Context, listIds: string[], values: Parameters<typeof createBroadcast>[2] = {}, excluded: string[] = []) {
  const { organizationId } = ctx;
  const broadcast = await createBroadcast(db, organizationId, values);
  const chosen = [...listIds.map((listId) => ({ listId, isExcluded: false })), ...excluded.map((listId) => ({ listId, isExcluded: true }))];
  if (chosen.length > 0) await inSystem(db, (tx) => tx.insert(broadcastLists).values(chosen.map((list, position) => ({ ...list, organizationId, broadcastId: broadcast.id, position }))));
  return broadcast;
}

/** As if it had been sent some days ago. */
async function sent(ctx: Context, broadcast: typeof broadcasts.$inferSelect, days: number) {
  const counts = await ctx.transaction(async (tx) => writeDeliveries(tx, ctx, await readAudience(tx, ctx, broadcast), ''));
  await inSystem(db, (tx) => tx.update(broadcasts).set({ status: 'sent', startedAt: new Date(Date.now() - days * 86_400_000), total: counts.recipients, lastSeq: counts.written }).where(eq(broadcasts.id, broadcast.id)));
  return broadcast;
}

const join = async (ctx: Context, listId: string, values: Parameters<typeof createContact>[2] = {}) => {
  const contact = await createContact(db, ctx.organizationId, values);
  await addMember(db, ctx.organizationId, listId, contact.id);
  return contact;
};
const names = async (ctx: Context, broadcastId: string, side: 'joined' | 'left') => (await changePeople(ctx, { broadcastId, side })).data.map(({ firstName, phone }) => firstName ?? phone);

test('who came to the lists and who left since the last broadcast to them, by name; who opted out or was excluded then is no newcomer', async () => {
  const { ctx, one, two } = await office();
  await join(ctx, one.id, { firstName: 'Stays' });
  await join(ctx, two.id, { firstName: 'Opted out before', optedOut: true });
  const later = await join(ctx, one.id, { firstName: 'Opts out later' });
  const leaves = await join(ctx, one.id, { firstName: 'Leaves' });
  const deleted = await join(ctx, two.id, { firstName: 'Deleted' });
  await sent(ctx, await draft(ctx, [one.id]), 9);
  const last = await sent(ctx, await draft(ctx, [two.id, one.id], { name: 'March promo' }), 5);
  await sent(ctx, await draft(ctx, [one.id], {}), 1);
  await inSystem(db, async (tx) => {
    await tx.update(contacts).set({ optedOut: true }).where(eq(contacts.id, later.id));
    await tx.delete(listMembers).where(eq(listMembers.contactId, leaves.id));
    await tx.delete(contacts).where(eq(contacts.id, deleted.id));
  });
  await join(ctx, two.id, { firstName: 'Comes' });
  await join(ctx, two.id, { firstName: 'Comes without a number', phone: null });
  const now = await draft(ctx, [one.id, two.id]);
  expect(await audienceChange(ctx, { broadcastId: now.id })).toEqual({ broadcastId: last.id, broadcastName: 'March promo', sentAt: expect.any(String), joined: 1, left: 2 });
  expect([await names(ctx, now.id, 'joined'), await names(ctx, now.id, 'left')]).toEqual([['Comes'], ['Leaves', deleted.phone]]);
});

test('the same filter is compared with itself, all with all, and the broadcast never with its own deliveries', async () => {
  const { ctx } = await office();
  const { id: savedFilterId } = await createFilter(ctx, { name: 'VIPs', definition: { groups: [{ match: 'all', conditions: [{ kind: 'tag', operator: 'has', tag: 'vip' }] }] } });
  await createContact(db, ctx.organizationId, { tags: ['vip'] });
  await createContact(db, ctx.organizationId);
  await sent(ctx, await draft(ctx, [], { recipientMethod: 'all', name: 'To all' }), 2);
  await sent(ctx, await draft(ctx, [], { recipientMethod: 'filter', savedFilterId, name: 'To VIPs' }), 1);
  const newcomer = await createContact(db, ctx.organizationId, { tags: ['vip'], firstName: 'New' });
  const [filter, all] = [await draft(ctx, [], { recipientMethod: 'filter', savedFilterId }), await draft(ctx, [], { recipientMethod: 'all' })];
  expect(await audienceChange(ctx, { broadcastId: filter.id })).toMatchObject({ broadcastName: 'To VIPs', joined: 1, left: 0 });
  expect(await audienceChange(ctx, { broadcastId: all.id })).toMatchObject({ broadcastName: 'To all', joined: 1, left: 0 });
  await sent(ctx, filter, 0);
  expect(await audienceChange(ctx, { broadcastId: filter.id })).toMatchObject({ broadcastName: 'To VIPs', joined: 1, left: 0 });
  expect((await changePeople(ctx, { broadcastId: filter.id, side: 'joined' })).data).toMatchObject([{ contactId: newcomer.id }]);
});

test('without a broadcast like it there is nothing to compare: other lists, tests, retries, numbers, no list at all', async () => {
  const { ctx, one, two } = await office();
  await join(ctx, one.id);
  const first = await sent(ctx, await draft(ctx, [one.id, two.id]), 3);
  await sent(ctx, await draft(ctx, [one.id], { purpose: 'test' }), 2);
  await sent(ctx, await draft(ctx, [one.id], { retryOf: first.id }), 2);
  await sent(ctx, await draft(ctx, []), 2);
  for (const broadcast of [await draft(ctx, [one.id]), await draft(ctx, []), await draft(ctx, [], { recipientMethod: 'numbers' }), await draft(ctx, [], { recipientMethod: 'filter' })]) {
    expect(await audienceChange(ctx, { broadcastId: broadcast.id })).toBeNull();
    expect(await changePeople(ctx, { broadcastId: broadcast.id, side: 'left' })).toMatchObject({ data: [], total: 0 });
  }
});
