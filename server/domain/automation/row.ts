import { and, asc, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { keywordRules, lists, senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { FlaggedRule, Known } from '#server/domain/automation/flags.ts';
import { flagsOf } from '#server/domain/automation/flags.ts';
import type { RuleFlag, RuleView } from '#server/domain/automation/schema.ts';
import { notFound } from '#server/errors.ts';

export type RuleRow = typeof keywordRules.$inferSelect;

export const whereRule = (ctx: Context, id: string) => and(eq(keywordRules.organizationId, ctx.organizationId), eq(keywordRules.id, id));

/** All rules in the order in which they are asked. With `lock` nobody else changes their order meanwhile. */
export async function orderedRules(tx: Tx, ctx: Context, { lock = false } = {}): Promise<RuleRow[]> {
  if (lock) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.organizationId} keyword_rule`}, 0))`);
  return tx.select().from(keywordRules).where(eq(keywordRules.organizationId, ctx.organizationId)).orderBy(asc(keywordRules.priority), asc(keywordRules.createdAt), asc(keywordRules.id));
}

/** @throws Problem not_found */
export async function findRule(tx: Tx, ctx: Context, id: string): Promise<RuleRow> {
  const [row] = await tx.select().from(keywordRules).where(whereRule(ctx, id));
  if (!row) throw notFound('rule');
  return row;
}

/** Gives the rules their places 1, 2, 3 … in this order. */
export async function placeRules(tx: Tx, ctx: Context, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`update keyword_rule r set priority = o.n::int from json_array_elements_text(${JSON.stringify(ids)}::json) with ordinality as o(id, n)
    where r.organization_id = ${ctx.organizationId} and r.id = o.id::uuid and r.priority <> o.n`);
}

/** All rules as the doors show them, in their order, each with its figures and flags. */
export async function viewRules(tx: Tx, ctx: Context): Promise<RuleView[]> {
  const found = await orderedRules(tx, ctx);
  const [flags, figures] = [await readFlags(tx, ctx, found), await readFigures(tx, ctx)];
  return found.map((row, place) => viewRule(row, place, figures.get(row.id), flags.get(row.id) ?? []));
}

/** @throws Problem not_found */
export async function viewOne(tx: Tx, ctx: Context, id: string): Promise<RuleView> {
  const view = (await viewRules(tx, ctx)).find((one) => one.id === id);
  if (!view) throw notFound('rule');
  return view;
}

async function readFlags(tx: Tx, ctx: Context, found: readonly RuleRow[]): Promise<Map<string, RuleFlag[]>> {
  if (found.length === 0) return new Map();
  return flagsOf(found.map(asFlagged), await readKnown(tx, ctx));
}

export const asFlagged = (row: RuleRow): FlaggedRule => ({ ...row, listIds: row.actions.flatMap((action) => (action.type === 'add_to_list' ? action.listId : [])) });

/** What rules may name at this moment. */
export async function readKnown(tx: Tx, ctx: Context): Promise<Known> {
  const ours = await tx.select({ address: senders.address }).from(senders).where(eq(senders.organizationId, ctx.organizationId));
  const theirs = await tx.select({ id: lists.id }).from(lists).where(eq(lists.organizationId, ctx.organizationId));
  return { senders: new Set(ours.map(({ address }) => address)), lists: new Set(theirs.map(({ id }) => id)) };
}

type Figures = { ruleId: string; fired: number; heldBack: number; nearMisses: number; lastFiredAt: string | null };

async function readFigures(tx: Tx, ctx: Context): Promise<Map<string, Figures>> {
  const found = await rows<Figures>(tx, sql`
    select rule_id as "ruleId", (count(*) filter (where outcome = 'acted'))::int as fired, (count(*) filter (where outcome = 'held_back'))::int as "heldBack",
      (count(*) filter (where outcome = 'near_miss'))::int as "nearMisses", max(at) filter (where outcome = 'acted') as "lastFiredAt"
    from rule_run where organization_id = ${ctx.organizationId} group by 1`);
  return new Map(found.map((one) => [one.ruleId, one]));
}

function viewRule({ id, name, match, keywords, senders: ours, isEnabled, onceHours, actions, sealedSecret, version, createdAt, updatedAt }: RuleRow, place: number, figures: Figures | undefined, flags: RuleFlag[]): RuleView {
  return {
    id, name, match, keywords, senders: ours, priority: place + 1, isEnabled, onceHours, actions, hasSecret: sealedSecret !== null, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
    fired: figures?.fired ?? 0, heldBack: figures?.heldBack ?? 0, nearMisses: figures?.nearMisses ?? 0, lastFiredAt: figures?.lastFiredAt ? new Date(figures.lastFiredAt).toISOString() : null, flags,
  };
}
