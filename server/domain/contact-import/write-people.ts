import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { wakePush } from '#server/domain/opt-out/push.ts';
import { contactOfRow, isChanged, matchContacts, nextColumns, ofUpload, type Upload } from '#server/domain/contact-import/settle.ts';

export type Import = Upload & { importId: string; listId: string | null; fileName: string; at: string; importedBy: string | null };

/** A microsecond apart, so that lists, which show the newest first, keep the order of the file. */
const inOrder = (at: string) => sql`${at}::timestamptz - r.row * interval '1 microsecond'`;

/** Rows that are written by one statement, about; after each it is told how far the import is. */
const SLICE = 5_000;
const MOST_SLICES = 16;

/**
 * Writes the accepted rows and, beside each contact, what it was before. In the order of the numbers, so that two imports at once cannot wait for
 * each other in a circle. Who does not change is left alone: a lock on them would make a STOP wait for the whole file. `tell` hears the share that is
 * written, 0 to 1.
 */
export async function writePeople(tx: Tx, ctx: Context, target: Import, tell: (share: number) => Promise<void>): Promise<void> {
  const slices = await slicesByPhone(tx, target);
  const joins = target.listId === null ? [] : slicesById(slices.length);
  const steps = 2 * slices.length + joins.length;
  let done = 0;
  const step = async (statement: SQL) => { await tx.execute(statement); await tell(++done / steps); };
  for (const slice of slices) await step(insertNew(target, slice));
  // Another import may have made some of them in this moment.
  await matchContacts(tx, target);
  for (const slice of slices) await step(updateChanged(target, slice));
  await recordOptOuts(tx, ctx, target);
  for (const slice of joins) await step(joinList(target, slice));
}

/** Conditions on `r` that share the accepted rows out, in the order of the numbers; who has none comes last. */
async function slicesByPhone(tx: Tx, target: Import): Promise<SQL[]> {
  const [{ count } = { count: 0 }] = await rows<{ count: number }>(tx, sql`select count(*)::int as count from contact_upload_row r where ${ofUpload(target)} and r.findings is null`);
  const slices = Math.min(MOST_SLICES, Math.ceil(count / SLICE));
  if (slices < 2) return [sql`true`];
  const shares = JSON.stringify(Array.from({ length: slices - 1 }, (_, i) => (i + 1) / slices));
  const ends = await rows<{ phone: string }>(tx, sql`
    select distinct unnest(percentile_disc((select array_agg(value::float8) from json_array_elements_text(${shares}::json))) within group (order by r.phone)) as phone
    from contact_upload_row r where ${ofUpload(target)} and r.findings is null and r.phone is not null order by 1`);
  return [...ends.map(({ phone }, i) => (i === 0 ? sql`r.phone <= ${phone}` : sql`(r.phone > ${ends[i - 1]!.phone} and r.phone <= ${phone})`)), ends.length === 0 ? sql`true` : sql`(r.phone > ${ends.at(-1)!.phone} or r.phone is null)`];
}

/** The same in the order of the ids, which are random: 1, 2, 4, 8 or 16 parts of alike size, by their first digit. */
function slicesById(atLeast: number): SQL[] {
  if (atLeast < 2) return [sql`true`];
  const slices = 2 ** Math.ceil(Math.log2(atLeast));
  const from = (i: number) => `${((i * 16) / slices).toString(16)}0000000-0000-0000-0000-000000000000`;
  // On the contact too, so that only that part of the contacts is read.
  const between = (column: SQL, i: number) => sql`${column} >= ${from(i)}::uuid ${i + 1 < slices ? sql`and ${column} < ${from(i + 1)}::uuid` : sql``}`;
  return Array.from({ length: slices }, (_, i) => sql`${between(sql`r.person_id`, i)} and ${between(sql`c.id`, i)}`);
}

const insertNew = (target: Import, slice: SQL) => sql`
  with made as (
    insert into contact (organization_id, id, phone, email, first_name, last_name, fields, tags, time_zone, consent_source, consent_at, opted_out, opted_out_at, opted_out_source, created_at, updated_at)
    select r.organization_id, r.person_id, r.phone, r.email, r.first_name, r.last_name, r.fields, r.tags, r.time_zone, r.consent_source, r.consent_at, r.opted_out,
      case when r.opted_out then ${target.at}::timestamptz end, case when r.opted_out then 'import'::opt_out_source end, ${inOrder(target.at)}, ${target.at}::timestamptz
    from contact_upload_row r left join contact c on ${contactOfRow}
    where ${ofUpload(target)} and r.findings is null and ${slice} and c.id is null order by r.phone
    on conflict (organization_id, phone) do nothing returning id)
  insert into contact_import_change (organization_id, import_id, contact_id, before, has_joined)
  select ${target.organizationId}::uuid, ${target.importId}::uuid, id, null, ${target.listId !== null} from made`;

const names = Object.keys(nextColumns) as (keyof typeof nextColumns)[];
const scalars = names.filter((name) => name !== 'fields');

/** `{ column: value }` of the columns that change; fields only with the keys that change. */
const changesOf = (side: 'before' | 'after') => sql`(
  ${sql.join(scalars.map((name) => sql`case when t.${sql.identifier(name)} is distinct from t.${sql.identifier(`next_${name}`)}
    then jsonb_build_object(${sql.raw(`'${name}'`)}, to_jsonb(t.${sql.identifier(side === 'before' ? name : `next_${name}`)})) else '{}' end`), sql` || `)}
  || case when t.fields is distinct from t.next_fields then jsonb_build_object('fields', coalesce((
    select jsonb_object_agg(f.key, ${side === 'before' ? sql`t.fields->f.key` : sql`f.value`}) from jsonb_each(t.next_fields) f
    where t.fields->f.key is distinct from f.value ${side === 'before' ? sql`and t.fields ? f.key` : sql``}), '{}')) else '{}' end)`;

const updateChanged = (target: Import, slice: SQL) => sql`
  with touched as materialized (
    select c.id, c.updated_at, r.opted_out, ${sql.join(names.flatMap((name) => [sql`c.${sql.identifier(name)}`, sql`${nextColumns[name]} as ${sql.identifier(`next_${name}`)}`]), sql`, `)}
    from contact_upload_row r join contact c on ${contactOfRow}
    where ${ofUpload(target)} and r.findings is null and ${slice} and ${isChanged} order by c.phone for no key update of c),
  noted as (
    insert into contact_import_change (organization_id, import_id, contact_id, before, after)
    select ${target.organizationId}::uuid, ${target.importId}::uuid, t.id,
      jsonb_build_object('updated_at', to_jsonb(t.updated_at)) || ${changesOf('before')}, jsonb_build_object('updated_at', to_jsonb(${target.at}::timestamptz)) || ${changesOf('after')}
    from touched t)
  update contact c set ${sql.join(names.map((name) => sql`${sql.identifier(name)} = t.${sql.identifier(`next_${name}`)}`), sql`, `)},
    opted_out = c.opted_out or t.opted_out, opted_out_at = case when not c.opted_out and t.opted_out then ${target.at}::timestamptz else c.opted_out_at end,
    opted_out_source = case when not c.opted_out and t.opted_out then 'import'::opt_out_source else c.opted_out_source end, updated_at = ${target.at}::timestamptz
  from touched t where c.organization_id = ${target.organizationId} and c.id = t.id`;

/** P39: an opt-out that the file brought is noted like every other, in the ledger too, and Twilio is to be told. */
async function recordOptOuts(tx: Tx, ctx: Context, target: Import): Promise<void> {
  const gone = await rows(tx, sql`
  with gone as materialized (
    select c.id, c.phone, r.row from contact_upload_row r join contact c on ${contactOfRow}
    where ${ofUpload(target)} and r.findings is null and r.opted_out and c.opted_out_source = 'import' and c.opted_out_at = ${target.at}::timestamptz),
  noted as (
    insert into consent_event (organization_id, kind, phone, contact_id, source, evidence, actor_id, push)
    select ${target.organizationId}::uuid, 'opt_out', phone, id, 'import', jsonb_build_object('importId', ${target.importId}::text, 'fileName', ${target.fileName}::text, 'row', row), ${target.importedBy}::uuid, 'due'
    from gone where phone is not null)
  insert into activity (organization_id, contact_id, kind, detail, created_at)
  select ${target.organizationId}::uuid, id, 'opted_out', jsonb_build_object('source', 'import', 'fileName', ${target.fileName}::text), ${target.at}::timestamptz from gone
  returning 1`);
  if (gone.length > 0) await wakePush(tx, ctx);
}

/** Everybody of the file joins the list; data of people who are in it already is added to. */
const joinList = (target: Import, slice: SQL) => sql`
  with joining as materialized (
    select r.person_id, r.row, r.data, m.data as had, m.data || r.data as next, m.contact_id is null as is_new
    from contact_upload_row r join contact c on ${contactOfRow}
    left join list_member m on m.organization_id = r.organization_id and m.list_id = ${target.listId}::uuid and m.contact_id = r.person_id
    where ${ofUpload(target)} and r.findings is null and ${slice}),
  noted as (
    insert into contact_import_change (organization_id, import_id, contact_id, before, after, has_joined, member_data_before)
    select ${target.organizationId}::uuid, ${target.importId}::uuid, j.person_id, '{}', jsonb_build_object('memberData', j.next), j.is_new, case when not j.is_new then j.had end
    from joining j where (j.is_new or j.had is distinct from j.next)
      and not exists (select 1 from contact_import_change x where x.organization_id = ${target.organizationId} and x.import_id = ${target.importId} and x.contact_id = j.person_id and x.before is null)
    on conflict (organization_id, import_id, contact_id) do update set
      has_joined = excluded.has_joined, member_data_before = excluded.member_data_before, after = contact_import_change.after || excluded.after)
  insert into list_member as m (organization_id, list_id, contact_id, data, added_at)
  select ${target.organizationId}::uuid, ${target.listId}::uuid, r.person_id, r.data, ${inOrder(target.at)} from joining r where r.is_new or r.had is distinct from r.next order by r.person_id
  on conflict (organization_id, list_id, contact_id) do update set data = m.data || excluded.data where m.data || excluded.data is distinct from m.data`;
