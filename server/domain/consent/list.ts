import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { listOptOutsInput, type ListOptOutsInput, type OptOutCounts, type OptOutView } from '#server/domain/consent/schema.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** The ledger of who left and who came back, newest first. */
export async function listOptOuts(ctx: Context, input: ListOptOutsInput): Promise<Page<OptOutView>> {
  const { p, ps, ...asked } = listOptOutsInput.parse(input);
  return ctx.transaction(async (tx) => {
    const where = optOutsWhere(ctx, asked);
    const [counted] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from consent_event e ${contactOf} where ${where}`);
    return page(await readOptOuts(tx, where, sql`limit ${ps} offset ${(p - 1) * ps}`), counted!.total, { p, ps });
  });
}

/** Numbers that are out now, with and without a contact, and what happened in the last 30 days. */
export async function countOptOuts(ctx: Context): Promise<OptOutCounts> {
  const { organizationId } = ctx;
  return ctx.transaction(async (tx) => (await rows<OptOutCounts>(tx, sql`
    select (select count(*)::int from contact where organization_id = ${organizationId} and opted_out and phone is not null) + (select count(*)::int from kept_opt_out where organization_id = ${organizationId}) as organization,
      (select count(*)::int from sender_opt_out where organization_id = ${organizationId}) as sender,
      count(*) filter (where kind = 'opt_out')::int as "leftLately", count(*) filter (where kind = 'opt_in')::int as "cameBackLately"
    from consent_event where organization_id = ${organizationId} and at > now() - interval '30 days'`))[0]!);
}

/** The contact who has the number now. */
export const contactOf = sql`left join contact c on c.organization_id = e.organization_id and c.phone = e.phone`;

/** Conditions on the event `e` and its contact `c`. */
export function optOutsWhere(ctx: Context, { search = '', kind, source, scope }: Omit<ListOptOutsInput, 'p' | 'ps'>): SQL {
  const digits = search.replace(/\D/g, '');
  const isNumber = digits.length >= 2 && /^[\d\s+().\-/]+$/.test(search);
  const words = search.split(/\s+/).filter(Boolean).slice(0, 6).map((word) => sql`concat_ws(' ', c.first_name, c.last_name, c.email) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  return sql.join([
    sql`e.organization_id = ${ctx.organizationId}`, kind ? sql`e.kind = ${kind}` : [], source ? sql`e.source = ${source}` : [], scope ? sql`e.scope = ${scope}` : [],
    isNumber ? sql`(e.phone like ${`%${digits}%`} or e.phone like ${`%${digits.replace(/^0+/, '') || digits}%`})` : words,
  ].flat(), sql` and `);
}

export async function readOptOuts(tx: Tx, where: SQL, slice: SQL): Promise<OptOutView[]> {
  const found = await rows<OptOutView>(tx, sql`
    select e.id, e.kind, e.phone, case when c.id is not null then jsonb_build_object('id', c.id, 'name', coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.email, e.phone)) end as contact,
      e.scope, e.sender, e.source, e.evidence, coalesce((e.evidence->>'conversationId')::uuid, m.conversation_id) as "conversationId", u.name as by, e.at, e.push, e.push_error as "pushError"
    from consent_event e ${contactOf} left join chat_message m on m.organization_id = e.organization_id and m.sid = e.evidence->>'messageSid' left join "user" u on u.id = e.actor_id
    where ${where} order by e.at desc, e.id desc ${slice}`);
  return found.map((event) => ({ ...event, at: new Date(event.at).toISOString() }));
}
