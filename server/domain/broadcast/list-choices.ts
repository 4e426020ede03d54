import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { senderOf, whereListed } from '#server/domain/broadcast/list-where.ts';
import { broadcastFilters, type ListChoices, type ListChoicesInput } from '#server/domain/broadcast/schema.ts';

/** What the list can be narrowed to, with how many broadcasts each choice would show: counted under all other filters, not under its own. */
export async function listChoices(ctx: Context, given: ListChoicesInput): Promise<ListChoices> {
  const { status, channel, sender, author, ...others } = broadcastFilters.parse(given);
  const groups = await ctx.transaction((tx) => rows<Group>(tx, sql`
    select g.*, u.name as "authorName" from (
      select ${broadcasts.status} as status, ${broadcasts.channel} as channel, ${senderOf} as sender, ${broadcasts.createdBy} as author, count(*)::int as count
      from ${broadcasts} where ${whereListed(ctx, others)} group by 1, 2, 3, 4
    ) g left join "user" u on u.id = g.author`));
  const chosen = { status, channel, sender, author };
  const names = new Map(groups.map((group) => [group.author, group.authorName]));
  return {
    statuses: counted(groups, chosen, 'status'), channels: counted(groups, chosen, 'channel'), senders: counted(groups, chosen, 'sender'),
    authors: counted(groups, chosen, 'author').map((choice) => ({ ...choice, name: names.get(choice.value) ?? 'Somebody' })),
  };
}

type Group = { status: string; channel: string; sender: string | null; author: string | null; authorName: string | null; count: number };
const facets = ['status', 'channel', 'sender', 'author'] as const;
type Facet = (typeof facets)[number];

/** By value, the most frequent first. */
function counted(groups: Group[], chosen: Partial<Record<Facet, string | undefined>>, facet: Facet): Array<{ value: string; count: number }> {
  const others = facets.filter((other) => other !== facet && chosen[other] !== undefined);
  const counts = new Map<string, number>();
  for (const group of groups) {
    const value = group[facet];
    if (value !== null && others.every((other) => group[other] === chosen[other])) counts.set(value, (counts.get(value) ?? 0) + group.count);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}
