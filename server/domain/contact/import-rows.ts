import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { ImportRow } from '#server/domain/contact/check-rows.ts';

const chunkSize = 5000;

const recordset = (people: readonly ImportRow[]) => sql`json_to_recordset(${JSON.stringify(people)}::json) as r(
  row integer, phone text, email text, first_name text, last_name text, time_zone text, consent_source text, opted_out boolean, fields jsonb, data jsonb)`;

/** What the file adds to a contact: empty cells erase nothing, and an opt-out is only ever added. */
const isChanged = sql`(
  (r.email is not null and r.email is distinct from c.email) or (r.first_name is not null and r.first_name is distinct from c.first_name)
  or (r.last_name is not null and r.last_name is distinct from c.last_name) or (r.time_zone is not null and r.time_zone is distinct from c.time_zone)
  or (r.consent_source is not null and r.consent_source is distinct from c.consent_source) or not c.fields @> r.fields or (r.opted_out and not c.opted_out))`;

export type Counts = { created: number; updated: number; unchanged: number; optedOut: number };

/** New, updated, unchanged, and how many of all have opted out, before anything is written. */
export async function countChanges(tx: Tx, organizationId: string, people: readonly ImportRow[]): Promise<Counts> {
  const sum: Counts = { created: 0, updated: 0, unchanged: 0, optedOut: 0 };
  for (const chunk of chunksOf(people)) {
    const [counts] = await rows<Counts>(tx, sql`
      select count(*) filter (where c.id is null)::int as created, count(*) filter (where c.id is not null and ${isChanged})::int as updated,
        count(*) filter (where c.id is not null and not ${isChanged})::int as unchanged, count(*) filter (where r.opted_out or c.opted_out)::int as "optedOut"
      from ${recordset(chunk)} left join contact c on c.organization_id = ${organizationId} and c.phone = r.phone`);
    if (!counts) continue;
    sum.created += counts.created; sum.updated += counts.updated; sum.unchanged += counts.unchanged; sum.optedOut += counts.optedOut;
  }
  return sum;
}

/**
 * Writes the people, in the order of their numbers so that two imports at once cannot wait for each other in a circle.
 * Who does not change is left alone: a conflict would lock the row until all of the file is in, and a STOP would wait for it.
 */
export async function writePeople(tx: Tx, organizationId: string, people: readonly ImportRow[], now: Date): Promise<void> {
  const at = now.toISOString();
  for (const chunk of chunksOf(people.toSorted((a, b) => (a.phone < b.phone ? -1 : 1)))) {
    await tx.execute(sql`
      insert into contact as c (organization_id, phone, email, first_name, last_name, fields, time_zone, consent_source, consent_at,
        opted_out, opted_out_at, opted_out_source, created_at, updated_at)
      select ${organizationId}::uuid, r.phone, r.email, r.first_name, r.last_name, r.fields, r.time_zone, r.consent_source,
        case when r.consent_source is not null then ${at}::timestamptz end, r.opted_out, case when r.opted_out then ${at}::timestamptz end,
        case when r.opted_out then 'import'::opt_out_source end, ${inOrder(now)}, ${at}::timestamptz
      from ${recordset(chunk)} left join contact c on c.organization_id = ${organizationId} and c.phone = r.phone
      where c.id is null or ${isChanged}
      on conflict (organization_id, phone) do update set
        email = coalesce(excluded.email, c.email), first_name = coalesce(excluded.first_name, c.first_name), last_name = coalesce(excluded.last_name, c.last_name),
        time_zone = coalesce(excluded.time_zone, c.time_zone), fields = c.fields || excluded.fields,
        consent_source = coalesce(excluded.consent_source, c.consent_source),
        consent_at = case when excluded.consent_source is distinct from c.consent_source then coalesce(excluded.consent_at, c.consent_at) else c.consent_at end,
        opted_out = c.opted_out or excluded.opted_out, opted_out_at = coalesce(c.opted_out_at, excluded.opted_out_at),
        opted_out_source = coalesce(c.opted_out_source, excluded.opted_out_source), updated_at = excluded.updated_at
      where (coalesce(excluded.email, c.email), coalesce(excluded.first_name, c.first_name), coalesce(excluded.last_name, c.last_name),
          coalesce(excluded.time_zone, c.time_zone), coalesce(excluded.consent_source, c.consent_source), c.fields || excluded.fields, c.opted_out or excluded.opted_out)
        is distinct from (c.email, c.first_name, c.last_name, c.time_zone, c.consent_source, c.fields, c.opted_out)`);
  }
}

/** P39: an opt-out that the file brought is noted like every other. */
export async function recordImportedOptOuts(tx: Tx, organizationId: string, people: readonly ImportRow[], fileName: string, now: Date): Promise<void> {
  const phones = people.filter((person) => person.opted_out).map((person) => person.phone);
  if (phones.length === 0) return;
  await tx.execute(sql`
    insert into activity (organization_id, contact_id, kind, detail, created_at)
    select c.organization_id, c.id, 'opted_out', jsonb_build_object('source', 'import', 'fileName', ${fileName}::text), ${now.toISOString()}::timestamptz
    from contact c join json_array_elements_text(${JSON.stringify(phones)}::json) p(phone) on p.phone = c.phone
    where c.organization_id = ${organizationId} and c.opted_out_source = 'import' and c.opted_out_at = ${now.toISOString()}::timestamptz`);
}

/** A microsecond apart, so that lists, which show the newest first, keep the order of the file. */
const inOrder = (now: Date) => sql`${now.toISOString()}::timestamptz - r.row * interval '1 microsecond'`;

/** Everybody of the file joins the list; data of people who are in it already is added to. */
export async function joinList(tx: Tx, organizationId: string, listId: string, people: readonly ImportRow[], now: Date): Promise<void> {
  for (const chunk of chunksOf(people)) {
    await tx.execute(sql`
      insert into list_member as m (organization_id, list_id, contact_id, data, added_at)
      select c.organization_id, ${listId}::uuid, c.id, r.data, ${inOrder(now)}
      from ${recordset(chunk)} join contact c on c.organization_id = ${organizationId} and c.phone = r.phone order by c.id
      on conflict (organization_id, list_id, contact_id) do update set data = m.data || excluded.data where m.data || excluded.data is distinct from m.data`);
  }
}

function* chunksOf(people: readonly ImportRow[]): Generator<readonly ImportRow[]> {
  for (let start = 0; start < people.length; start += chunkSize) yield people.slice(start, start + chunkSize);
}
