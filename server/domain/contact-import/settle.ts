import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';

export type Upload = { organizationId: string; uploadId: string };

/** The rows of an upload, as `r`; `c` is the contact that each belongs to, when there is one. */
export const ofUpload = ({ organizationId, uploadId }: Upload) => sql`r.organization_id = ${organizationId}::uuid and r.upload_id = ${uploadId}::uuid`;
export const contactOfRow = sql`c.organization_id = r.organization_id and c.id = r.person_id`;

/** Own fields of the row that say something else than the contact's; 37 and "37" say the same. */
const changedFields = sql`(select jsonb_object_agg(f.key, f.value) from jsonb_each_text(r.fields) f where c.fields->>f.key is distinct from f.value)`;

/** What the file adds to a contact: empty cells erase nothing, and an opt-out is only ever added. */
export const isChanged = sql`(
  (r.email is not null and r.email is distinct from c.email) or (r.first_name is not null and r.first_name is distinct from c.first_name)
  or (r.last_name is not null and r.last_name is distinct from c.last_name) or (r.time_zone is not null and r.time_zone is distinct from c.time_zone)
  or (r.consent_source is not null and r.consent_source is distinct from c.consent_source) or (r.consent_at is not null and r.consent_at is distinct from c.consent_at)
  or not c.tags @> r.tags or (r.opted_out and not c.opted_out) or (not c.fields @> r.fields and ${changedFields} is not null))`;

/** The contact's columns as they will be. The date of an older consent does not stand beside a new source. */
export const nextColumns = {
  email: sql`coalesce(r.email, c.email)`, first_name: sql`coalesce(r.first_name, c.first_name)`, last_name: sql`coalesce(r.last_name, c.last_name)`, time_zone: sql`coalesce(r.time_zone, c.time_zone)`,
  consent_source: sql`coalesce(r.consent_source, c.consent_source)`,
  consent_at: sql`case when r.consent_at is not null then r.consent_at when r.consent_source is distinct from c.consent_source and r.consent_source is not null then null else c.consent_at end`,
  tags: sql`c.tags || (select coalesce(array_agg(t.tag order by t.n), '{}') from unnest(r.tags) with ordinality t(tag, n) where t.tag <> all (c.tags))`,
  fields: sql`c.fields || coalesce(${changedFields}, '{}')`,
};

/**
 * Keeps Postgres, for the rest of this transaction, from comparing each row with each other one: its estimates for these tables are from a time at
 * which they were nearly empty. A small file may be looked up one by one, whatever the number of contacts.
 */
export async function expectMany(tx: Tx, rowCount: number): Promise<void> {
  if (rowCount > 500) await tx.execute(sql`set local enable_nestloop = off`);
}

/** Of rows with the same number, or without one the same e-mail address, the last counts. Undoes what it said before, so it may run again. */
export async function markDuplicates(tx: Tx, upload: Upload): Promise<void> {
  await tx.execute(sql`update contact_upload_row r set findings = null where ${ofUpload(upload)} and r.findings->0->>'kind' = 'duplicate'`);
  await tx.execute(sql`
    with doubled as materialized (
      select * from (
        select r.row, coalesce(r.phone, r.email) as value, max(r.row) over (partition by coalesce(r.phone, lower(r.email))) as winner
        from contact_upload_row r where ${ofUpload(upload)} and r.findings is null
      ) keyed where row < winner)
    update contact_upload_row r set findings = jsonb_build_array(jsonb_build_object('kind', 'duplicate', 'column', null, 'value', d.value,
      'problem', format('Two rows have %s (rows %s and %s). The later row wins.', d.value, d.row, d.winner),
      'howToFix', format('Nothing to do, unless this row is the right one: then remove row %s.', d.winner)))
    from doubled d where ${ofUpload(upload)} and r.row = d.row`);
}

/** Finds the contact of each row: by number, or for somebody without one by e-mail address among those without a number. */
export async function matchContacts(tx: Tx, upload: Upload): Promise<void> {
  // Somebody may have got another number since the last look.
  await tx.execute(sql`
    update contact_upload_row r set person_id = gen_random_uuid() from contact c
    where ${ofUpload(upload)} and ${contactOfRow} and (c.phone is distinct from r.phone or (r.phone is null and lower(c.email) is distinct from lower(r.email)))`);
  await tx.execute(sql`
    update contact_upload_row r set person_id = c.id from contact c
    where ${ofUpload(upload)} and r.findings is null and c.organization_id = ${upload.organizationId} and c.phone = r.phone and c.id <> r.person_id`);
  await tx.execute(sql`
    update contact_upload_row r set person_id = c.id
    from (select distinct on (lower(email)) id, lower(email) as email from contact where organization_id = ${upload.organizationId} and phone is null and email is not null order by lower(email), created_at) c
    where ${ofUpload(upload)} and r.findings is null and r.phone is null and lower(r.email) = c.email and c.id <> r.person_id`);
}

/**
 * Whether the person of row `r` (contact `c`, kept opt-out `k`) gets nothing after the import, whatever the file says; also a number that was erased, which
 * comes back suppressed. Numbers are hashed only where somebody was erased, and only those without a contact.
 */
export const staysOut = sql`(r.opted_out or coalesce(c.opted_out, false) or k.phone is not null or case when c.id is null and r.phone is not null and (select exists (select 1 from erased_phone x where x.organization_id = r.organization_id))
  then exists (select 1 from erased_phone e where e.organization_id = r.organization_id and e.hash = any(erasure_hashes(r.organization_id, r.phone))) else false end)`;

export type Counts = { rows: number; created: number; updated: number; unchanged: number; refused: number; duplicates: number; optedOut: number };

/** How the rows divide into four groups, and how many people have opted out, also with a number that has no contact now. */
export async function countGroups(tx: Tx, upload: Upload): Promise<Counts> {
  const [counts] = await rows<Counts>(tx, sql`
    select count(*)::int as rows, count(*) filter (where r.findings is not null)::int as refused, count(*) filter (where r.findings->0->>'kind' = 'duplicate')::int as duplicates,
      count(*) filter (where r.findings is null and c.id is null)::int as created,
      count(*) filter (where r.findings is null and c.id is not null and ${isChanged})::int as updated,
      count(*) filter (where r.findings is null and c.id is not null and not ${isChanged})::int as unchanged,
      count(*) filter (where r.findings is null and ${staysOut})::int as "optedOut"
    from contact_upload_row r left join contact c on ${contactOfRow}
    left join kept_opt_out k on k.organization_id = r.organization_id and k.phone = r.phone
    where ${ofUpload(upload)}`);
  return counts!;
}

/** How many refused rows have which problem first. */
export const countKinds = (tx: Tx, upload: Upload) => rows<{ kind: string; rows: number }>(tx, sql`
  select r.findings->0->>'kind' as kind, count(*)::int as rows from contact_upload_row r where ${ofUpload(upload)} and r.findings is not null group by 1 order by 2 desc, 1`);
