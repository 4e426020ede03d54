import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context, type Role } from '#server/context.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { undoImport } from '#server/domain/contact-import/undo.ts';
import { deleteContact } from '#server/domain/contact/delete.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';

const { db } = await testDatabase();

async function office(role: Role = 'marketer') {
  const organization = await createOrganization(db);
  return createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role, address: null });
}

/** All that an import may touch, as text. */
const everything = ({ organizationId }: Context) => inSystem(db, (tx) => rows<{ row: string }>(tx, sql`
  select 'contact ' || to_jsonb(c)::text as row from contact c where organization_id = ${organizationId}
  union all select 'list ' || to_jsonb(l)::text from list l where organization_id = ${organizationId}
  union all select 'member ' || to_jsonb(m)::text from list_member m where organization_id = ${organizationId}
  union all select 'kept ' || to_jsonb(k)::text from kept_opt_out k where organization_id = ${organizationId}
  union all select 'activity ' || (to_jsonb(a) - 'id')::text from activity a where organization_id = ${organizationId}
  order by 1`));
/** Numbers: somebody without one gets nothing anyway. */
const optedOut = async ({ organizationId }: Context) => new Set((await inSystem(db, (tx) => rows<{ phone: string }>(tx, sql`
  select phone from contact where organization_id = ${organizationId} and opted_out and phone is not null union select phone from kept_opt_out where organization_id = ${organizationId}`))).map(({ phone }) => phone));

const phone = fc.integer({ min: 0, max: 11 }).map((n) => `+1202555${1000 + n}`);
const word = fc.constantFrom('', 'Ann', 'Bob', 'Zoë', '7', 'a,b');
const moment = fc.constantFrom(null, new Date('2026-01-02T03:04:05.678Z'));
const someone = fc.record({
  phone, firstName: fc.option(word), email: fc.constantFrom(null, 'a@example.com', 'B@example.com'), fields: fc.dictionary(fc.constantFrom('city', 'size', 'points'), fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)), { noNullPrototype: true }),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'old', 'new')), consentSource: fc.constantFrom(null, 'shop'), consentAt: moment, isOut: fc.boolean(), data: fc.option(fc.record({ ref: word }, { noNullPrototype: true })),
});
const line = fc.record({ phone: fc.oneof({ weight: 5, arbitrary: phone }, fc.constantFrom('', 'nonsense')), first: word, email: fc.constantFrom('', 'a@example.com', 'c@example.com', 'bad'), city: word, points: word, tags: fc.constantFrom('', 'vip', 'New, gold'), consent: fc.constantFrom('', 'shop', 'fair'), date: fc.constantFrom('', '2026-05-03'), out: fc.constantFrom('', 'yes', 'no'), ref: word });
type Line = typeof line extends fc.Arbitrary<infer T> ? T : never;

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (lines: Line[]) => ['phone,first name,email,city,points,tags,consent,consent date,opted out,order.ref', ...lines.map((each) => [each.phone, each.first, each.email, each.city, each.points, each.tags, each.consent, each.date, each.out, each.ref].map(quoted).join(','))].join('\n');

async function furnish(ctx: Context, people: Array<typeof someone extends fc.Arbitrary<infer T> ? T : never>) {
  const list = await createList(db, ctx.organizationId, { slug: 'there', name: 'There' });
  for (const { isOut, data, ...values } of people) {
    const contact = await createContact(db, ctx.organizationId, { ...values, ...(isOut ? { optedOut: true, optedOutAt: new Date('2026-02-03T04:05:06Z'), optedOutSource: 'keyword' as const } : {}) });
    if (data) await addMember(db, ctx.organizationId, list.id, contact.id, data);
    // Some of those who opted out are gone; their number remembers.
    if (isOut && values.firstName === 'Bob') await deleteContact(ctx, { id: contact.id });
  }
}

const property = (outs: boolean, judge: (ctx: Context, before: { row: string }[], wereOut: Set<string>) => Promise<void>) => fc.assert(fc.asyncProperty(
  fc.uniqueArray(someone, { selector: (each) => each.phone, maxLength: 6 }), fc.array(line, { minLength: 1, maxLength: 10 }), fc.constantFrom({}, { list: 'there' }, { listName: 'New one' }),
  async (people, lines, target) => {
    const ctx = await office();
    await furnish(ctx, people);
    const before = await everything(ctx);
    const { importId } = await importContacts(ctx, { csv: csvOf(outs ? lines : lines.map((each) => ({ ...each, out: '' }))), ...target });
    const wereOut = await optedOut(ctx);
    await undoImport(ctx, { id: importId! });
    await judge(ctx, before, wereOut);
  }), { numRuns: 40 });

test('after an undo every contact, list, membership and kept opt-out is as it was before, whatever the file and the contacts', async () => {
  await property(false, async (ctx, before) => expect(await everything(ctx)).toEqual(before));
});

test('D10: whoever was opted out before, or by the file, still is after the undo', async () => {
  await property(true, async (ctx, _, wereOut) => expect(await optedOut(ctx)).toEqual(wereOut));
});

test('people of the import who were messaged, edited, put on a list or opted out since stay; the others go', async () => {
  const ctx = await office();
  const { importId } = await importContacts(ctx, { csv: `phone\n${[1, 2, 3, 4, 5].map((n) => `+1202555010${n}`).join('\n')}\n`, listName: 'Fair' });
  const { data } = await listContacts(ctx, {});
  const idOf = (n: number) => data.find(({ phone: number }) => number === `+1202555010${n}`)!.id;
  const broadcast = await createBroadcast(db, ctx.organizationId);
  await inSystem(db, (tx) => tx.execute(sql`insert into contact_reach (organization_id, contact_id, last_handed_at, last_broadcast_id) values (${ctx.organizationId}, ${idOf(1)}, now(), ${broadcast.id})`));
  await updateContact(ctx, { id: idOf(2), firstName: 'Bo' });
  await addMember(db, ctx.organizationId, (await createList(db, ctx.organizationId)).id, idOf(3));
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, ['+12025550104'], { source: 'keyword' }));
  expect(await undoImport(ctx, { id: importId! })).toEqual({ deleted: 1, restored: 0, kept: 4, left: 0 });
  const after = (await listContacts(ctx, {})).data;
  expect(after.map(({ phone: number }) => number).toSorted()).toEqual([1, 2, 3, 4].map((n) => `+1202555010${n}`));
  expect(after.flatMap(({ lists }) => lists.map(({ name }) => name))).toEqual(['A list']);
  expect(after.find(({ optedOut: isOut }) => isOut)?.phone).toBe('+12025550104');
});

test('a value that somebody changed since stays, the others of the same person go back', async () => {
  const ctx = await office();
  const { id } = await createContact(db, ctx.organizationId, { phone: '+12025550101', firstName: 'Ann', lastName: 'Lee', fields: { city: 'Bonn', size: 'S' }, tags: ['old'] });
  const { importId } = await importContacts(ctx, { csv: 'phone,first name,last name,city,size,tags\n+12025550101,Anna,Li,Rome,XL,new\n' });
  await updateContact(ctx, { id, lastName: 'Long', fields: { size: 'M' } });
  expect(await undoImport(ctx, { id: importId! })).toMatchObject({ restored: 0, left: 1 });
  expect((await listContacts(ctx, {})).data).toMatchObject([{ firstName: 'Ann', lastName: 'Long', fields: { city: 'Bonn', size: 'M' }, tags: ['old'] }]);
});

test('an import is undone once, within 30 days, by its own organisation and by who may write', async () => {
  const ctx = await office();
  const { importId } = await importContacts(ctx, { csv: 'phone\n+12025550101\n' });
  const id = importId!;
  await expect(undoImport(await office(), { id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(undoImport({ ...ctx, actor: { kind: 'user', userId: 'x', role: 'support', address: null } }, { id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(undoImport({ ...ctx, now: () => new Date(Date.now() + 31 * 86_400_000) }, { id })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('30 days') });
  await undoImport(ctx, { id });
  await expect(undoImport(ctx, { id })).rejects.toMatchObject({ code: 'invalid_state' });
});
