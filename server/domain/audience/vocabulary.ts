import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { AudienceVocabulary } from '#server/domain/audience/schema.ts';

/** Contacts whose field names and values are looked at; a name that only older ones have must be typed. */
const NEWEST = 5_000;
const SAMPLES = 5;

/** Names of the organisation's own fields with values that occur, the most frequent field first, and tags with how many people have them. */
export async function audienceVocabulary(ctx: Context): Promise<AudienceVocabulary> {
  return ctx.transaction(async (tx) => {
    const fields = await rows<AudienceVocabulary['fields'][number]>(tx, sql`
      with newest as materialized (select fields from contact where organization_id = ${ctx.organizationId} order by created_at desc, id limit ${NEWEST}),
        counted as (select f.key, f.value, count(*) as people from newest cross join lateral jsonb_each_text(fields) f where f.value <> '' group by 1, 2),
        ranked as (select *, row_number() over (partition by key order by people desc, value) as n, sum(people) over (partition by key) as total from counted)
      select key as name, json_agg(left(value, 100) order by n) as samples from ranked where n <= ${SAMPLES} group by key, total order by total desc, key limit 200`);
    const tags = await rows<AudienceVocabulary['tags'][number]>(tx, sql`
      select tag, count(*)::int as people from contact cross join lateral unnest(tags) tag where organization_id = ${ctx.organizationId} and tags <> '{}' group by 1 order by 2 desc, 1 limit 500`);
    return { fields, tags };
  });
}
