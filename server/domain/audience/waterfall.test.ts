import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization, phoneNumber } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { broadcastContacts, broadcastLists, broadcasts, contactReaches, contacts, organizations } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { fixAudience, unfixAudience } from '#server/domain/audience/fix.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import { waterfallPeople } from '#server/domain/audience/waterfall-people.ts';
import { countAudience, readWaterfall, waterfallOf, writeDeliveries } from '#server/domain/audience/waterfall.ts';

const { db } = await testDatabase();
const HOUR = 3_600_000;
const CAP = 16; // hours

type Known = { id: string; hasPhone: boolean; optedOut: boolean; lists: number[]; hoursSince: number | null; isTagged: boolean; reachedBy: string };
let ctx: Context;
let listIds: string[];
let filterId: string;
let people: Known[];
let earlier: string[];

beforeAll(async () => {
  const { id: organizationId } = await createOrganization(db, { frequencyCapHours: CAP });
  ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  listIds = [];
  for (const slug of ['one', 'two', 'three']) listIds.push((await createList(db, organizationId, { slug })).id);
  earlier = [(await createBroadcast(db, organizationId)).id, (await createBroadcast(db, organizationId)).id];
  // Nobody got that broadcast, but asking for it joins a set: also when the same filter chooses and excludes.
  filterId = (await createFilter(ctx, { name: 'Tagged', definition: { groups: [{ match: 'any', conditions: [{ kind: 'tag', operator: 'has', tag: 'vip' }, { kind: 'broadcast', operator: 'delivered', broadcastId: earlier[0]! }] }] } })).id;
  people = [];
  for (let n = 0; n < 64; n++) people.push(await person(organizationId, n));
});

async function person(organizationId: string, n: number): Promise<Known> {
  const known = { hasPhone: n % 7 !== 0, optedOut: n % 5 === 0, lists: [0, 1, 2].filter((i) => (n >> i) & 1), hoursSince: n % 3 ? null : n % 2 ? 2 : 40, isTagged: n % 4 === 1, reachedBy: earlier[n % 2]! };
  const { id } = await createContact(db, organizationId, { phone: known.hasPhone ? phoneNumber() : null, optedOut: known.optedOut, tags: known.isTagged ? ['vip'] : [], firstName: `P${n}` });
  for (const list of known.lists) await addMember(db, organizationId, listIds[list]!, id);
  if (known.hoursSince !== null) await inSystem(db, (tx) => tx.insert(contactReaches).values({ organizationId, contactId: id, lastHandedAt: new Date(Date.now() - known.hoursSince! * HOUR), lastBroadcastId: known.reachedBy }));
  return { ...known, id };
}

type Draft = { method: 'lists' | 'all' | 'numbers' | 'filter'; selected: number[]; excluded: number[]; numbers: number[]; excludesFilter: boolean; retries: boolean };

const draft: fc.Arbitrary<Draft> = fc.record({
  method: fc.constantFrom('lists', 'all', 'numbers', 'filter'), selected: fc.subarray([0, 1, 2]), excluded: fc.subarray([0, 1, 2]), numbers: fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 20 }),
  excludesFilter: fc.boolean(), retries: fc.boolean(),
} as const).map((given) => ({ ...given, excluded: given.excluded.filter((list) => given.method !== 'lists' || !given.selected.includes(list)) }));

async function write({ method, selected, excluded, numbers, excludesFilter, retries }: Draft) {
  const { organizationId } = ctx;
  const broadcast = await createBroadcast(db, organizationId, { recipientMethod: method, savedFilterId: method === 'filter' ? filterId : null, excludedFilterId: excludesFilter ? filterId : null, retryOf: retries ? earlier[0] : null });
  await inSystem(db, async (tx) => {
    const lists = [...(method === 'lists' ? selected : []).map((list) => ({ list, isExcluded: false })), ...excluded.map((list) => ({ list, isExcluded: true }))];
    if (lists.length > 0) await tx.insert(broadcastLists).values(lists.map(({ list, isExcluded }, position) => ({ organizationId, broadcastId: broadcast.id, listId: listIds[list]!, isExcluded, position })));
    if (method === 'numbers' && numbers.length > 0) await tx.insert(broadcastContacts).values(numbers.map((n) => ({ organizationId, broadcastId: broadcast.id, contactId: people[n]!.id })));
  });
  return broadcast;
}

/** The oracle: every person once, and where they go. */
function fateOf(who: Known, { excluded, excludesFilter, retries }: Draft) {
  if (who.lists.some((list) => excluded.includes(list)) || (excludesFilter && who.isTagged)) return 'excluded';
  if (!who.hasPhone) return 'noPhone';
  if (who.optedOut) return 'optedOut';
  return who.hoursSince !== null && who.hoursSince < CAP && !(retries && who.reachedBy === earlier[0]) ? 'frequencyCap' : 'recipients';
}
const isMember = (who: Known, n: number, { method, selected, numbers }: Draft) =>
  ({ all: true, filter: who.isTagged, numbers: numbers.includes(n), lists: who.lists.some((list) => selected.includes(list)) })[method];

function expectedCounts(given: Draft) {
  const members = people.filter((who, n) => isMember(who, n, given));
  const memberships = given.method === 'lists' ? members.reduce((sum, who) => sum + who.lists.filter((list) => given.selected.includes(list)).length, 0) : members.length;
  const counts = { recipients: 0, optedOut: 0, frequencyCap: 0, noPhone: 0, excluded: 0 };
  for (const who of members) counts[fateOf(who, given)]++;
  return { ...counts, members: memberships, people: members.length, duplicate: memberships - members.length };
}

const count = (broadcast: typeof broadcasts.$inferSelect) => ctx.transaction(async (tx) => countAudience(tx, ctx, await readAudience(tx, ctx, broadcast)));
const reread = async (id: string) => (await inSystem(db, (tx) => tx.select().from(broadcasts).where(eq(broadcasts.id, id))))[0]!;

test('P24: the lines of every audience add up to the person, and are those of a count by hand', async () => {
  await fc.assert(fc.asyncProperty(draft, async (given) => {
    const broadcast = await write(given);
    const counts = await count(broadcast);
    expect(counts).toEqual(expectedCounts(given));
    const steps = waterfallOf(counts, given.method);
    expect(steps.slice(0, -1).reduce((sum, step) => sum + step.count, 0)).toBe(steps.at(-1)!.count);
    expect([steps[0]!.key, steps.at(-1)!.key]).toEqual(['members', 'recipients']);
  }), { numRuns: 60 });
});

test('P34, P41: what is written is what was counted: 1..recipients may go out, opted-out and capped people follow with their reason, the others have none', async () => {
  await fc.assert(fc.asyncProperty(draft, async (given) => {
    const broadcast = await write(given);
    const written = await ctx.transaction(async (tx) => writeDeliveries(tx, ctx, await readAudience(tx, ctx, broadcast), ''));
    expect(written).toEqual({ ...expectedCounts(given), written: written.recipients + written.optedOut + written.frequencyCap });
    const found = await inSystem(db, (tx) => rows<{ seq: number; contact_id: string; status: string; reason: string | null }>(tx, sql`select seq, contact_id, status, reason from broadcast_delivery where broadcast_id = ${broadcast.id} order by seq`));
    expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: written.written }, (_, n) => n + 1));
    const reasons = { recipients: null, optedOut: 'opted_out', frequencyCap: 'frequency_cap' } as const;
    const expected = new Map(people.filter((who, n) => isMember(who, n, given)).map((who) => [who.id, fateOf(who, given)]));
    for (const { seq, contact_id, status, reason } of found) {
      expect(reason).toBe(reasons[expected.get(contact_id) as keyof typeof reasons]);
      expect(status).toBe(seq <= written.recipients ? 'queued' : 'skipped');
    }
  }), { numRuns: 40 });
});

test('a fixed audience stays whom it was fixed to, whoever joins, leaves, or is excluded later; opt-outs still count', async () => {
  await fc.assert(fc.asyncProperty(draft, async (given) => {
    const { id } = await write(given);
    await ctx.transaction(async (tx) => fixAudience(tx, ctx, await reread(id)));
    const { members: _, duplicate: __, ...before } = expectedCounts(given);
    expect(await count(await reread(id))).toMatchObject({ ...before, members: before.people, duplicate: 0 });
    await inSystem(db, (tx) => tx.delete(broadcastLists).where(eq(broadcastLists.broadcastId, id)));
    expect(await count(await reread(id))).toMatchObject(before);
  }), { numRuns: 30 });
});

test('an audience that is not fixed any more is resolved at the send again, and numbers chosen one by one are still there', async () => {
  const given: Draft = { method: 'numbers', selected: [], excluded: [0], numbers: [1, 2, 3, 8], excludesFilter: false, retries: false };
  const { id } = await write(given);
  await ctx.transaction(async (tx) => fixAudience(tx, ctx, await reread(id)));
  await ctx.transaction(async (tx) => unfixAudience(tx, ctx, await reread(id)));
  expect((await reread(id)).audienceFixedAt).toBeNull();
  expect(await count(await reread(id))).toEqual(expectedCounts(given));
  const lists: Draft = { ...given, method: 'lists', selected: [1] };
  const other = await write(lists);
  await ctx.transaction(async (tx) => fixAudience(tx, ctx, await reread(other.id)));
  await ctx.transaction(async (tx) => unfixAudience(tx, ctx, await reread(other.id)));
  expect(await count(await reread(other.id))).toEqual(expectedCounts(lists));
  expect(await inSystem(db, (tx) => tx.$count(broadcastContacts, eq(broadcastContacts.broadcastId, other.id)))).toBe(0);
});

test('behind every line of the waterfall stand its people, each once', async () => {
  await fc.assert(fc.asyncProperty(draft, async (given) => {
    const { id } = await write(given);
    const members = people.filter((who, n) => isMember(who, n, given));
    const behind = async (key: 'members' | 'duplicate' | ReturnType<typeof fateOf>) => (await waterfallPeople(ctx, { broadcastId: id, key, ps: 200 })).data.map(({ contactId }) => contactId).toSorted();
    const ids = (some: Known[]) => some.map((who) => who.id).toSorted();
    expect(await behind('members')).toEqual(ids(members));
    for (const fate of ['excluded', 'noPhone', 'optedOut', 'frequencyCap', 'recipients'] as const) expect(await behind(fate)).toEqual(ids(members.filter((who) => fateOf(who, given) === fate)));
    expect(await behind('duplicate')).toEqual(ids(given.method === 'lists' ? members.filter((who) => who.lists.filter((list) => given.selected.includes(list)).length > 1) : []));
  }), { numRuns: 15 });
});

test('people come by name, in pages, with how many of the lists hold them and when they last got a message', async () => {
  const { id } = await write({ method: 'lists', selected: [0, 1, 2], excluded: [], numbers: [], excludesFilter: false, retries: false });
  const all = await waterfallPeople(ctx, { broadcastId: id, key: 'members', ps: 200 });
  const third = await waterfallPeople(ctx, { broadcastId: id, key: 'members', p: 3, ps: 10 });
  expect([third.data, third.total, third.hasNext]).toEqual([all.data.slice(20, 30), all.total, true]);
  expect(all.data.map(({ firstName }) => firstName)).toEqual(all.data.map(({ firstName }) => firstName).toSorted());
  for (const found of all.data) {
    const known = people.find((who) => who.id === found.contactId)!;
    expect([found.lists, found.lastMessagedAt === null]).toEqual([known.lists.length, known.hoursSince === null]);
  }
  expect(await waterfallPeople(ctx, { broadcastId: id, key: 'members', p: 99, ps: 10 })).toMatchObject({ data: [], total: all.total, hasNext: false });
});

test('without a cap nobody is within it', async () => {
  const given: Draft = { method: 'all', selected: [], excluded: [], numbers: [], excludesFilter: false, retries: false };
  const { id } = await write(given);
  await inSystem(db, (tx) => tx.update(organizations).set({ frequencyCapHours: null }).where(eq(organizations.id, ctx.organizationId)));
  try {
    const steps = await readWaterfall(ctx, { broadcastId: id });
    const all = expectedCounts(given);
    expect(steps.find(({ key }) => key === 'frequencyCap')).toBeUndefined();
    expect(steps.at(-1)!.count).toBe(all.recipients + all.frequencyCap);
  } finally {
    await inSystem(db, (tx) => tx.update(organizations).set({ frequencyCapHours: CAP }).where(eq(organizations.id, ctx.organizationId)));
  }
});

test('a contact that is deleted leaves a fixed audience', async () => {
  const { id } = await write({ method: 'all', selected: [], excluded: [], numbers: [], excludesFilter: false, retries: false });
  const gone = await createContact(db, ctx.organizationId);
  await ctx.transaction(async (tx) => fixAudience(tx, ctx, await reread(id)));
  expect((await count(await reread(id))).people).toBe(people.length + 1);
  await inSystem(db, (tx) => tx.delete(contacts).where(eq(contacts.id, gone.id)));
  expect((await count(await reread(id))).people).toBe(people.length);
});
