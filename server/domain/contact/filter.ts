import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '#db/index.ts';
import { contacts, lists, savedFilters } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { filterDefinition, type FilterCondition, type FilterDefinition } from '#server/domain/audience/schema.ts';
import { fieldWhere } from '#server/domain/contact/filter-field.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { notFound } from '#server/errors.ts';

/** The contact that a filter looks at; statements with a filter in them name it so. */
const c = alias(contacts, 'c');

/** `joins` follow `from contact c` and never double a person; `where` is the condition. Both name `c`. */
export type CompiledFilter = { joins: SQL; where: SQL };

/**
 * A filter as SQL over the contact `c`. What is known of a person elsewhere (lists, messages, replies) is joined as a set, so that the planner reads
 * each set once, however the conditions are combined. Everything that came from outside is a parameter. Lists are named by id (withListIds). Two filters
 * of one statement need different `names` for their sets.
 * @throws Problem validation_failed for a condition that is not finished
 */
export function compileFilter(ctx: Pick<Context, 'organizationId' | 'now'>, { groups }: FilterDefinition, names = 'set'): CompiledFilter {
  const joins: SQL[] = [];
  /** Joins a set of contact ids; the answer holds for those who are in it. */
  const isIn = (set: SQL): SQL => {
    const name = sql.identifier(`${names}_${joins.length}`);
    joins.push(sql` left join (${set}) ${name} on ${name}.contact_id = ${c.id}`);
    return sql`${name}.contact_id is not null`;
  };
  const wheres = groups.map((group, g) => {
    const conditions = group.conditions.map((condition, i) => ({ cost: costOf(condition), where: conditionWhere(ctx, condition, `definition.groups.${g}.conditions.${i}`, isIn) }));
    const wheres = conditions.toSorted((a, b) => a.cost - b.cost).map(({ where }) => where);
    return (group.match === 'all' ? and(...wheres) : or(...wheres))!;
  });
  return { joins: sql.join(joins), where: and(...wheres) ?? sql`true` };
}

/** Ids of those who match, as a statement without order. */
export function idsMatching(ctx: Pick<Context, 'organizationId' | 'now'>, definition: FilterDefinition): SQL {
  const { joins, where } = compileFilter(ctx, definition);
  return sql`select c.id from contact c${joins} where c.organization_id = ${ctx.organizationId} and ${where}`;
}

/**
 * The same filter with its lists named by id. The planner knows how many people the list of an id has; of one that it must look up by slug it expects a
 * handful, and joins them one by one.
 */
export async function withListIds(tx: Tx, organizationId: string, { groups }: FilterDefinition): Promise<FilterDefinition> {
  const named = groups.flatMap(({ conditions }) => conditions.flatMap((condition) => (condition.kind === 'list' ? condition.list : [])));
  if (named.length === 0) return { groups };
  const found = await tx.select({ id: lists.id, slug: lists.slug }).from(lists).where(and(eq(lists.organizationId, organizationId), inArray(lists.slug, named)));
  const ids = new Map(found.map(({ id, slug }) => [slug, id]));
  return { groups: groups.map(({ match, conditions }) => ({ match, conditions: conditions.map((condition) => (condition.kind === 'list' ? { ...condition, list: ids.get(condition.list) ?? condition.list } : condition)) })) };
}

/** What a saved filter asks. @throws Problem not_found */
export async function readDefinition(tx: Tx, organizationId: string, id: string): Promise<FilterDefinition> {
  const [found] = await tx.select({ definition: savedFilters.definition }).from(savedFilters).where(and(eq(savedFilters.organizationId, organizationId), eq(savedFilters.id, id)));
  if (!found) throw notFound('filter');
  return withListIds(tx, organizationId, filterDefinition.parse(found.definition));
}

type Scope = Pick<Context, 'organizationId' | 'now'>;

function conditionWhere(ctx: Scope, condition: FilterCondition, at: string, isIn: (set: SQL) => SQL): SQL {
  const here = (set: SQL) => isIn(sql`${set} and organization_id = ${ctx.organizationId}`);
  switch (condition.kind) {
    case 'field': return fieldWhere(c, condition, at);
    case 'tag': return not(condition.operator === 'has_not', sql`${condition.tag.toLowerCase()}::text = any(${c.tags})`);
    case 'list': return not(condition.operator === 'not_in', here(membersOf(condition.list)));
    case 'messaged': return not(condition.operator === 'not_messaged', here(sql`select contact_id from contact_reach where last_handed_at > ${daysAgo(ctx, condition.days)}`));
    case 'broadcast': return broadcastWhere(condition, here);
    case 'added': return condition.operator === 'within' ? sql`${c.createdAt} > ${daysAgo(ctx, condition.days)}` : sql`${c.createdAt} <= ${daysAgo(ctx, condition.days)}`;
    case 'consent': return condition.operator === 'has' ? sql`${c.consentSource} is not null` : sql`${c.consentSource} is null`;
  }
}

const not = (isNegated: boolean, condition: SQL) => (isNegated ? sql`not (${condition})` : condition);

/** Of a list that is gone nobody is a member. */
const membersOf = (list: string) => (isUuid(list) ? sql`select contact_id from list_member where list_id = ${list}::uuid` : sql`select contact_id from list_member where false`);

/** Not delivered: also to those to whom it was never sent. */
function broadcastWhere({ operator, broadcastId }: Extract<FilterCondition, { kind: 'broadcast' }>, here: (set: SQL) => SQL): SQL {
  if (operator === 'replied') return here(sql`select contact_id from broadcast_response where broadcast_id = ${broadcastId}::uuid and kind = 'reply'`);
  return not(operator === 'not_delivered', here(sql`select distinct contact_id from broadcast_delivery where broadcast_id = ${broadcastId}::uuid and status in ('delivered', 'read')`));
}

/** What it takes to ask one contact, roughly: Postgres asks the sides of an "or" from left to right and stops at the first that holds. */
function costOf({ kind, ...condition }: FilterCondition): number {
  if (kind === 'tag') return 1;
  if (kind !== 'field') return 0; // a column, or whether a joined set has them
  return 'field' in condition && condition.field.startsWith('fields.') ? 3 : 2; // a text made comparable; of JSON, taken out of it first
}

const daysAgo = (ctx: Scope, days: number) => sql`${new Date(ctx.now().getTime() - days * 86_400_000).toISOString()}::timestamptz`;
