import { sql } from 'drizzle-orm';
import { rows, textArray } from '#db/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { tagContactsInput, type TagContactsInput } from '#server/domain/audience/schema.ts';
import { invalidField } from '#server/errors.ts';

/** What one contact may have, as in createContactInput. */
const MOST_TAGS = 50;

/**
 * Puts tags on many people and takes tags off; a contact that does not exist is not counted. All or nothing.
 * @throws Problem validation_failed when somebody would have more than 50
 */
export async function tagContacts(ctx: Context, given: TagContactsInput): Promise<{ changed: number }> {
  requireRole(ctx, 'marketer');
  const input = tagContactsInput.parse(given);
  const [ids, add, remove] = [textArray(input.contactIds), textArray(input.add), textArray(input.remove)];
  return ctx.transaction(async (tx) => {
    // In the order of the ids, so that two of these at once wait for each other instead of a deadlock.
    const changed = await rows<{ tags: number }>(tx, sql`
      with chosen as (select id, tags from contact where organization_id = ${ctx.organizationId} and id = any(${ids}::uuid[]) order by id for update),
        tagged as (select id, tags as before, array(select distinct tag from unnest(tags || ${add}::text[]) tag where tag <> all(${remove}::text[]) or tag = any(${add}::text[]) order by 1) as after from chosen)
      update contact c set tags = t.after, updated_at = ${ctx.now().toISOString()}::timestamptz
      from tagged t where c.organization_id = ${ctx.organizationId} and c.id = t.id and t.after is distinct from array(select distinct tag from unnest(t.before) tag order by 1)
      returning cardinality(c.tags) as tags`);
    if (changed.some(({ tags }) => tags > MOST_TAGS)) throw invalidField('add', `Somebody would have more than ${MOST_TAGS} tags. Take some off first; nothing was changed.`, 'too_many');
    return { changed: changed.length };
  });
}
