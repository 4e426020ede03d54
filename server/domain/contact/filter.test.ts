import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { beforeAll, expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { broadcastResponses, contactReaches, deliveries } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import type { FilterCondition, FilterDefinition } from '#server/domain/audience/schema.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { idsMatching, withListIds } from '#server/domain/contact/filter.ts';
import { listContacts } from '#server/domain/contact/list.ts';

const { db } = await testDatabase();
const DAY = 86_400_000;
const now = new Date('2026-11-22T12:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * DAY);

/** A person as the oracle knows them: all in one place, without a database. */
type Known = {
  id: string; phone: string | null; email: string | null; firstName: string | null; lastName: string | null; timeZone: string | null;
  fields: Record<string, string | number | boolean | null>; tags: string[]; consentSource: string | null; createdAt: Date;
  lists: string[]; lastHandedAt: Date | null; delivered: string[]; replied: string[];
};
type Names = { lists: Array<{ id: string; slug: string }>; broadcasts: string[] };

let ctx: Context;
let names: Names;
let people: Known[];

const names3 = [null, '', 'Ann', 'ann', 'Ånn', "O'Neil", '%_', 'Anna Maria'];
const phones = [null, '+12025550101', '+14165550123', '+18765550123', '+442079460958', '+4915112345678', '+77011234567', '+79161234567', '+393331234567', '+61412345678'];
const fieldValues = [null, '', 0, 1, 2.5, -3, '10', '9', 'ten', true, false, '2026-01-01', '2026-12-31', '007', 'Berlin', 'berlin'];
const pick = <T>(values: readonly T[], n: number): T => values[n % values.length]!;

beforeAll(async () => {
  const { id: organizationId } = await createOrganization(db);
  ctx = { ...createContext(db, organizationId, { kind: 'system', task: 'test' }), now: () => now };
  const lists = [await createList(db, organizationId, { slug: 'news' }), await createList(db, organizationId, { slug: 'vip' })];
  const broadcasts = [await createBroadcast(db, organizationId), await createBroadcast(db, organizationId)].map(({ id }) => id);
  names = { lists, broadcasts };
  people = [];
  for (let n = 0; n < 60; n++) people.push(await person(organizationId, n));
});

/** The n-th of people who differ in everything that a filter can ask. */
async function person(organizationId: string, n: number): Promise<Known> {
  const prefix = pick(phones, n);
  const values = {
    // The same beginning, another end, so that no two have one number.
    phone: prefix && `${prefix.slice(0, -2)}${String(n + 10)}`, email: n % 3 ? `p${n}@Example.com` : null, firstName: pick(names3, n), lastName: pick(names3, n * 3 + 1), timeZone: n % 2 ? 'Europe/Berlin' : null,
    fields: { ...(n % 4 ? { score: pick(fieldValues, n) } : {}), ...(n % 5 ? { city: pick(fieldValues, n * 7) } : {}) },
    tags: ['new', 'vip', 'owes'].filter((_, i) => (n >> i) & 1), consentSource: n % 3 === 1 ? 'form' : null, createdAt: ago(n),
  };
  const { id } = await createContact(db, organizationId, values);
  const lists = names.lists.filter((_, i) => (n >> (i + 1)) & 1);
  for (const list of lists) await addMember(db, organizationId, list.id, id);
  const lastHandedAt = n % 4 === 0 ? null : ago(n / 2 + 0.25);
  const delivered = names.broadcasts.filter((_, i) => (n + i) % 3 === 0);
  const replied = names.broadcasts.filter((_, i) => (n + i) % 7 === 0);
  await inSystem(db, async (tx) => {
    if (lastHandedAt) await tx.insert(contactReaches).values({ organizationId, contactId: id, lastHandedAt, lastBroadcastId: names.broadcasts[0]! });
    for (const broadcastId of names.broadcasts) if (n % 5) await tx.insert(deliveries).values({ organizationId, broadcastId, seq: n + 1, contactId: id, recipient: `+1999${n}`, providerMessageId: `SM${n}`, status: delivered.includes(broadcastId) ? pick(['delivered', 'read'] as const, n) : pick(['queued', 'sent', 'failed'] as const, n) });
    for (const broadcastId of replied) await tx.insert(broadcastResponses).values({ organizationId, broadcastId, contactId: id, kind: 'reply' });
  });
  return { ...values, id, lists: lists.flatMap((list) => [list.id, list.slug]), lastHandedAt, delivered: n % 5 ? delivered : [], replied };
}

// The oracle: the meaning of each condition in plain words of TypeScript.
const matches = (who: Known, { groups }: FilterDefinition) =>
  groups.every(({ match, conditions }) => (match === 'all' ? conditions.every((one) => holds(who, one)) : conditions.some((one) => holds(who, one))));

function holds(who: Known, condition: FilterCondition): boolean {
  switch (condition.kind) {
    case 'tag': return who.tags.includes(condition.tag.toLowerCase()) === (condition.operator === 'has');
    case 'list': return who.lists.includes(condition.list) === (condition.operator === 'in');
    case 'messaged': return (who.lastHandedAt !== null && who.lastHandedAt > ago(condition.days)) === (condition.operator === 'messaged');
    case 'broadcast': return condition.operator === 'replied' ? who.replied.includes(condition.broadcastId) : who.delivered.includes(condition.broadcastId) === (condition.operator === 'delivered');
    case 'added': return (who.createdAt > ago(condition.days)) === (condition.operator === 'within');
    case 'consent': return (who.consentSource !== null) === (condition.operator === 'has');
    case 'field': return condition.field === 'country' ? holdsCountry(who, condition) : holdsField(who, condition);
  }
}

type FieldCondition = Extract<FilterCondition, { kind: 'field' }>;

function holdsCountry(who: Known, { operator, value }: FieldCondition): boolean {
  const country = who.phone === null ? null : parsePhoneNumberFromString(who.phone)?.country;
  if (operator === 'empty') return who.phone === null;
  return operator === 'not_empty' ? who.phone !== null : (country === value) === (operator === 'is');
}

const asNumber = (text: string) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null);

function holdsField(who: Known, { field, operator, value }: FieldCondition): boolean {
  const raw = field.startsWith('fields.') ? who.fields[field.slice(7)] : who[field as 'firstName'];
  const text = raw === null || raw === undefined ? '' : String(raw);
  const [has, wants] = [text.toLowerCase(), String(value).toLowerCase()];
  const equal = typeof value === 'number' ? asNumber(text) === value : has === wants;
  const isNumber = typeof value === 'number' || asNumber(String(value)) !== null;
  const order = !isNumber ? (text === '' ? 0 : Buffer.compare(Buffer.from(text), Buffer.from(String(value)))) : asNumber(text) === null ? 0 : asNumber(text)! - Number(value);
  switch (operator) {
    case 'is': return equal;
    case 'is_not': return !equal;
    case 'contains': return has.includes(wants);
    case 'starts_with': return has.startsWith(wants);
    case 'greater': return order > 0;
    case 'less': return order < 0;
    case 'empty': return text === '';
    case 'not_empty': return text !== '';
  }
}

const days = fc.integer({ min: 1, max: 70 });
const anyField = fc.record({
  kind: fc.constant('field' as const), field: fc.constantFrom('firstName', 'lastName', 'email', 'phone', 'timeZone', 'fields.score', 'fields.city', 'fields.none'),
  operator: fc.constantFrom('is', 'is_not', 'contains', 'starts_with', 'greater', 'less', 'empty', 'not_empty'),
  value: fc.oneof(fc.constantFrom('Ann', 'ånn', 'a', '%', '_', "O'", '1', '10', '2.5', '2026-06-01', 'true', '007', '7', 'berlin', '+1', '@EXAMPLE', "'; drop table contact; --"), fc.constantFrom(0, 1, 2.5, -3, 7, 1e21), fc.boolean()),
} as const);
const anyCountry = fc.record({ kind: fc.constant('field' as const), field: fc.constant('country'), operator: fc.constantFrom('is', 'is_not', 'empty', 'not_empty'), value: fc.constantFrom('US', 'CA', 'JM', 'GB', 'DE', 'KZ', 'RU', 'IT', 'AU', 'FR') } as const);
const anyCondition = fc.oneof(
  { weight: 4, arbitrary: anyField }, anyCountry,
  fc.record({ kind: fc.constant('tag' as const), operator: fc.constantFrom('has', 'has_not'), tag: fc.constantFrom('vip', 'VIP', 'new', 'none') } as const),
  fc.record({ kind: fc.constant('list' as const), operator: fc.constantFrom('in', 'not_in'), list: fc.integer({ min: 0, max: 4 }).map((n) => [names.lists[0]!.id, names.lists[1]!.id, 'news', 'vip', 'gone'][n]!) } as const),
  fc.record({ kind: fc.constant('messaged' as const), operator: fc.constantFrom('messaged', 'not_messaged'), days } as const),
  fc.record({ kind: fc.constant('broadcast' as const), operator: fc.constantFrom('delivered', 'not_delivered', 'replied'), broadcastId: fc.boolean().map((first) => names.broadcasts[first ? 0 : 1]!) } as const),
  fc.record({ kind: fc.constant('added' as const), operator: fc.constantFrom('within', 'before'), days } as const),
  fc.record({ kind: fc.constant('consent' as const), operator: fc.constantFrom('has', 'has_not') } as const),
);
const anyFilter: fc.Arbitrary<FilterDefinition> = fc.record({ groups: fc.array(fc.record({ match: fc.constantFrom('all', 'any'), conditions: fc.array(anyCondition, { minLength: 1, maxLength: 4 }) } as const), { maxLength: 3 }) });

const found = (definition: FilterDefinition) => ctx.transaction(async (tx) => (await rows<{ id: string }>(tx, idsMatching(ctx, await withListIds(tx, ctx.organizationId, definition)))).map(({ id }) => id).toSorted());
const expected = (definition: FilterDefinition) => people.filter((who) => matches(who, definition)).map(({ id }) => id).toSorted();

test('a filter finds in the database whom it finds in plain TypeScript, each once', async () => {
  await fc.assert(fc.asyncProperty(anyFilter, async (definition) => { expect(await found(definition)).toEqual(expected(definition)); }), { numRuns: 250 });
});

test('one condition alone, of every kind and operator, finds the same', async () => {
  await fc.assert(fc.asyncProperty(anyCondition, async (condition) => {
    const definition: FilterDefinition = { groups: [{ match: 'all', conditions: [condition] }] };
    expect(await found(definition)).toEqual(expected(definition));
  }), { numRuns: 250 });
});

test('a filter without groups finds everybody, and a condition with its opposite splits them', async () => {
  expect(await found({ groups: [] })).toHaveLength(people.length);
  const country = (operator: 'is' | 'is_not'): FilterDefinition => ({ groups: [{ match: 'all', conditions: [{ kind: 'field', field: 'country', operator, value: 'us' }] }] });
  expect((await found(country('is'))).length + (await found(country('is_not'))).length).toBe(people.length);
});

test.each([
  [{ kind: 'field', field: 'salary', operator: 'is', value: 'x' }, 'field'], [{ kind: 'field', field: 'fields.a b', operator: 'is', value: 'x' }, 'field'], [{ kind: 'field', field: 'firstName', operator: 'is' }, 'value'],
  [{ kind: 'field', field: 'firstName', operator: 'contains', value: ' ' }, 'value'], [{ kind: 'field', field: 'country', operator: 'contains', value: 'US' }, 'operator'],
] satisfies Array<[FilterCondition, string]>)('a condition that is not finished or means nothing is refused by name: %j', (condition, part) => {
  expect(() => idsMatching(ctx, { groups: [{ match: 'any', conditions: [condition] }] })).toThrow(expect.objectContaining({ code: 'validation_failed', details: [expect.objectContaining({ field: `definition.groups.0.conditions.0.${part}` })] }));
});

test('the page of contacts takes a saved filter and a tag', async () => {
  const definition: FilterDefinition = { groups: [{ match: 'all', conditions: [{ kind: 'list', operator: 'in', list: 'news' }] }] };
  const { id } = await createFilter(ctx, { name: 'In news', definition });
  const { data, total } = await listContacts(ctx, { filter: id, tag: 'VIP', ps: 200 });
  const both = people.filter((who) => matches(who, definition) && who.tags.includes('vip')).map((who) => who.id);
  expect([data.map((who) => who.id).toSorted(), total]).toEqual([both.toSorted(), both.length]);
  await expect(listContacts(ctx, { filter: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
});

test('another organisation’s lists, messages and answers do not count', async () => {
  const other = { ...createContext(db, (await createOrganization(db)).id, { kind: 'system', task: 'test' }), now: () => now };
  await createContact(db, other.organizationId);
  const conditions: FilterCondition[] = [{ kind: 'list', operator: 'in', list: names.lists[0]!.id }, { kind: 'broadcast', operator: 'delivered', broadcastId: names.broadcasts[0]! }, { kind: 'broadcast', operator: 'replied', broadcastId: names.broadcasts[0]! }];
  for (const condition of conditions) expect(await other.transaction((tx) => rows(tx, idsMatching(other, { groups: [{ match: 'any', conditions: [condition] }] })))).toEqual([]);
  expect(await inSystem(db, (tx) => rows(tx, sql`select 1 as one from (${idsMatching(other, { groups: [] })}) all_of_them`))).toHaveLength(1);
});
