import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { Problem } from '#server/errors.ts';

/**
 * Replaces the people of a draft who were chosen by number. A number that no contact has becomes a contact, so that an opt-out holds for it as for
 * everybody.
 * @throws Problem validation_failed that names each number which cannot be read (P23)
 */
export async function chooseNumbers(tx: Tx, ctx: Context, broadcastId: string, typed: string[]): Promise<void> {
  const country = await defaultCountry(tx, ctx.organizationId);
  const read = typed.map((number) => readPhone(number, country));
  const details = read.flatMap((reading) => (reading.phone === null ? [{ field: 'selectedNumbers', code: 'invalid_phone', message: `${reading.problem} ${reading.howToFix}` }] : []));
  if (details.length > 0) throw new Problem('validation_failed', details[0]!.message, { details });
  const phones = JSON.stringify([...new Set(read.flatMap(({ phone }) => phone ?? []))]);
  await tx.execute(sql`insert into contact (organization_id, phone)
    select ${ctx.organizationId}, value from json_array_elements_text(${phones}::json) on conflict (organization_id, phone) do nothing`);
  await tx.execute(sql`delete from broadcast_contact where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcastId}`);
  await tx.execute(sql`insert into broadcast_contact (organization_id, broadcast_id, contact_id)
    select ${ctx.organizationId}, ${broadcastId}, id from contact
    where organization_id = ${ctx.organizationId} and phone in (select value from json_array_elements_text(${phones}::json))`);
}
