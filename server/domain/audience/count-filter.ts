import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { countOf } from '#server/domain/audience/filter-view.ts';
import type { CountFilterInput, FilterCountView } from '#server/domain/audience/schema.ts';
import { compileFilter, withListIds } from '#server/domain/contact/filter.ts';

const SAMPLE = 10;

type SampleRow = { contactId: string; firstName: string | null; lastName: string | null; email: string | null; phone: string | null };

/** How many people a question finds now, with some of them, the last added first. @throws Problem validation_failed for a condition that is not finished */
export async function countFilter(ctx: Context, input: CountFilterInput): Promise<FilterCountView> {
  return ctx.transaction(async (tx) => {
    const definition = await withListIds(tx, ctx.organizationId, input.definition);
    const { joins, where } = compileFilter(ctx, definition);
    const [count] = await rows<{ people: number; reachable: number }>(tx, countOf(ctx, definition));
    const sample = await rows<SampleRow>(tx, sql`
      select c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone
      from contact c${joins} where c.organization_id = ${ctx.organizationId} and ${where} order by c.created_at desc, c.id limit ${SAMPLE}`);
    return { people: count!.people, reachable: count!.reachable, sample: sample.map(({ contactId, phone, ...who }) => ({ contactId, phone, name: nameOf({ ...who, phone }) })) };
  });
}

const nameOf = ({ firstName, lastName, email, phone }: Omit<SampleRow, 'contactId'>) => [firstName, lastName].filter(Boolean).join(' ') || email || phone || 'Somebody without a name';
