import { sql, type SQL } from 'drizzle-orm';
import * as z from 'zod';
import { rows, type Tx } from '#db/index.ts';
import { userId, type Context } from '#server/context.ts';
import { conversationViews, listConversationsInput, type ConversationPage, type ListConversationsInput } from '#server/domain/conversation/schema.ts';
import { conversationStatus, viewConversations, windowCloses } from '#server/domain/conversation/view.ts';
import { page } from '#server/domain/paging.ts';

type View = (typeof conversationViews)[number];

/** The inbox: conversations in which somebody wrote, over all channels; `unread` counts those of the whole inbox that nobody has looked at. */
export async function listConversations(ctx: Context, given: ListConversationsInput): Promise<ConversationPage> {
  const input = listConversationsInput.parse(given);
  return ctx.transaction(async (tx) => {
    const where = sql`c.organization_id = ${ctx.organizationId} and c.last_message_at is not null and ${ofView(ctx, input.view)} ${narrowed(ctx, input)}`;
    const [inbox] = await rows<{ unread: number; as_of: string }>(tx, sql`
      select count(*)::int as unread, clock_timestamp() as as_of from conversation c where c.organization_id = ${ctx.organizationId} and c.unread > 0 and c.closed_at is null`);
    // One pass finds the page and counts: a search reads every text, and twice would be twice as slow.
    const found = await rows<{ id: string; total: number }>(tx, sql`
      select c.id, (count(*) over ())::int as total from conversation c ${contactOf} where ${where} order by ${orders[input.sort]} limit ${input.ps} offset ${(input.p - 1) * input.ps}`);
    const total = found[0]?.total ?? (input.p > 1 ? await countOf(tx, where) : 0);
    return { ...page(await viewConversations(tx, ctx, found.map(({ id }) => id)), total, input), unread: inbox!.unread, asOf: new Date(inbox!.as_of).toISOString() };
  });
}

const contactOf = sql`left join contact p on p.organization_id = c.organization_id and p.id = c.contact_id`;

/** Of a page behind the last one. */
async function countOf(tx: Tx, where: SQL): Promise<number> {
  const [all] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from conversation c ${contactOf} where ${where}`);
  return all!.total;
}

const newest = sql`c.last_message_at desc, c.id`;
const orders: Record<z.infer<typeof listConversationsInput>['sort'], SQL> = {
  newest, time_left: sql`case when ${windowCloses} > now() then c.last_inbound_at end asc nulls last, ${newest}`,
};

function ofView(ctx: Context, view: View): SQL {
  const status = (wanted: string) => sql`${conversationStatus} = ${wanted}`;
  switch (view) {
    case 'all': return sql`true`;
    case 'mine': return sql`${status('open')} and c.assigned_to = ${userId(ctx)}::uuid`;
    case 'unassigned': return sql`${status('open')} and c.assigned_to is null`;
    default: return status(view);
  }
}

function narrowed(ctx: Context, { channel, isUnread, search }: z.infer<typeof listConversationsInput>): SQL {
  return sql`${channel ? sql`and c.channel = ${channel}` : sql``} ${isUnread === undefined ? sql`` : isUnread ? sql`and c.unread > 0` : sql`and c.unread = 0`}
    ${search ? sql`and (${matches(ctx, search)})` : sql``}`;
}

/** Letters that fold by themselves: then Postgres need not fold every text by the rules of a language, which takes most of the time. */
const isPlain = (search: string) => /^[\x20-\x7e]*$/.test(search);

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** All words in the name, the digits in the number, or the whole in a message or note. */
function matches(ctx: Context, search: string): SQL {
  const words = search.split(/\s+/).slice(0, 6).map((word) => sql`concat_ws(' ', p.first_name, p.last_name, c.profile_name) ilike ${pattern(word)}`);
  const digits = /^[\d\s+().\-/]+$/.test(search) ? search.replace(/\D/g, '') : '';
  return sql`(${sql.join(words, sql` and `)}) ${digits.length >= 2 ? sql`or c.recipient like ${`%${digits}%`}` : sql``}
    or c.id in (select m.conversation_id from chat_message m where m.organization_id = ${ctx.organizationId} and m.kind <> 'event' and m.body ${isPlain(search) ? sql`collate "C"` : sql``} ilike ${pattern(search)})`;
}
