import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { isTheirs, isWithThem, type Erasee } from '#server/domain/person/erasure.ts';

/** All that tells of a person beside the deliveries and the contact with what hangs on it. */
export async function emptyTraces(tx: Tx, ctx: Context, erasee: Erasee): Promise<void> {
  const here = (alias: string) => sql`${sql.raw(alias)}.organization_id = ${ctx.organizationId}`;
  await forgetAnswers(tx, ctx, erasee);
  await tx.execute(sql`delete from conversation c where ${here('c')} and ${isWithThem(erasee)}`);
  await tx.execute(sql`delete from consent_event e where ${here('e')} and (e.contact_id = ${erasee.id} or ${isTheirs(sql`e.phone`, erasee)})`);
  await tx.execute(sql`delete from sender_opt_out o where ${here('o')} and ${isTheirs(sql`o.phone`, erasee)}`);
  // The tier of the sender counts them still.
  await tx.execute(sql`update sender_reach r set recipient = ${erasee.ghost} where ${here('r')} and ${isTheirs(sql`r.recipient`, erasee)}`);
  await tx.execute(sql`
    update contact_import_change x set before = case when x.before is not null then '{}'::jsonb end, after = case when x.after is not null then '{}'::jsonb end, member_data_before = null
    where ${here('x')} and x.contact_id = ${erasee.id}`);
  for (const phone of erasee.phones) await emptyMentions(tx, ctx, phone.slice(1));
}

/** Answers to repeated requests hold what was written. */
async function forgetAnswers(tx: Tx, ctx: Context, erasee: Erasee): Promise<void> {
  const found = await rows<{ id: string }>(tx, sql`select c.id from conversation c where c.organization_id = ${ctx.organizationId} and ${isWithThem(erasee)}`);
  const named = JSON.stringify([erasee.id, ...erasee.phones.map((phone) => phone.slice(1)), ...found.map(({ id }) => id)]);
  await tx.execute(sql`
    delete from idempotency_key k using json_array_elements_text(${named}::json) as named(part)
    where k.organization_id = ${ctx.organizationId} and (k.response like '%' || part || '%' or k.request like '%' || part || '%')`);
}

/** Where somebody wrote their number, with or without its +: in files on their way, in filters and views, in drafts. */
async function emptyMentions(tx: Tx, ctx: Context, digits: string): Promise<void> {
  const like = `%${digits}%`;
  const inOrganization = sql`organization_id = ${ctx.organizationId}`;
  await tx.execute(sql`
    delete from contact_upload where ${inOrganization} and state <> 'done'
      and id in (select upload_id from contact_upload_row where ${inOrganization} and (phone = ${`+${digits}`} or array_to_string(cells, ' ') like ${like}))`);
  await tx.execute(sql`delete from contact_upload_row where ${inOrganization} and (phone = ${`+${digits}`} or array_to_string(cells, ' ') like ${like})`);
  await tx.execute(sql`delete from user_view where ${inOrganization} and query like ${like}`);
  await scrub(tx, ctx, 'contact_upload', 'result', digits);
  await scrub(tx, ctx, 'saved_filter', 'definition', digits);
  await scrub(tx, ctx, 'broadcast_version', 'snapshot', digits);
}

async function scrub(tx: Tx, ctx: Context, table: string, column: string, digits: string): Promise<void> {
  const [name, field]: SQL[] = [sql.identifier(table), sql.identifier(column)].map((each) => sql`${each}`);
  await tx.execute(sql`
    update ${name!} set ${field!} = replace(${field!}::text, ${digits}, 'erased')::jsonb where organization_id = ${ctx.organizationId} and ${field!}::text like ${`%${digits}%`}`);
}
