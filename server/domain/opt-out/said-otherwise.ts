import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { OptOutType } from '#server/domain/opt-out/keyword.ts';

/**
 * Whether a word that is found late has been overtaken: START by any opt-out since, whoever recorded it, also from `sender` alone; STOP only by a later word of theirs,
 * because consent that we noted was given without knowing of it.
 */
export async function hasSaidOtherwise(tx: Tx, ctx: Context, addresses: readonly string[], { keyword, at, sender }: { keyword: OptOutType; at: Date; sender: string }): Promise<boolean> {
  const phones = JSON.stringify(addresses.map((address) => address.replace(/^[a-z]+:/, '')));
  const [found] = await rows<{ has: boolean }>(tx, sql`
    select exists (
      select 1 from consent_event e where e.organization_id = ${ctx.organizationId} and e.phone in (select value from json_array_elements_text(${phones}::json)) and (e.scope = 'organization' or e.sender = ${sender})
        and coalesce((e.evidence->>'writtenAt')::timestamptz, e.at) > ${at.toISOString()}::timestamptz
        and ${keyword === 'START' ? sql`e.kind = 'opt_out'` : sql`e.kind = 'opt_in' and e.scope = 'organization' and e.source in ('keyword', 'opt_out_type')`}) as has`);
  return found!.has;
}
