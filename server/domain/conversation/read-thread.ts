import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { PRICE_CURRENCY } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { hasOptedOut, optedOut, requireAnswerable } from '#server/domain/conversation/require-answerable.ts';
import { findConversation, type ConversationRow } from '#server/domain/conversation/row.ts';
import { readThreadInput, type MessageView, type ReadThreadInput, type Thread } from '#server/domain/conversation/schema.ts';
import { viewConversations } from '#server/domain/conversation/view.ts';
import { whyNot, type DeliveryRow } from '#server/domain/delivery/view.ts';
import { invalidField, Problem } from '#server/errors.ts';

/**
 * What was said on both sides, in the order in which it was written: their messages, our answers with their deliveries, notes, and what broadcasts and tests told them from this
 * sender. The last `limit`, or those that came before the place `before`.
 * @throws Problem not_found, validation_failed when `before` is no place in a thread
 */
export async function readThread(ctx: Context, input: ReadThreadInput): Promise<Thread> {
  const { conversationId, before, limit } = readThreadInput.parse(input);
  const place = before === undefined ? null : placeOf(before);
  return ctx.transaction(async (tx) => {
    const conversation = await findConversation(tx, ctx, conversationId);
    const found = await readEntries(tx, ctx, conversation, place, limit + 1);
    const [first] = found.length > limit ? found.slice(limit - 1) : [];
    const [view] = await viewConversations(tx, ctx, [conversationId]);
    return {
      conversation: view!, messages: found.slice(0, limit).toReversed().map(messageOf), before: first ? `${first.at_us}~${first.id}` : null,
      asOf: await databaseNow(tx), blocked: await blockedBy(tx, ctx, conversation),
    };
  });
}

/** Microseconds since 1970, and the entry of that moment: two of the same moment stand in the order of their ids. */
type Place = { at: string; id: string };

function placeOf(before: string): Place {
  const [, at, id] = /^(\d{1,17})~([\w-]{1,60})$/.exec(before) ?? [];
  if (at === undefined || id === undefined) throw invalidField('before', 'This is no place in a conversation. Leave it out for the last messages, or give what the page before said.');
  return { at, id };
}

type Entry = {
  id: string; at_us: string; kind: MessageView['kind']; direction: MessageView['direction']; body: string; media: Array<{ url: string; contentType: string }>; extra: Record<string, unknown>;
  author_id: string | null; author_name: string | null; rule_id: string | null; rule_name: string | null; broadcast_id: string | null; broadcast_name: string | null;
  delivery_id: string | null; status: DeliveryRow['status'] | null; reason: string | null; error_code: number | null; sid: string | null; price: string | null; price_unit: string | null; held: string | null;
};

/** The newest first. Each kind is read on its own way to the last ones; only those of the page are then looked at closely. */
async function readEntries(tx: Tx, ctx: Context, conversation: ConversationRow, place: Place | null, limit: number): Promise<Entry[]> {
  return rows<Entry>(tx, sql`
    with entry as (
      select * from ((${written(ctx, conversation, place, limit)}) union all (${told(ctx, conversation, place, limit)})) either order by at desc, id desc limit ${limit}
    )
    select e.id, (extract(epoch from e.at) * 1000000)::bigint as at_us, e.kind, e.direction, e.body, e.media, e.extra, u.id as author_id, u.name as author_name, k.id as rule_id, k.name as rule_name,
      n.id as broadcast_id, n.name as broadcast_name, d.broadcast_id || '-' || d.seq as delivery_id, d.status, d.reason, d.error_code, d.provider_message_id as sid, d.price::text, d.price_unit,
      case when d.status = 'queued' and b.status = 'paused' or d.reason = 'answer_held' then b.status_reason end as held
    from entry e
    left join "user" u on u.id = e.author_id
    left join keyword_rule k on k.organization_id = ${ctx.organizationId} and k.id = e.rule_id
    left join broadcast n on n.organization_id = ${ctx.organizationId} and n.id = e.named_id
    left join broadcast b on b.organization_id = ${ctx.organizationId} and b.id = e.delivery_of
    left join broadcast_delivery d on d.organization_id = ${ctx.organizationId} and d.broadcast_id = e.delivery_of and d.seq = e.seq
    order by e.at desc, e.id desc`);
}

const upTo = (place: Place | null, at: SQL, id: SQL) => (place ? sql`and (${at}, ${id}) < (timestamptz 'epoch' + ${place.at}::bigint * interval '1 microsecond', ${place.id})` : sql``);

const written = (ctx: Context, { id }: ConversationRow, place: Place | null, limit: number) => sql`
  select m.created_at as at, m.id::text as id, m.kind::text as kind, m.direction::text as direction, m.body, m.media, m.extra, m.author_id, m.rule_id, m.cause_broadcast_id as named_id, m.broadcast_id as delivery_of, 1 as seq
  from chat_message m where m.organization_id = ${ctx.organizationId} and m.conversation_id = ${id} ${upTo(place, sql`m.created_at`, sql`m.id::text`)}
  order by m.created_at desc, m.id::text desc limit ${limit}`;

/** What Twilio took of broadcasts and tests: one probe each of the unique index on their recipients. The words are those of the attempt that it took. */
const told = (ctx: Context, { sender, recipient }: ConversationRow, place: Place | null, limit: number) => sql`
  select t.at, t.id, 'broadcast', 'outbound', coalesce(a.body, ''), coalesce((select jsonb_agg(jsonb_build_object('url', url, 'contentType', '')) from unnest(a.media_urls) url), '[]'::jsonb), '{}'::jsonb, null::uuid, null::uuid, t.broadcast_id, t.broadcast_id, t.seq
  from (
    select d.handed_at as at, d.broadcast_id || '-' || d.seq as id, d.broadcast_id, d.seq, d.provider_message_id
    from broadcast b cross join lateral (select * from broadcast_delivery probe where probe.broadcast_id = b.id and probe.recipient = ${recipient} limit 1) d
    where b.organization_id = ${ctx.organizationId} and b.purpose in ('broadcast', 'test') and b.last_seq > 0 and d.organization_id = ${ctx.organizationId} and d.sender = ${sender} and d.handed_at is not null
      ${upTo(place, sql`d.handed_at`, sql`d.broadcast_id || '-' || d.seq`)}
    order by d.handed_at desc, d.broadcast_id || '-' || d.seq desc limit ${limit}
  ) t left join lateral (select body, media_urls from attempt where attempt.organization_id = ${ctx.organizationId} and attempt.broadcast_id = t.broadcast_id and attempt.seq = t.seq order by (sid = t.provider_message_id) desc nulls last, n desc limit 1) a on true`;

const messageOf = (entry: Entry): MessageView => ({
  id: entry.id, kind: entry.kind, direction: entry.direction, body: entry.body, extra: entry.extra, createdAt: new Date(Number(entry.at_us) / 1_000).toISOString(),
  media: entry.direction === 'inbound' ? entry.media.map(({ contentType }, i) => ({ url: `/inbox/media/${entry.id}/${i}`, contentType })) : entry.media,
  author: named(entry.author_id, entry.author_name), rule: named(entry.rule_id, entry.rule_name), broadcast: named(entry.broadcast_id, entry.broadcast_name),
  delivery: entry.delivery_id === null || entry.status === null ? null : {
    id: entry.delivery_id, status: entry.status, reason: entry.reason, errorCode: entry.error_code, errorReason: whyOf({ ...entry, status: entry.status }), sid: entry.sid,
    cost: entry.price === null ? null : { value: entry.price, unit: entry.price_unit ?? PRICE_CURRENCY },
  },
});

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

/** Why it did not arrive and what that means; of one that waits, what holds it. */
function whyOf({ held, status, reason, error_code }: Entry & Pick<DeliveryRow, 'status'>): string | null {
  if (held) return held;
  const why = whyNot({ status, reason, error_code });
  return why ? [why.title, why.help].filter(Boolean).map((words) => words.replace(/\.?$/, '.')).join(' ') : null;
}

async function databaseNow(tx: Tx): Promise<string> {
  const [clock] = await rows<{ now: string }>(tx, sql`select clock_timestamp() as now`);
  return new Date(clock!.now).toISOString();
}

/** The same conditions that a free text meets when it is written; an opt-out first, because nobody here can mend it. */
async function blockedBy(tx: Tx, ctx: Context, conversation: ConversationRow): Promise<Thread['blocked']> {
  if (await hasOptedOut(tx, ctx, conversation)) return { code: 'opted_out', message: optedOut().message };
  try { await requireAnswerable(tx, ctx, conversation, { purpose: 'reply', isTemplate: false }); return null; } catch (error) {
    if (error instanceof Problem && isBlock(error.code)) return { code: error.code, message: error.message };
    throw error;
  }
}

const blocks = ['opted_out', 'outside_24h_window', 'sender_not_registered', 'sender_not_found', 'agreement_required', 'twilio_not_configured'] as const;
const isBlock = (code: string): code is (typeof blocks)[number] => blocks.some((each) => each === code);
