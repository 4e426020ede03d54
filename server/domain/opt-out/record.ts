import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { consentEvents } from '#db/schema/index.ts';
import { userId, type Context } from '#server/context.ts';
import { wakePush } from '#server/domain/opt-out/push.ts';

export type ConsentSource = (typeof consentEvents.$inferSelect)['source'];
/** What proves it: { messageSid, word, conversationId } · { errorCode, deliveryId } · { importId, fileName, row } · { note } · { ruleId, consentText }. */
export type Evidence = Record<string, unknown>;
type Ways = {
  source: ConsentSource;
  /** organisation (as usual): all of our senders · sender: the one that is named. */
  scope?: 'organization' | 'sender';
  /** Our address: which one, for the scope sender; else where their word came in. */
  sender?: string | null;
  /** Who of us; as usual the person behind the context. */
  actorId?: string | null;
};
/** Of all addresses, or of each. */
export type OptOutWay = Ways & { evidence?: Evidence | ((address: string) => Evidence) };
/** `channel`: which they agreed to, when they named one. `evidence.consentText` becomes the contact's consent. */
export type OptInWay = Ways & { evidence: Evidence; channel?: 'sms' | 'whatsapp' | null };

/** An opt-out by keyword within so many hours of a message is put down to the broadcast of that message. */
const ANSWER_HOURS = 72;

/** Decided by one of us: Twilio does not know of it, so it is told (push 'due'); the rest are their own words or Twilio's. */
const byHand: ReadonlySet<ConsentSource> = new Set(['staff', 'import', 'api']);
const handWords = sql`('staff', 'import', 'api')`;

/**
 * P37, P38: these people left: the ledger, its result (contact.opted_out; kept_opt_out for a number without a contact, D10; sender_opt_out for one of
 * our senders) and an activity (P39), all in the caller's transaction. Who had left already stays as they are, except that their own word and Twilio's
 * count for more than ours. It waits for intent transactions that hold the contact, so none commits after it without having seen it.
 */
export async function recordOptOuts(tx: Tx, ctx: Context, addresses: readonly string[], given: OptOutWay | 'keyword'): Promise<void> {
  const way: OptOutWay = given === 'keyword' ? { source: given } : given;
  const { evidence } = way;
  const people = phonesOf(addresses).map(([phone, address]) => ({ phone, evidence: typeof evidence === 'function' ? evidence(address) : evidence ?? {} }));
  if (people.length === 0) return;
  if (byHand.has(way.source)) await wakePush(tx, ctx);
  if (way.scope === 'sender') return leaveSender(tx, ctx, people, way);
  const marked = await markContacts(tx, ctx, people, way);
  // In a statement of its own: it must see a contact that was deleted while the last one waited for it.
  if (marked < people.length) await keepStrangers(tx, ctx, people, way);
}

type Person = { phone: string; evidence: Evidence };

const asked = (people: Person[]) => sql`select phone, evidence from json_to_recordset(${JSON.stringify(people)}::json) as a(phone text, evidence jsonb)`;

const optOutEvent = (ctx: Context, { source, scope, sender, actorId }: OptOutWay) => ({
  into: sql`insert into consent_event (organization_id, kind, phone, contact_id, scope, sender, source, evidence, actor_id, push)`,
  values: (phone: ReturnType<typeof sql>, contactId: ReturnType<typeof sql>, evidence: ReturnType<typeof sql>) => sql`${ctx.organizationId}::uuid, 'opt_out'::consent_kind, ${phone}, ${contactId}, ${scope ?? 'organization'}::consent_scope,
    ${sender ?? null}::text, ${source}::opt_out_source, ${evidence}, ${actorId === undefined ? userId(ctx) : actorId}::uuid, (case when ${byHand.has(source)} and ${phone} like '+%' then 'due' else 'not_needed' end)::consent_push_state`,
});

async function markContacts(tx: Tx, ctx: Context, people: Person[], way: OptOutWay): Promise<number> {
  const { source } = way;
  const event = optOutEvent(ctx, way);
  const [counts] = await rows<{ marked: number }>(tx, sql`
    with asked as materialized (${asked(people)}), marked as (
      update contact c set opted_out = true, opted_out_at = case when c.opted_out then c.opted_out_at else now() end, opted_out_source = ${source}::opt_out_source, updated_at = now()
      from asked where c.organization_id = ${ctx.organizationId} and c.phone = asked.phone and (not c.opted_out or (${!byHand.has(source)} and coalesce(c.opted_out_source, 'staff') in ${handWords}))
      returning c.id, c.phone, asked.evidence
    ), noted as (${event.into} select ${event.values(sql`phone`, sql`id`, sql`evidence`)} from marked
    ), counted as (
      insert into broadcast_response (organization_id, broadcast_id, contact_id, kind)
      select r.organization_id, r.last_broadcast_id, r.contact_id, 'opt_out' from marked
      join contact_reach r on r.organization_id = ${ctx.organizationId} and r.contact_id = marked.id and r.last_handed_at > now() - make_interval(hours => ${ANSWER_HOURS})
      join broadcast b on b.organization_id = r.organization_id and b.id = r.last_broadcast_id
      where ${source === 'keyword' || source === 'opt_out_type'}
      on conflict do nothing
    ), told as (
      insert into activity (organization_id, contact_id, kind, detail)
      select ${ctx.organizationId}, id, 'opted_out', ${activityDetail(ctx, way)} from marked)
    select count(*)::int as marked from marked`);
  return counts!.marked;
}

async function keepStrangers(tx: Tx, ctx: Context, people: Person[], way: OptOutWay): Promise<void> {
  const event = optOutEvent(ctx, way);
  await lockStrangers(tx, ctx, people.map(({ phone }) => phone), 'exclusive');
  await tx.execute(sql`
    with asked as materialized (${asked(people)}), kept as (
      insert into kept_opt_out as k (organization_id, phone, opted_out_at, opted_out_source)
      select ${ctx.organizationId}::uuid, phone, now(), ${way.source}::opt_out_source from asked
      where not exists (select 1 from contact c where c.organization_id = ${ctx.organizationId} and c.phone = asked.phone)
      on conflict (organization_id, phone) do update set opted_out_source = excluded.opted_out_source
        where ${!byHand.has(way.source)} and coalesce(k.opted_out_source, 'staff') in ${handWords}
      returning phone)
    ${event.into} select ${event.values(sql`phone`, sql`null::uuid`, sql`asked.evidence`)} from kept join asked using (phone)`);
}

/** They want nothing more from one of our senders. */
async function leaveSender(tx: Tx, ctx: Context, people: Person[], way: OptOutWay): Promise<void> {
  if (!way.sender) throw new Error('An opt-out from one sender needs its address.');
  const event = optOutEvent(ctx, way);
  // The lock that intent transactions hold shared: they have read sender_opt_out, or they will.
  const held = await rows<{ phone: string }>(tx, sql`select phone from contact where organization_id = ${ctx.organizationId} and phone in (select phone from (${asked(people)}) asked) order by id for no key update`);
  const known = new Set(held.map(({ phone }) => phone));
  await lockStrangers(tx, ctx, people.flatMap(({ phone }) => (known.has(phone) ? [] : phone)), 'exclusive');
  await tx.execute(sql`
    with asked as materialized (${asked(people)}), gone as (
      insert into sender_opt_out (organization_id, sender, phone) select ${ctx.organizationId}::uuid, ${way.sender}, phone from asked on conflict do nothing returning phone
    ), known as (
      select gone.phone, asked.evidence, c.id from gone join asked using (phone) left join contact c on c.organization_id = ${ctx.organizationId} and c.phone = gone.phone
    ), told as (
      insert into activity (organization_id, contact_id, kind, detail)
      select ${ctx.organizationId}, id, 'opted_out', ${activityDetail(ctx, way)} from known where id is not null)
    ${event.into} select ${event.values(sql`phone`, sql`id`, sql`evidence`)} from known`);
}

/** Numbers without a contact have no row to lock: an intent transaction holds this one shared from before it looks until it commits. */
export async function lockStrangers(tx: Tx, ctx: Context, phones: readonly string[], mode: 'shared' | 'exclusive'): Promise<void> {
  if (phones.length === 0) return;
  const lock = sql.raw(mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await tx.execute(sql`
    select ${lock}(hashtextextended(phone, 5)) from (select ${ctx.organizationId}::text || value as phone from json_array_elements_text(${JSON.stringify(phones)}::json) order by 1) strangers`);
}

/**
 * They came back: by START, whatever the opt-out came from, or by a new consent (D10). What one word or deed lifts: the opt-out from the organisation,
 * and that from `sender`; without a sender those from each of them; with the scope sender nothing else. Every contact's consent is noted, also of
 * somebody who had not left.
 */
export async function recordOptIns(tx: Tx, ctx: Context, addresses: readonly string[], way: OptInWay): Promise<void> {
  const people = phonesOf(addresses).map(([phone]) => ({ phone, evidence: way.evidence }));
  if (people.length === 0) return;
  const isAll = way.scope !== 'sender';
  if (!isAll && !way.sender) throw new Error('Consent for one sender needs its address.');
  if (byHand.has(way.source)) await wakePush(tx, ctx);
  await returnToSenders(tx, ctx, people, way);
  if (isAll) await clearContacts(tx, ctx, people, way);
}

/** Until the webhook names the evidence. */
export const clearOptOuts = (tx: Tx, ctx: Context, addresses: string[]) => recordOptIns(tx, ctx, addresses, { source: 'keyword', evidence: {} });

const optInEvent = (ctx: Context, { source, channel, actorId }: OptInWay) => ({
  into: sql`insert into consent_event (organization_id, kind, phone, contact_id, scope, sender, channel, source, evidence, actor_id, push)`,
  /** Twilio is told what it was told of before: their own STOP only they can lift there, by START. */
  values: ({ phone, contactId, scope, sender, wasByHand }: Record<'phone' | 'contactId' | 'scope' | 'sender' | 'wasByHand', ReturnType<typeof sql>>) => sql`${ctx.organizationId}::uuid, 'opt_in'::consent_kind, ${phone}, ${contactId}, ${scope}, ${sender},
    ${channel ?? null}::channel, ${source}::opt_out_source, evidence, ${actorId === undefined ? userId(ctx) : actorId}::uuid, (case when ${byHand.has(source)} and ${wasByHand} then 'due' else 'not_needed' end)::consent_push_state`,
});

async function clearContacts(tx: Tx, ctx: Context, people: Person[], way: OptInWay): Promise<void> {
  const event = optInEvent(ctx, way);
  const text = consentText(way);
  await tx.execute(sql`
    with asked as materialized (${asked(people)}), held as materialized (
      select c.id, c.phone, c.opted_out, c.opted_out_source, asked.evidence from asked join contact c on c.organization_id = ${ctx.organizationId} and c.phone = asked.phone for no key update of c
    ), cleared as (
      update contact c set opted_out = false, opted_out_at = null, opted_out_source = null, updated_at = now(),
        consent_source = coalesce(${text}::text, c.consent_source), consent_at = case when ${text}::text is null then c.consent_at else now() end
      from held where c.organization_id = ${ctx.organizationId} and c.id = held.id and (held.opted_out or ${text}::text is not null)
    ), forgotten as (
      delete from kept_opt_out k using asked where k.organization_id = ${ctx.organizationId} and k.phone = asked.phone returning k.phone, k.opted_out_source, asked.evidence
    ), told as (
      insert into activity (organization_id, contact_id, kind, detail) select ${ctx.organizationId}, id, 'opted_in', ${activityDetail(ctx, way, consentWords(way))} from held where opted_out
    ), back as (
      select phone, id, opted_out and coalesce(opted_out_source, 'staff') in ${handWords} as was_by_hand, evidence from held
      union all select phone, null, coalesce(opted_out_source, 'staff') in ${handWords}, evidence from forgotten where phone not in (select phone from held)
      -- A trigger on the ledger ends the suppression of a number that was erased.
      union all select phone, null, false, evidence from asked where phone not in (select phone from held) and phone not in (select phone from forgotten) and ${isErased(ctx)})
    ${event.into} select ${event.values({ phone: sql`phone`, contactId: sql`id`, scope: sql`'organization'::consent_scope`, sender: sql`${way.sender ?? null}::text`, wasByHand: sql`was_by_hand` })} from back`);
}

const isErased = ({ organizationId }: Context) => sql`exists (select 1 from erased_phone e where e.organization_id = ${organizationId} and e.hash = any(erasure_hashes(${organizationId}::uuid, asked.phone)))`;

async function returnToSenders(tx: Tx, ctx: Context, people: Person[], way: OptInWay): Promise<void> {
  const event = optInEvent(ctx, way);
  await tx.execute(sql`
    with asked as materialized (${asked(people)}), back as (
      delete from sender_opt_out s using asked where s.organization_id = ${ctx.organizationId} and s.phone = asked.phone and (${way.sender ?? null}::text is null or s.sender = ${way.sender ?? null})
      returning s.sender, s.phone, asked.evidence
    ), known as (
      select back.*, c.id from back left join contact c on c.organization_id = ${ctx.organizationId} and c.phone = back.phone
    ), told as (
      insert into activity (organization_id, contact_id, kind, detail)
      select ${ctx.organizationId}, id, 'opted_in', ${activityDetail(ctx, way, consentWords(way))} || jsonb_build_object('scope', 'sender', 'sender', sender) from known where id is not null)
    ${event.into} select ${event.values({ phone: sql`phone`, contactId: sql`id`, scope: sql`'sender'::consent_scope`, sender: sql`sender`, wasByHand: sql`true` })} from known`);
}

/** P39: what the contact's timeline tells. */
function activityDetail(ctx: Context, way: Ways, consentSource: string | null = null) {
  const by = way.actorId === undefined ? userId(ctx) : way.actorId;
  return sql`${JSON.stringify({ source: way.source, ...(by && { by }), ...(way.scope === 'sender' && { scope: 'sender', sender: way.sender }), ...(consentSource && { consentSource }) })}::jsonb`;
}

const consentText = ({ evidence }: OptInWay) => (typeof evidence.consentText === 'string' ? evidence.consentText : null);
const consentWords = (way: OptInWay) => consentText(way) ?? (byHand.has(way.source) ? null : 'They wrote START.');

/** Each number once with the address that it came as, without its channel; for somebody who hides theirs the id by which Meta knows them. Any other address is nobody's. */
function phonesOf(addresses: readonly string[]): Array<[phone: string, address: string]> {
  const phones = new Map(addresses.map((address) => [address.replace(/^[a-z]+:/, ''), address] as const));
  return [...phones].filter(([phone]) => /^(\+\d{6,15}|[A-Z]{2}\.[A-Za-z0-9]{1,140})$/.test(phone));
}
