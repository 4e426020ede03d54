import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { DeviceEventKind } from '#server/domain/device/schema.ts';

/** All that a push of one event needs to know. */
export type EventFacts = {
  seq: number; kind: DeviceEventKind; conversationId: string;
  /** Who wrote: the contact's name, else how they call themselves, else their number. */
  person: string; text: string; mediaType: string | null;
  /** What the keyword rule calls for. */
  notice: string | null;
  /** The colleague who has the conversation, and still works here; null: everybody. */
  assignedTo: string | null;
  /** When they wrote. */
  writtenAt: Date;
  /** The organisation's rule. */
  showsText: boolean;
};

type Row = Omit<EventFacts, 'seq' | 'writtenAt'> & { seq: string; writtenAt: string };

/** Null for a notice whose rule did not act, or has none any more. */
export async function readEvent(tx: Tx, ctx: Context, seq: number): Promise<EventFacts | null> {
  const [row] = await rows<Row>(tx, sql`
    select e.seq, e.kind, m.conversation_id as "conversationId", m.body as text, m.media -> 0 ->> 'contentType' as "mediaType", m.created_at as "writtenAt",
      coalesce(nullif(concat_ws(' ', p.first_name, p.last_name), ''), nullif(c.profile_name, ''), regexp_replace(c.recipient, '^[a-z]+:', '')) as person,
      s.user_id as "assignedTo", o.push_shows_text as "showsText",
      (select a ->> 'text' from keyword_rule k, jsonb_array_elements(k.actions) a where k.organization_id = r.organization_id and k.id = r.rule_id and r.outcome = 'acted' and a ->> 'type' = 'notify' limit 1) as notice
    from device_event e
      join organization o on o.id = e.organization_id
      join chat_message m on m.organization_id = e.organization_id and m.id = e.message_id
      join conversation c on c.organization_id = e.organization_id and c.id = m.conversation_id
      left join contact p on p.organization_id = e.organization_id and p.id = c.contact_id
      left join membership s on s.organization_id = e.organization_id and s.user_id = c.assigned_to
      left join rule_run r on r.organization_id = e.organization_id and r.message_id = e.message_id and e.kind = 'notice'
    where e.organization_id = ${ctx.organizationId} and e.seq = ${seq}`);
  if (!row || (row.kind === 'notice' && row.notice === null)) return null;
  return { ...row, seq: Number(row.seq), writtenAt: new Date(row.writtenAt) };
}
