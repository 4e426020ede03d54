import { sql, type SQL } from 'drizzle-orm';
import { rows, textArray, type Tx } from '#db/index.ts';
import { countSegments, type TextPart } from '#server/channels/index.ts';
import { namesStop } from '#server/channels/sms/opt-out-line.ts';
import { gsmCharacters, isGsm } from '#server/channels/sms/segments.ts';
import type { Context } from '#server/context.ts';
import { readAudience, recipientsOf, type Audience } from '#server/domain/audience/resolve.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { Side } from '#server/domain/broadcast/sides.ts';

export type FieldPart = Exclude<TextPart, { literal: string }>;
type Label = 'longest' | 'shortest' | 'missing' | 'unicode';
export type Interesting = { contactId: string; recipient: string; label: Label };

/** People whose message has the same number of segments and whose numbers begin alike; `phone` is one of them. Refused: by a rule of the draft. */
export type Measured = { phone: string; segments: number; people: number; lacking: number; refused: 'skip' | 'block' | null };
/** People who get nothing by a rule of the draft: who are skipped, who block the send, and for which fields. */
export type Refused = { skipped: number; blocked: number; fields: string[] };

/**
 * How long the message of each person is, worked out by Postgres over the whole audience, in groups. Only for a text of plain fields. An extension
 * character that would be split over two segments is not moved as a phone would: at most one segment in a hundred differs.
 */
export async function measureAudience(tx: Tx, ctx: Context, broadcast: BroadcastRow, { way, who }: Side, parts: TextPart[]): Promise<Measured[]> {
  return rows<Measured>(tx, sql`with ${toldBy(ctx, await readAudience(tx, ctx, broadcast), broadcast, parts, who)} ${groupsOf(way.isMetered)}`);
}

/** Both at once for a preview: each person's text is worked out only one time. */
export async function measureAndLook(tx: Tx, ctx: Context, broadcast: BroadcastRow, { way, who }: Side, parts: TextPart[]): Promise<{ measured: Measured[]; interesting: Interesting[] }> {
  const [found] = await rows<{ measured: Measured[] | null; interesting: Interesting[] | null }>(tx, sql`
    with ${toldBy(ctx, await readAudience(tx, ctx, broadcast), broadcast, parts, who)}, ${refused}
    select (select json_agg(m) from (${groupsOf(way.isMetered)}) m) as measured, (select json_agg(i) from (${interestingOf}) i) as interesting`);
  return { measured: found!.measured ?? [], interesting: found!.interesting ?? [] };
}

const groupsOf = (isMetered: boolean) => sql`
  select min(phone) as phone, ${isMetered ? sql`segments` : sql`1`} as segments, count(*)::int as people, (count(*) filter (where lacks))::int as lacking, case when blocks then 'block' when skips then 'skip' end as refused
  from told group by left(phone, 5), 2, 5`;

/** Who gets nothing because a value is missing, counted by Postgres. Exact for a text of plain fields. Whose number is refused anyway does not count. */
export async function countRefused(tx: Tx, ctx: Context, broadcast: BroadcastRow, { who }: Side, parts: TextPart[], isRefused: (phone: string) => boolean): Promise<Refused> {
  const told = toldBy(ctx, await readAudience(tx, ctx, broadcast), broadcast, parts, who);
  const groups = await rows<{ phone: string; skipped: number; blocked: number }>(tx, sql`
    with ${told}
    select min(phone) as phone, (count(*) filter (where skips and not blocks))::int as skipped, (count(*) filter (where blocks))::int as blocked from told_values group by left(phone, 5)`);
  const counted = groups.filter(({ phone }) => !isRefused(phone));
  const sum = (each: (group: (typeof groups)[number]) => number) => counted.reduce((all, group) => all + each(group), 0);
  const blocked = sum((group) => group.blocked);
  return { skipped: sum(({ skipped }) => skipped), blocked, fields: blocked > 0 ? await blockingFields(tx, told, parts, counted.map(({ phone }) => phone.slice(0, 5))) : [] };
}

/** The fields whose lack blocks the send, of people whose numbers begin like these. */
async function blockingFields(tx: Tx, told: SQL, parts: TextPart[], prefixes: string[]): Promise<string[]> {
  const fields = fieldsIn(parts);
  const blocking = [...new Set(fields.filter(({ onBlank }) => onBlank === 'block').map(({ field }) => field))];
  const counts = blocking.map((name) => sql`count(*) filter (where ${isBlank(fields.findIndex(({ field }) => field === name))}) > 0`);
  const [found] = await rows<{ lacking: boolean[] }>(tx, sql`with ${told} select array[${sql.join(counts, sql`, `)}] as lacking from value where left(phone, 5) = any(${textArray(prefixes)}::text[])`);
  return blocking.filter((_, i) => found!.lacking[i]);
}

/** The people whose messages are worth a look: the longest, the shortest, those who lack a value, those whose values force Unicode. */
export async function interestingPeople(tx: Tx, ctx: Context, broadcast: BroadcastRow, { way: { text }, who }: Side): Promise<Interesting[]> {
  const parts = text.parts ?? text.fields.filter((field) => !field.includes('[')).map((field): TextPart => ({ field, path: field.split('.'), fallback: '', onBlank: 'empty' }));
  return rows(tx, sql`with ${toldBy(ctx, await readAudience(tx, ctx, broadcast), broadcast, parts, who)}, ${refused} ${interestingOf}`);
}

const refused = sql`refused as (select *, skips or blocks as is_refused from told)`;
const interestingOf = sql`
    (select id as "contactId", phone as recipient, 'longest' as label from refused where not is_refused order by segments desc, units desc, id limit 2)
    union all (select id, phone, 'shortest' from refused where not is_refused order by segments, units, id limit 2)
    union all (select id, phone, 'missing' from refused where is_refused or lacks order by is_refused desc, id limit 2)
    union all (select id, phone, 'unicode' from refused where not is_refused and has_unicode order by units desc, id limit 2)`;

/** Of each field the longest value, cut to 300 characters, and how many people have none: of a broadcast's audience, or of all contacts. */
export async function measureValues(tx: Tx, ctx: Context, broadcast: BroadcastRow | null, fields: FieldPart[]): Promise<Array<{ longest: string; lacking: number; people: number }>> {
  const people = broadcast ? sql`(${recipientsOf(ctx, await readAudience(tx, ctx, broadcast), sql`c.*`)})` : sql`(select * from contact where organization_id = ${ctx.organizationId})`;
  const facts = fields.map((_, i) => sql.raw(`'lacking', (count(*) filter (where v${i} is null))::int, 'people', count(*)::int,
    'longest', coalesce(substr(max((lpad(char_length(v${i})::text, 8, '0') || left(v${i}, 300)) collate "C"), 9), '')`));
  const [found] = await rows<{ facts: Array<{ longest: string; lacking: number; people: number }> }>(tx, sql`
    with raw as not materialized (select c.id${list(fields.map((field, i) => sql`${valueOf(field)} as v${sql.raw(String(i))}`))} from ${people} c ${dataOf(ctx, broadcast, fields)} offset 0),
      value as not materialized (select id${list(fields.map((_, i) => sql.raw(`case when v${i} ~ '${NOT_BLANK}' then v${i} end as v${i}`)))} from raw offset 0)
    select json_build_array(${sql.join(facts.map((fact) => sql`json_build_object(${fact})`), sql`, `)}) as facts from value`);
  return found!.facts;
}

/** Names the CTEs "value" (v0…vn of each person, null when blank), "told_values" (skips, blocks, lacks) and "told" (the same with has_unicode, units and segments). */
function toldBy(ctx: Context, audience: Audience, broadcast: BroadcastRow, parts: TextPart[], who: SQL): SQL {
  const fields = fieldsIn(parts);
  const words = parts.map((part) => ('literal' in part ? part.literal : '')).join('');
  const fixed = sizeOf(namesStop(words) || !broadcast.optOutLine ? words : `${words}\n${broadcast.optOutLine}`);
  const anyOf = (conditions: SQL[]) => (conditions.length === 0 ? sql`false` : sql.join(conditions, sql` or `));
  const blank = (onBlank: FieldPart['onBlank']) => anyOf(fields.flatMap((field, i) => (field.onBlank === onBlank ? [isBlank(i)] : [])));
  const shown = fields.map(({ fallback }, i) => sql`coalesce(v${sql.raw(String(i))}, ${fallback}::text)`);
  // offset 0 keeps Postgres from folding the steps into one another, which would work every value out again and again.
  // Lengths add up, so the values are looked at together; most have nothing but ASCII letters and digits, whose length is the same however it is counted.
  return sql`
    raw as not materialized (
      select c.id, c.phone${list(fields.map((field, i) => sql`${valueOf(field)} as v${sql.raw(String(i))}`))}
      from (${recipientsOf(ctx, audience, sql`c.*`)}) c ${dataOf(ctx, broadcast, fields)} where ${who} offset 0
    ), value as not materialized (
      select id, phone${list(fields.map((_, i) => sql.raw(`case when v${i} ~ '${NOT_BLANK}' then v${i} end as v${i}`)))} from raw offset 0
    ), told_values as not materialized (
      select id, phone, ${blank('skip')} as skips, ${blank('block')} as blocks, ${blank('empty')} as lacks, concat(''${list(shown)}) as said from value offset 0
    ), plain as not materialized (
      select *, char_length(said) as length, said !~ '[^A-Za-z0-9 .,''-]' as is_plain from told_values offset 0
    ), sized as not materialized (
      select id, phone, skips, blocks, lacks, not is_plain and said ~ ${UNICODE} as has_unicode,
        ${fixed.septets}::int + length + case when is_plain then 0 else regexp_count(said, ${TWICE}) end as septets,
        ${fixed.utf16}::int + length + case when is_plain then 0 else regexp_count(said, ${ASTRAL}) end as utf16
      from plain offset 0
    ), told as (
      select *, case when is_wide then utf16 else septets end as units,
        (case when is_wide then case when utf16 <= 70 then 1 else ceil(utf16 / 67.0) end else case when septets <= 160 then 1 else ceil(septets / 153.0) end end)::int as segments
      from (select *, has_unicode or ${fixed.isWide} as is_wide from sized offset 0) sized
    )`;
}

const fieldsIn = (parts: TextPart[]): FieldPart[] => parts.filter((part): part is FieldPart => 'field' in part);
const isBlank = (i: number) => sql.raw(`v${i} is null`);
const list = (columns: SQL[]) => (columns.length === 0 ? sql`` : sql`, ${sql.join(columns, sql`, `)}`);

// What JavaScript's trim() takes for blank, so that Postgres and the renderer mean the same.
const NOT_BLANK = String.raw`[^\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;
const inBrackets = (characters: string) => [...characters].map((character) => (/[\]\\^-]/.test(character) ? `\\${character}` : character)).join('');
const UNICODE = `[^${inBrackets(gsmCharacters.once + gsmCharacters.twice)}]`;
const TWICE = `[${inBrackets(gsmCharacters.twice)}]`;
const ASTRAL = String.raw`[\U00010000-\U0010ffff]`;

function sizeOf(words: string) {
  const isWide = [...words].some((character) => !isGsm(character));
  return { isWide, septets: isWide ? 0 : countSegments(words).units, utf16: words.length };
}

const columns = new Map<string, SQL>([['phone', sql`c.phone`], ['email', sql`c.email`], ['firstName', sql`c.first_name`], ['lastName', sql`c.last_name`]]);

/** The value as the renderer finds it: own columns first, then the data of the list, then the contact's fields. */
function valueOf({ path: [root = '', ...rest] }: FieldPart): SQL {
  if (root === 'contact' && rest.length > 0) return (rest.length === 1 ? columns.get(rest[0]!) : undefined) ?? at(sql`c.fields`, rest);
  const column = columns.get(root);
  if (column) return rest.length === 0 ? column : sql`null::text`;
  const path = [root, ...rest];
  return sql`case when ${dataAlias(root)}.data is not null then ${at(sql`${dataAlias(root)}.data`, path)} else ${at(sql`c.fields`, path)} end`;
}

const at = (json: SQL, path: string[]) => sql`${json} #>> (select array_agg(value) from json_array_elements_text(${JSON.stringify(path)}::json))`;

/** For each root that a list may know: the data of the first of the broadcast's lists that has it; none without a broadcast. */
function dataOf(ctx: Context, broadcast: BroadcastRow | null, fields: FieldPart[]): SQL {
  const roots = [...new Set(fields.map(({ path }) => path[0]!))].filter((root) => root !== 'contact' && !columns.has(root));
  if (!broadcast) return sql.join(roots.map((root) => sql` left join (select null::jsonb as data) ${dataAlias(root)} on true`), sql` `);
  return sql.join(roots.map((root) => sql`
    left join (select distinct on (m.contact_id) m.contact_id, m.data from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id
      where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcast.id} and not b.is_excluded and jsonb_exists(m.data, ${root}) order by m.contact_id, b.position) ${dataAlias(root)}
      on ${dataAlias(root)}.contact_id = c.id`), sql` `);
}

const dataAlias = (root: string) => sql.identifier(`data_${root}`);
