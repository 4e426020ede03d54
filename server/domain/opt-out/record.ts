import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';

/** An opt-out by keyword within so many hours of a message is put down to the broadcast of that message. */
const ANSWER_HOURS = 72;

/**
 * P37, P38: marks the people behind these addresses as opted out and writes an activity for each; who is marked already stays as they are. A number
 * without a contact is kept for whoever brings it (D10). It waits for intent transactions that hold the contact, so none commits after it without
 * having seen it.
 */
export async function recordOptOuts(tx: Tx, ctx: Context, addresses: string[], source: 'keyword' | 'provider' | 'staff' | 'import' | 'api'): Promise<void> {
  if (addresses.length === 0) return;
  const phones = phonesOf(addresses);
  await rows(tx, sql`
    with marked as (
      update contact set opted_out = true, opted_out_at = now(), opted_out_source = ${source}::opt_out_source, updated_at = now()
      where organization_id = ${ctx.organizationId} and not opted_out and phone in (select value from json_array_elements_text(${phones}::json))
      returning id
    ), stranger as (
      insert into kept_opt_out (organization_id, phone, opted_out_at, opted_out_source)
      select ${ctx.organizationId}::uuid, value, now(), ${source}::opt_out_source from json_array_elements_text(${phones}::json)
      where not exists (select 1 from contact c where c.organization_id = ${ctx.organizationId} and c.phone = value)
      on conflict do nothing
    ), counted as (
      insert into broadcast_response (organization_id, broadcast_id, contact_id, kind)
      select r.organization_id, r.last_broadcast_id, r.contact_id, 'opt_out' from marked
      join contact_reach r on r.organization_id = ${ctx.organizationId} and r.contact_id = marked.id and r.last_handed_at > now() - make_interval(hours => ${ANSWER_HOURS})
      join broadcast b on b.organization_id = r.organization_id and b.id = r.last_broadcast_id
      where ${source}::text = 'keyword'
      on conflict do nothing
    )
    insert into activity (organization_id, contact_id, kind, detail)
    select ${ctx.organizationId}, id, 'opted_out', jsonb_build_object('source', ${source}::text) from marked`);
}

/** D10: they wrote START: whatever the opt-out came from, this is their own word. Who is not opted out stays as they are. */
export async function clearOptOuts(tx: Tx, ctx: Context, addresses: string[]): Promise<void> {
  const phones = phonesOf(addresses);
  await rows(tx, sql`
    with cleared as (
      update contact set opted_out = false, opted_out_at = null, opted_out_source = null, updated_at = now()
      where organization_id = ${ctx.organizationId} and opted_out and phone in (select value from json_array_elements_text(${phones}::json))
      returning id
    ), forgotten as (
      delete from kept_opt_out where organization_id = ${ctx.organizationId} and phone in (select value from json_array_elements_text(${phones}::json))
    )
    insert into activity (organization_id, contact_id, kind, detail)
    select ${ctx.organizationId}, id, 'opted_in', jsonb_build_object('source', 'keyword', 'consentSource', 'They wrote START.') from cleared`);
}

/** Each number once, without its channel; an address that is no number is nobody's. */
const phonesOf = (addresses: string[]) => JSON.stringify([...new Set(addresses.map((address) => address.replace(/^[a-z]+:/, '')).filter((phone) => /^\+\d{6,15}$/.test(phone)))]);
