import { sql } from 'drizzle-orm';
import { createBroadcast } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { audienceChange } from '#server/domain/audience/change.ts';
import { countFilter } from '#server/domain/audience/count-filter.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import type { FilterCondition } from '#server/domain/audience/schema.ts';
import { audienceVocabulary } from '#server/domain/audience/vocabulary.ts';
import { waterfallPeople } from '#server/domain/audience/waterfall-people.ts';
import { readWaterfall, writeDeliveries } from '#server/domain/audience/waterfall.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { count, quantile, report, type Figures, type Row } from './report.ts';
import { fillList, type Rig } from './rig.ts';

const GOAL = 500; // ms
const ROUNDS = 7;

/** Every question that the audience page asks while somebody chooses, with fields, tags, two lists, messages and an earlier broadcast. */
export async function benchAudience(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const size = quick ? 20_000 : 100_000;
  const { ctx } = await rig.organization();
  const { lastId } = await fill(ctx, size);
  const filters: Record<string, FilterCondition[]> = {
    'a field: city is Town 7': [{ kind: 'field', field: 'fields.city', operator: 'is', value: 'Town 7' }],
    'a name contains': [{ kind: 'field', field: 'firstName', operator: 'contains', value: 'name9' }],
    'a number above 500': [{ kind: 'field', field: 'fields.score', operator: 'greater', value: 500 }],
    'a country': [{ kind: 'field', field: 'country', operator: 'is', value: 'US' }],
    'a tag': [{ kind: 'tag', operator: 'has', tag: 'vip' }],
    'in one list, not in another': [{ kind: 'list', operator: 'in', list: 'first' }, { kind: 'list', operator: 'not_in', list: 'second' }],
    'not messaged for 30 days': [{ kind: 'messaged', operator: 'not_messaged', days: 30 }],
    'got the last broadcast': [{ kind: 'broadcast', operator: 'delivered', broadcastId: lastId }],
  };
  const definitions = Object.entries(filters).map(([name, conditions]) => ({ name, definition: { groups: [{ match: 'all' as const, conditions }] } }));
  const everything = { groups: [{ match: 'any' as const, conditions: Object.values(filters).flat() }, { match: 'all' as const, conditions: filters['a country']! }] };
  const all = [...definitions, { name: 'any of all of these, and a country', definition: everything }];
  const questions: Array<[string, () => Promise<unknown>]> = all.map(({ name, definition }) => [`filter: ${name}`, () => countFilter(ctx, { definition })]);
  const [lists, filter] = await drafts(ctx, definitions[2]!.definition);
  questions.push(
    ['waterfall: two lists, an excluded list and filter, frequency cap', () => readWaterfall(ctx, { broadcastId: lists!.id })], ['waterfall: a saved filter', () => readWaterfall(ctx, { broadcastId: filter!.id })],
    ['joined and left since the last broadcast', () => audienceChange(ctx, { broadcastId: lists!.id })], ['people behind a line, first page', () => waterfallPeople(ctx, { broadcastId: lists!.id, key: 'recipients' })],
    ['contacts of a saved filter, first page', () => listContacts(ctx, { filter: filter!.savedFilterId! })], ['vocabulary', () => audienceVocabulary(ctx)],
  );
  const table: Row[] = [];
  const figures: Figures = {};
  for (const [name, ask] of questions) {
    const took = await timed(ask);
    table.push({ measured: name, value: `${count(took.median)} ms`, goal: `below ${GOAL} ms; slowest of ${ROUNDS}: ${count(took.slowest)} ms`, met: took.slowest < GOAL });
    figures[name] = took.median;
  }
  report('audience', `Audience: ${count(size)} contacts`, table, figures);
}

/** Milliseconds of several runs after one that fills the cache. */
async function timed(ask: () => Promise<unknown>) {
  await ask();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  return { median: quantile(times, 0.5), slowest: Math.max(...times) };
}

async function fill(ctx: Context, size: number) {
  await fillList(ctx, { slug: 'first', from: 0, count: size * 0.6, optedOutEvery: 50 });
  await fillList(ctx, { slug: 'second', from: size * 0.4, count: size * 0.6, optedOutEvery: 50 });
  await fillList(ctx, { slug: 'left-out', from: 0, count: size * 0.1, optedOutEvery: 50 });
  const [, last] = [await draftTo(ctx, ['first', 'second']), await draftTo(ctx, ['first', 'second'])];
  await ctx.transaction(async (tx) => writeDeliveries(tx, ctx, await readAudience(tx, ctx, last), ''));
  await inSystem(ctx.db, async (tx) => {
    await tx.execute(sql`update contact set tags = case when hashtext(phone) % 10 = 0 then '{vip,new}'::text[] when hashtext(phone) % 3 = 0 then '{new}'::text[] else '{}' end, fields = fields || jsonb_build_object('score', abs(hashtext(phone)) % 1000, 'note', 'Some words about this person')
      where organization_id = ${ctx.organizationId}`);
    await tx.execute(sql`update broadcast set status = 'sent', started_at = now() - interval '9 days' where id = ${last.id}`);
    await tx.execute(sql`update broadcast_delivery set status = 'delivered', provider_message_id = 'SM' || seq, handed_at = now() - (seq % 60) * interval '1 day', delivered_at = now() where broadcast_id = ${last.id} and status = 'queued' and seq % 10 <> 0`);
    await tx.execute(sql`update organization set frequency_cap_hours = 16 where id = ${ctx.organizationId}`);
    // Since then some left, and some came.
    await tx.execute(sql`delete from list_member where organization_id = ${ctx.organizationId} and abs(hashtext(contact_id::text)) % 100 = 0`);
  });
  await fillList(ctx, { slug: 'late', from: size, count: size / 100 });
  await inSystem(ctx.db, (tx) => tx.execute(sql`insert into list_member (organization_id, list_id, contact_id) select m.organization_id, l.id, m.contact_id from list_member m join list late on late.id = m.list_id and late.slug = 'late'
    join list l on l.organization_id = m.organization_id and l.slug = 'first' where m.organization_id = ${ctx.organizationId}`));
  await ctx.db.execute(sql`vacuum (analyze) contact, list_member, broadcast_delivery, contact_reach`);
  return { lastId: last.id };
}

async function drafts(ctx: Context, definition: Parameters<typeof createFilter>[1]['definition']) {
  const { id } = await createFilter(ctx, { name: 'High score', definition });
  return [await draftTo(ctx, ['first', 'second'], { excludedFilterId: id }, ['left-out']), await draftTo(ctx, [], { recipientMethod: 'filter', savedFilterId: id })];
}

async function draftTo(ctx: Context, slugs: string[], values: Partial<typeof broadcasts.$inferInsert> = {}, excluded: string[] = []) {
  const broadcast = await createBroadcast(ctx.db, ctx.organizationId, values);
  for (const [position, slug] of [...slugs, ...excluded].entries()) {
    await inSystem(ctx.db, (tx) => tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position, is_excluded)
      select organization_id, ${broadcast.id}, id, ${position}, ${excluded.includes(slug)} from list where organization_id = ${ctx.organizationId} and slug = ${slug}`));
  }
  return broadcast;
}
