import { sql, type SQL } from 'drizzle-orm';
import type { contacts } from '#db/schema/index.ts';
import type { TimelineEntry } from '#server/domain/contact/schema.ts';

export type ContactRow = typeof contacts.$inferSelect;

const here = ({ organizationId, id }: ContactRow, alias: string) => sql`${sql.identifier(alias)}.organization_id = ${organizationId} and ${sql.identifier(alias)}.contact_id = ${id}`;

/** Their conversations `c`; one with somebody who had the number before them is none of them. */
const isWith = ({ organizationId, id, phone }: ContactRow) => sql`c.organization_id = ${organizationId} and (c.contact_id = ${id} or (c.contact_id is null and c.recipient in (${phone}::text, 'whatsapp:' || ${phone}::text)))`;

/** Entries of the ledger `e`; those from before the contact are of the number. */
const ofLedger = ({ organizationId, id, phone }: ContactRow) => sql`e.organization_id = ${organizationId} and (e.phone = ${phone} or e.contact_id = ${id})`;

/** The same deed: the ledger is written in one transaction with what it decides. */
const atOnce = (column: string) => sql`e.at between ${sql.raw(column)} - interval '1 minute' and ${sql.raw(column)} + interval '1 minute'`;

/** By kind the entries of one person: at, id, kind, detail. */
export const branches: Record<TimelineEntry['kind'], (contact: ContactRow) => SQL> = {
  // Answers are broadcasts too; they stand as what was written. The delivery of each other one is one probe of the unique index on its recipient.
  message: ({ organizationId, id, phone }) => sql`
    select coalesce(d.handed_at, d.failed_at, b.started_at, b.created_at) as at, 'message:' || b.id || '-' || d.seq as id, 'message' as kind,
      jsonb_build_object('deliveryId', b.id || '-' || d.seq, 'broadcastId', b.id, 'broadcastName', b.name, 'channel', b.channel, 'status', d.status, 'reason', d.reason, 'errorCode', d.error_code, 'recipient', d.recipient, 'purpose', b.purpose, 'events', '[]'::jsonb) as detail
    from broadcast b cross join (values (${phone}::text), ('whatsapp:' || ${phone}::text)) person(address)
    cross join lateral (select * from broadcast_delivery probe where probe.broadcast_id = b.id and probe.recipient = person.address limit 1) d
    where b.organization_id = ${organizationId} and b.last_seq > 0 and b.purpose in ('broadcast', 'test') and d.organization_id = ${organizationId} and (d.contact_id = ${id} or d.contact_id is null)`,
  chat: (contact) => sql`
    select m.created_at as at, 'chat:' || m.id as id, 'chat' as kind, jsonb_build_object('conversationId', c.id, 'channel', c.channel, 'direction', m.direction, 'body', m.body, 'media', jsonb_array_length(m.media), 'author', u.name, 'rule', r.name,
      'status', (select d.status from broadcast_delivery d where d.broadcast_id = m.broadcast_id and d.seq = 1), 'broadcastId', cause.id, 'broadcastName', cause.name) as detail
    from conversation c join chat_message m on m.organization_id = c.organization_id and m.conversation_id = c.id
    left join "user" u on u.id = m.author_id left join keyword_rule r on r.organization_id = m.organization_id and r.id = m.rule_id left join broadcast cause on cause.organization_id = m.organization_id and cause.id = m.cause_broadcast_id
    where ${isWith(contact)} and m.kind = 'message'`,
  // An answer that was kept stands as what they wrote.
  reply: (contact) => sql`
    select a.created_at as at, 'reply:' || a.broadcast_id || a.kind as id, 'reply' as kind, jsonb_build_object('broadcastId', b.id, 'broadcastName', b.name, 'isOptOut', a.kind = 'opt_out') as detail
    from broadcast_response a join broadcast b on b.organization_id = a.organization_id and b.id = a.broadcast_id
    where ${here(contact, 'a')} and not (a.kind = 'reply' and exists (
      select 1 from conversation c join chat_message m on m.organization_id = c.organization_id and m.conversation_id = c.id where ${isWith(contact)} and m.cause_broadcast_id = a.broadcast_id))`,
  // The ledger; what stands in no ledger (somebody without a number, times before it) is told by the activity, or by the contact.
  consent: (contact) => sql`
    select e.at, 'ledger:' || e.id as id, 'consent' as kind, jsonb_build_object('event', case e.kind when 'opt_out' then 'opted_out' else 'opted_in' end, 'source', e.source, 'words', e.evidence->>'consentText', 'note', e.evidence->>'note', 'word', e.evidence->>'word',
      'errorCode', e.evidence->'errorCode', 'by', u.name, 'sender', case when e.scope = 'sender' then e.sender end, 'channel', e.channel, 'isSlip', coalesce((e.evidence->>'mistake')::boolean, false), 'fileName', e.evidence->>'fileName') as detail
    from consent_event e left join "user" u on u.id = e.actor_id where ${ofLedger(contact)}
    union all
    select a.created_at, 'activity:' || a.id, 'consent', jsonb_build_object('event', a.kind, 'source', a.detail->>'source', 'words', a.detail->>'consentSource', 'isSlip', false, 'fileName', a.detail->>'fileName')
    from activity a where ${here(contact, 'a')} and a.kind in ('opted_out', 'opted_in')
      and not exists (select 1 from consent_event e where ${ofLedger(contact)} and e.kind = (case a.kind when 'opted_out' then 'opt_out' else 'opt_in' end)::consent_kind and ${atOnce('a.created_at')})
    union all
    select c.consent_at, 'consent:' || c.id, 'consent', jsonb_build_object('event', 'consent', 'source', null, 'words', c.consent_source, 'isSlip', false)
    from contact c where c.organization_id = ${contact.organizationId} and c.id = ${contact.id} and c.consent_at is not null
      and not exists (select 1 from consent_event e where ${ofLedger(contact)} and e.kind = 'opt_in' and ${atOnce('c.consent_at')})
      and not exists (select 1 from activity a where ${here(contact, 'a')} and a.kind = 'opted_in' and a.created_at = c.consent_at)`,
  list: (contact) => sql`
    select m.added_at as at, 'list:' || m.list_id as id, 'list' as kind, jsonb_build_object('slug', l.slug, 'name', l.name) as detail
    from list_member m join list l on l.organization_id = m.organization_id and l.id = m.list_id where ${here(contact, 'm')}`,
  // An import is looked up by its key: there are few of them, and many changes in each.
  import: (contact) => sql`
    select i.created_at as at, 'import:' || i.id as id, 'import' as kind,
      jsonb_build_object('event', case when x.before is null then 'made' else 'changed' end, 'importId', i.id, 'fileName', i.file_name, 'isUndone', i.undone_at is not null) as detail
    from contact_import i cross join lateral (select * from contact_import_change probe where probe.organization_id = i.organization_id and probe.import_id = i.id and probe.contact_id = ${contact.id} limit 1) x
    where i.organization_id = ${contact.organizationId}
    union all
    select c.created_at, 'added:' || c.id, 'import', jsonb_build_object('event', 'added', 'importId', null, 'fileName', null, 'isUndone', false)
    from contact c where c.organization_id = ${contact.organizationId} and c.id = ${contact.id} and not exists (
      select 1 from contact_import i join contact_import_change x on x.organization_id = i.organization_id and x.import_id = i.id and x.contact_id = c.id
      where i.organization_id = c.organization_id and x.before is null)`,
  note: (contact) => sql`
    select a.created_at as at, 'activity:' || a.id as id, 'note' as kind, jsonb_build_object('event', a.kind, 'text', a.detail->>'text', 'by', u.name, 'conversationId', null) as detail
    from activity a left join "user" u on u.id::text = a.detail->>'by' where ${here(contact, 'a')} and a.kind not in ('opted_out', 'opted_in')
    union all
    select m.created_at, 'chat:' || m.id, 'note', jsonb_build_object('event', 'note', 'text', m.body, 'by', u.name, 'conversationId', c.id)
    from conversation c join chat_message m on m.organization_id = c.organization_id and m.conversation_id = c.id left join "user" u on u.id = m.author_id where ${isWith(contact)} and m.kind = 'note'`,
};
