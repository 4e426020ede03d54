import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import type { broadcasts } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { previewBroadcast } from './preview.ts';

const { db } = await testDatabase();

type Someone = { phone?: string; firstName?: string | null; lastName?: string | null; fields?: Record<string, string | number | null>; data?: Record<string, unknown> };

/** A draft to these people, and what the preview says about it. */
async function previewOf(people: Someone[], values: Partial<typeof broadcasts.$inferInsert>) {
  const { id } = await createOrganization(db, { name: 'Acme' });
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  const list = await createList(db, id);
  for (const { data, ...contact } of people) await addMember(db, id, list.id, (await createContact(db, id, contact)).id, data);
  const broadcast = await createBroadcast(db, id, values);
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list values (${id}, ${broadcast.id}, ${list.id}, 0)`));
  return previewBroadcast(ctx, { id: broadcast.id });
}

test('worst, typical and best are those of the real people, and each is shown with its label', async () => {
  const { segments, samples } = await previewOf([{ firstName: 'Al' }, { firstName: 'Bo' }, { firstName: 'Maximiliane' }, { firstName: 'Zoë Łucja' }], { content: `{{firstName}}${' '.repeat(57)}!` });
  // "Zoë Łucja" forces Unicode: 67 units. The others are plain.
  expect(segments).toEqual({ shortest: 1, perMessage: 1, longest: 1, total: 4, encoding: 'GSM-7', isSample: false });
  const longer = await previewOf([{ firstName: 'Al' }, { firstName: 'Bo' }, { firstName: 'Maximiliane' }, { firstName: 'Zoë Łucja' }], { content: `{{firstName}}${' '.repeat(150)}!` });
  expect(longer.segments).toEqual({ shortest: 1, perMessage: 1, longest: 3, total: 1 + 1 + 2 + 3, encoding: 'GSM-7', isSample: false });
  expect(longer.samples[0]).toMatchObject({ name: 'Zoë Łucja', labels: ['longest', 'unicode'], segments: 3 });
  expect(longer.samples.find(({ labels }) => labels.includes('shortest'))).toMatchObject({ segments: 1 });
  expect(samples).toHaveLength(4);
  // All have one segment: then the letters decide, and nobody is both.
  expect(samples.flatMap(({ name, labels }) => labels.filter((label) => label !== 'unicode').map((label) => `${label}: ${name}`)).toSorted()).toEqual(['longest: Maximiliane', 'shortest: Al', 'shortest: Bo']);
});

test('the opt-out line is counted in the segments and stands in the samples', async () => {
  const { segments, samples } = await previewOf([{ firstName: 'Al' }], { content: 'x'.repeat(150), optOutLine: 'Reply STOP to opt out.' });
  expect([segments.total, samples[0]?.text.split('\n')[1]]).toEqual([2, 'Reply STOP to opt out.']);
});

test('P85: the cost is a range with reasons, split by country, and the split adds up', async () => {
  const { estimate } = await previewOf([{ phone: '+12025550101' }, { phone: '+14165550102' }, { phone: '+442079460958' }], { content: 'Hello' });
  expect(estimate).toMatchObject({ amount: '0.062900', low: '0.056610', high: '0.079845' });
  expect(estimate.byCountry.toSorted((a, b) => (a.country < b.country ? 1 : -1))).toEqual([
    { country: 'US', recipients: 1, segments: 1, perSegment: '0.008300', amount: '0.008300', isOwnPrice: false },
    { country: 'GB', recipients: 1, segments: 1, perSegment: '0.046300', amount: '0.046300', isOwnPrice: false },
    { country: 'CA', recipients: 1, segments: 1, perSegment: '0.008300', amount: '0.008300', isOwnPrice: false },
  ]);
  expect(estimate.byCountry[0]?.country).toBe('GB');
  expect(estimate.reasons).not.toEqual([]);
  expect(estimate.source).toContain('July 2026');
});

test('D5: skipped people leave the audience by a line of their own, and the lines add up', async () => {
  const people = [{ lastName: 'Lee' }, { lastName: null }, { lastName: ' \u00a0' }];
  const preview = await previewOf(people, { content: 'Dear {{contact.lastName}}', missingValues: { lastName: { policy: 'skip' } } });
  expect(preview.waterfall.find(({ key }) => key === 'missingVariable')).toMatchObject({ count: -2 });
  expect(preview.waterfall.reduce((sum, { key, count }) => (key === 'recipients' ? sum : sum + count), 0)).toBe(preview.recipients);
  expect([preview.recipients, preview.segments.total]).toEqual([1, 1]);
  expect(preview.samples.filter(({ skip }) => skip === 'missing_variable').map(({ labels }) => labels)).toEqual([['missing'], ['missing']]);
});

test('a rule that blocks the send is a blocking check with the number of people and the fields', async () => {
  const rules = { lastName: { policy: 'block' as const }, 'order.id': { policy: 'block' as const }, city: { policy: 'skip' as const } };
  const people: Someone[] = [{ lastName: 'Lee', fields: { city: 'Oslo' }, data: { order: { id: 7 } } }, { lastName: null, fields: { city: 'Oslo' }, data: { order: { id: 8 } } }, { lastName: 'Ray', data: { order: { id: 9 } } }];
  const check = (await previewOf(people, { content: '{{lastName}} {{order.id}} {{city}}', missingValues: rules })).checks.find(({ code }) => code === 'missing_variable');
  expect(check).toMatchObject({ status: 'block', detail: expect.stringMatching(/^1 person has no value for lastName, /) });
  const conditional = (await previewOf(people, { content: '{% if true %}{{lastName}} {{order.id}} {{city}}{% endif %}', missingValues: rules })).checks.find(({ code }) => code === 'missing_variable');
  expect(conditional?.detail).toBe(check?.detail);
});

test('a text that decides is measured by rendering it', async () => {
  const { segments, estimate } = await previewOf([{ firstName: 'Al' }, { firstName: null }], { content: `{% if firstName %}{{firstName}}${' '.repeat(158)}!{% else %}Hi{% endif %}` });
  expect(segments).toMatchObject({ shortest: 1, longest: 2, total: 3, isSample: false });
  expect(estimate.amount).toBe('0.024900');
});

test('what Postgres works out is what the renderer makes of it, for every text and every person', async () => {
  const value = fc.option(fc.string({ unit: fc.constantFrom(...'ab é€{漢’🎉 '), maxLength: 60 }), { nil: null });
  const someone = fc.record({ firstName: value, lastName: value, fields: fc.record({ city: value }, { noNullPrototype: true }), data: fc.oneof(fc.constant({}), fc.record({ city: value }, { noNullPrototype: true })) }, { noNullPrototype: true });
  const piece = fc.constantFrom('{{firstName}}', '{{contact.lastName}}', '{{city}}', '{{contact.city}}', '{{lastName | default: "friend"}}', ' words ', '’', 'x'.repeat(60));
  const rule = fc.constantFrom({ policy: 'skip' as const }, { policy: 'block' as const }, { policy: 'default' as const, value: 'you' }, undefined);
  await fc.assert(fc.asyncProperty(fc.array(someone, { minLength: 1, maxLength: 6 }), fc.array(piece, { minLength: 1, maxLength: 6 }), rule, rule, async (people, pieces, one, other) => {
    const missingValues = Object.fromEntries(Object.entries({ lastName: one, city: other }).flatMap(([name, given]) => (given ? [[name, given] as const] : [])));
    const { samples, segments, waterfall, checks } = await previewOf(people, { content: `.${pieces.join('')}`, missingValues });
    const refused = samples.filter(({ skip }) => skip === 'missing_variable').length;
    const blocked = checks.find(({ status, code }) => status === 'block' && code === 'missing_variable');
    if (!blocked) expect(Math.abs(waterfall.find(({ key }) => key === 'missingVariable')?.count ?? 0)).toBe(refused);
    else expect(refused).toBeGreaterThan(0);
    // An extension character or a pair that stands on a cut moves; then Postgres may be one segment short for each boundary.
    const real = samples.reduce((sum, sample) => sum + sample.segments, 0);
    expect(real - segments.total).toBeGreaterThanOrEqual(0);
    expect(real - segments.total).toBeLessThanOrEqual(people.length);
  }), { numRuns: 40 });
}, 60_000);
