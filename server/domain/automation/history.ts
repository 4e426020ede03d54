import { and, desc, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { ruleCalls } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { heldBackReasons, type HeldBackReason } from '#server/domain/automation/decide.ts';
import { normalise } from '#server/domain/automation/match.ts';
import { findRule, type RuleRow } from '#server/domain/automation/row.ts';
import { ruleHistoryInput, type ActionResult, type RuleCallView, type RuleHistory, type RuleHistoryInput, type RuleRunView } from '#server/domain/automation/schema.ts';
import { heldBackWords } from '#server/domain/automation/words.ts';
import { page } from '#server/domain/paging.ts';

type RunRow = { messageId: string; conversationId: string; at: string; outcome: RuleRunView['outcome']; reason: string | null; keyword: string; results: ActionResult[]; text: string; recipient: string; contactId: string | null; name: string | null };

/** What a rule did and did not, newest first; words that came near and are not in it yet; its last calls. @throws Problem not_found */
export async function ruleHistory(ctx: Context, given: RuleHistoryInput): Promise<RuleHistory> {
  const { id, ...at } = ruleHistoryInput.parse(given);
  return ctx.transaction(async (tx) => {
    const rule = await findRule(tx, ctx, id);
    const [count] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from rule_run where organization_id = ${ctx.organizationId} and rule_id = ${id}`);
    const found = await rows<RunRow>(tx, sql`
      select r.message_id as "messageId", m.conversation_id as "conversationId", r.at, r.outcome, r.reason, r.keyword, r.results, left(m.body, 300) as text, r.recipient, v.contact_id as "contactId",
        coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), v.profile_name) as name
      from rule_run r join chat_message m on m.organization_id = r.organization_id and m.id = r.message_id
      join conversation v on v.organization_id = m.organization_id and v.id = m.conversation_id
      left join contact c on c.organization_id = v.organization_id and c.id = v.contact_id
      where r.organization_id = ${ctx.organizationId} and r.rule_id = ${id} order by r.at desc, r.message_id limit ${at.ps} offset ${(at.p - 1) * at.ps}`);
    const runs = found.map((row) => ({ ...row, at: new Date(row.at).toISOString(), reason: reasonOf(row.reason, rule) }));
    return { runs: page(runs, count!.total, at), nearMisses: await nearMissesOf(tx, ctx, rule), calls: await callsOf(tx, ctx, id) };
  });
}

const isHeldBackReason = (reason: string): reason is HeldBackReason => heldBackReasons.some((one) => one === reason);
const reasonOf = (reason: string | null, rule: RuleRow) => (reason === null ? null : isHeldBackReason(reason) ? heldBackWords[reason](rule) : reason);

/** Only the newest thousand are looked through. */
async function nearMissesOf(tx: Tx, ctx: Context, rule: RuleRow): Promise<RuleHistory['nearMisses']> {
  const found = await rows<{ text: string; keyword: string; at: string }>(tx, sql`
    select left(m.body, 200) as text, r.keyword, r.at from rule_run r join chat_message m on m.organization_id = r.organization_id and m.id = r.message_id
    where r.organization_id = ${ctx.organizationId} and r.rule_id = ${rule.id} and r.outcome = 'near_miss' order by r.at desc limit 1000`);
  const words = new Map<string, RuleHistory['nearMisses'][number]>();
  for (const { text, keyword, at } of found) {
    const word = normalise(text);
    if (rule.keywords.includes(word)) continue;
    const known = words.get(word);
    words.set(word, { word, keyword, times: (known?.times ?? 0) + 1, lastAt: known?.lastAt ?? new Date(at).toISOString() });
  }
  return [...words.values()].toSorted((a, b) => b.times - a.times).slice(0, 20);
}

async function callsOf(tx: Tx, ctx: Context, ruleId: string): Promise<RuleCallView[]> {
  const found = await tx.select().from(ruleCalls).where(and(eq(ruleCalls.organizationId, ctx.organizationId), eq(ruleCalls.ruleId, ruleId))).orderBy(desc(ruleCalls.createdAt)).limit(20);
  return found.map(({ id, url, createdAt, tries, httpStatus, error, nextAt, doneAt }) => ({
    id, url, createdAt: createdAt.toISOString(), tries, state: doneAt === null ? 'waiting' : error === null ? 'taken' : 'given_up', httpStatus, error, nextAt: nextAt?.toISOString() ?? null, doneAt: doneAt?.toISOString() ?? null,
  }));
}
