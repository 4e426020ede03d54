import { and, eq, sql, type SQL } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { readTimelineInput, type ReadTimelineInput, type Timeline, type TimelineEntry } from '#server/domain/contact/schema.ts';
import { zonesOfNumber } from '#server/domain/time-zone/of-number.ts';
import { notFound } from '#server/errors.ts';

type ContactRow = typeof contacts.$inferSelect;
type Row = { at_us: string; id: string; kind: TimelineEntry['kind']; detail: Record<string, unknown> };

/**
 * What happened between us and one person, newest first: messages with their status, answers, consent and opt-outs, lists, imports and notes. Nothing
 * of the order ever changes except for a message that is handed over meanwhile.
 * @throws Problem not_found
 */
export async function readTimeline(ctx: Context, input: ReadTimelineInput): Promise<Timeline> {
  const { contactId, kinds, cursor, limit } = readTimelineInput.parse(input);
  return ctx.transaction(async (tx) => {
    const [contact] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contactId)));
    if (!contact) throw notFound('contact');
    const wanted = Object.entries(branches).filter(([kind]) => !kinds?.length || kinds.some((each) => each === kind)).map(([, branch]) => branch(contact));
    const found = await rows<Row>(tx, sql`
      select * from (select (extract(epoch from at) * 1000000)::bigint as at_us, id, kind, detail from (${sql.join(wanted, sql` union all `)}) everything) entry
      ${cursor ? sql`where (at_us, id) < (${cursor.split('~')[0]}::bigint, ${cursor.slice(cursor.indexOf('~') + 1)})` : sql``}
      order by at_us desc, id desc limit ${limit + 1}`);
    const last = found.length > limit ? found[limit - 1] : undefined;
    return { data: found.slice(0, limit).map(entryOf), nextCursor: last ? `${last.at_us}~${last.id}` : null, zone: zoneOf(contact) };
  });
}

/** `detail` was built with the fields of its kind by the branch below. */
const entryOf = ({ at_us, id, kind, detail }: Row) => ({ ...detail, kind, id, at: new Date(Number(at_us) / 1000).toISOString() }) as TimelineEntry;

function zoneOf({ timeZone, phone }: ContactRow): Timeline['zone'] {
  if (timeZone) return { name: timeZone, isGuessed: false };
  const zones = phone ? zonesOfNumber(phone) : [];
  return zones.length === 1 && zones[0] ? { name: zones[0], isGuessed: true } : null;
}

const here = ({ organizationId, id }: ContactRow, alias: string) => sql`${sql.identifier(alias)}.organization_id = ${organizationId} and ${sql.identifier(alias)}.contact_id = ${id}`;

const branches: Record<TimelineEntry['kind'], (contact: ContactRow) => SQL> = {
  // The delivery of each broadcast is one probe of the unique index on its recipient.
  message: ({ organizationId, id, phone }) => sql`
    select coalesce(d.handed_at, d.failed_at, b.started_at, b.created_at) as at, 'message:' || b.id || '-' || d.seq as id, 'message' as kind,
      jsonb_build_object('deliveryId', b.id || '-' || d.seq, 'broadcastId', b.id, 'broadcastName', b.name, 'channel', b.channel, 'status', d.status, 'reason', d.reason, 'errorCode', d.error_code, 'recipient', d.recipient, 'purpose', b.purpose) as detail
    from broadcast b cross join (values (${phone}::text), ('whatsapp:' || ${phone}::text)) person(address)
    cross join lateral (select * from broadcast_delivery probe where probe.broadcast_id = b.id and probe.recipient = person.address limit 1) d
    where b.organization_id = ${organizationId} and b.last_seq > 0 and d.organization_id = ${organizationId} and (d.contact_id = ${id} or d.contact_id is null)`,
  reply: (contact) => sql`
    select a.created_at, 'reply:' || a.broadcast_id || a.kind, 'reply', jsonb_build_object('broadcastId', b.id, 'broadcastName', b.name, 'isOptOut', a.kind = 'opt_out')
    from broadcast_response a join broadcast b on b.organization_id = a.organization_id and b.id = a.broadcast_id where ${here(contact, 'a')}`,
  consent: (contact) => sql`
    select a.created_at as at, 'activity:' || a.id as id, 'consent' as kind, jsonb_build_object('event', a.kind, 'source', coalesce(a.detail->>'consentSource', a.detail->>'source'), 'fileName', a.detail->>'fileName') as detail
    from activity a where ${here(contact, 'a')} and a.kind in ('opted_out', 'opted_in')
    union all
    select c.consent_at, 'consent:' || c.id, 'consent', jsonb_build_object('event', 'consent', 'source', c.consent_source, 'fileName', null)
    from contact c where c.organization_id = ${contact.organizationId} and c.id = ${contact.id} and c.consent_at is not null
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
    select a.created_at as at, 'activity:' || a.id as id, 'note' as kind, jsonb_build_object('event', a.kind, 'text', a.detail->>'text') as detail
    from activity a where ${here(contact, 'a')} and a.kind not in ('opted_out', 'opted_in')`,
};
