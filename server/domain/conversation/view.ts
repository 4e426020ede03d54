import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channelIds, channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { isoOrNull, iso } from '#server/domain/delivery/view.ts';

/** When the window of a conversation `c` closes; null on a channel without windows, and for who has never written (P72). */
export const windowCloses = sql`c.last_inbound_at + make_interval(secs => case c.channel ${sql.join(channelIds.map((id) => sql`when ${id} then ${channels[id].windowSeconds}::float8`), sql` `)} end)`;

/** Where a conversation `c` stands for the colleagues. */
export const conversationStatus = sql`case when c.closed_at is not null then 'closed' when c.snoozed_until > now() then 'snoozed' else 'open' end`;

type Row = {
  id: string; channel: ChannelId; sender: string; recipient: string; unread: number; status: ConversationView['status']; snoozed_until: string | null; profile_name: string | null; closes_at: string | null;
  contact_id: string | null; first_name: string | null; last_name: string | null; phone: string | null; opted_out: boolean | null; assignee_id: string | null; assignee_name: string | null;
  last: { direction: 'inbound' | 'outbound'; kind: 'message' | 'note'; text: string; hasMedia: boolean; at: string } | null; suggested_id: string | null; suggested_text: string | null;
};

/** These conversations as the doors show them, in the order in which they are asked for. */
export async function viewConversations(tx: Tx, ctx: Context, ids: string[]): Promise<ConversationView[]> {
  if (ids.length === 0) return [];
  const found = await rows<Row>(tx, sql`
    select c.id, c.channel, c.sender, c.recipient, c.unread, ${conversationStatus} as status, c.snoozed_until, c.profile_name, ${windowCloses} as closes_at,
      p.id as contact_id, p.first_name, p.last_name, p.phone, p.opted_out, u.id as assignee_id, u.name as assignee_name, last.view as last, s.id as suggested_id, s.body as suggested_text
    from json_array_elements_text(${JSON.stringify(ids)}::json) with ordinality as asked(id, place)
    join conversation c on c.organization_id = ${ctx.organizationId} and c.id = asked.id::uuid
    left join contact p on p.organization_id = c.organization_id and p.id = c.contact_id
    left join "user" u on u.id = c.assigned_to
    left join chat_message s on s.organization_id = c.organization_id and s.id = c.suggested_opt_out_id
    left join lateral (
      select json_build_object('direction', m.direction, 'kind', m.kind, 'text', left(m.body, 300), 'hasMedia', m.media <> '[]'::jsonb, 'at', m.created_at) as view
      from chat_message m where m.organization_id = c.organization_id and m.conversation_id = c.id and m.kind <> 'event' order by m.created_at desc, m.id desc limit 1
    ) last on true
    order by asked.place`);
  return found.map(conversationOf);
}

const conversationOf = (row: Row): ConversationView => ({
  id: row.id, channel: row.channel, sender: row.sender, recipient: row.recipient, title: titleOf(row),
  contact: row.contact_id === null ? null : { id: row.contact_id, name: nameOf(row), phone: row.phone, optedOut: row.opted_out ?? false },
  unread: row.unread, assignedTo: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
  status: row.status, snoozedUntil: row.status === 'snoozed' ? isoOrNull(row.snoozed_until) : null,
  lastMessage: row.last ? { ...row.last, at: iso(row.last.at) } : null,
  window: channels[row.channel].windowSeconds === null ? null : { closesAt: isoOrNull(row.closes_at) },
  suggestedOptOut: row.suggested_id === null ? null : { messageId: row.suggested_id, text: row.suggested_text ?? '' },
});

const nameOf = ({ first_name, last_name }: Row) => [first_name, last_name].filter(Boolean).join(' ');
const titleOf = (row: Row) => nameOf(row) || row.profile_name?.trim() || phoneOf(row.recipient);

/** The number of an address, without the word of its channel. */
export const phoneOf = (address: string): string => address.replace(/^[a-z]+:/, '');
