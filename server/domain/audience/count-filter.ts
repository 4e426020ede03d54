import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { CountFilterInput, FilterCountView } from '#server/domain/audience/schema.ts';
import { compileFilter, withListIds } from '#server/domain/contact/filter.ts';

const SAMPLE = 10;

type SampleRow = { contactId: string; firstName: string | null; lastName: string | null; email: string | null; phone: string | null };
type Counted = { people: number; reachable: number; sample: SampleRow[] | null };

/** How many people a question finds now, with some of them, the last added first. @throws Problem validation_failed for a condition that is not finished */
export async function countFilter(ctx: Context, input: CountFilterInput): Promise<FilterCountView> {
  return ctx.transaction(async (tx) => {
    const { joins, where } = compileFilter(ctx, await withListIds(tx, ctx.organizationId, input.definition));
    // One look at everybody for the counts and the sample.
    const [counted] = await rows<Counted>(tx, sql`
      with matched as materialized (
        select c.id, c.created_at, c.phone is not null and not c.opted_out as is_reachable from contact c${joins} where c.organization_id = ${ctx.organizationId} and ${where}
      ), newest as (select id, created_at from matched order by created_at desc, id limit ${SAMPLE})
      select count(*)::int as people, (count(*) filter (where is_reachable))::int as reachable, (
        select json_agg(json_build_object('contactId', c.id, 'firstName', c.first_name, 'lastName', c.last_name, 'email', c.email, 'phone', c.phone) order by n.created_at desc, n.id)
        from newest n join contact c on c.organization_id = ${ctx.organizationId} and c.id = n.id
      ) as sample from matched`);
    const { people, reachable, sample } = counted!;
    return { people, reachable, sample: (sample ?? []).map(({ contactId, phone, ...who }) => ({ contactId, phone, name: nameOf({ ...who, phone }) })) };
  });
}

const nameOf = ({ firstName, lastName, email, phone }: Omit<SampleRow, 'contactId'>) => [firstName, lastName].filter(Boolean).join(' ') || email || phone || 'Somebody without a name';
