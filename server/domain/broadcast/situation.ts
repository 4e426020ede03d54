import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import type { Situation } from '#server/domain/broadcast/schema.ts';
import { untilWords, type HoldPlace } from '#server/domain/time-zone/hold-words.ts';

/** A worker reports every few seconds; after this many it counts as gone. */
const WORKER_SILENCE = 60;
/** Receipts come within seconds; after this many without any they are taken for lost. */
const CALLBACK_SILENCE = 180;

/** What a broadcast waits for, and how long it will take; nothing of it for one that is not sending. */
export const noSituation = (): Situation => ({ held: [], limit: null, limitedBy: null, secondsLeft: null, allowedPerSecond: null });

/** The situation of each broadcast that is sending; the others have no entry. `queued` counts, per broadcast, who waits. A few statements, however many broadcasts. */
export async function situationsOf(tx: Tx, ctx: Context, sending: Array<{ id: string; queued: number }>): Promise<Map<string, Situation>> {
  if (sending.length === 0) return new Map();
  const ids = sending.map(({ id }) => id);
  const [facts, silent] = [await readFacts(tx, ctx, ids), await withSilentCallbacks(tx, ctx, ids)];
  const queued = new Map(sending.map(({ id, queued: count }) => [id, count]));
  return new Map(facts.map((each) => [each.id, situationOf({ ...each, held: byReason(each.waiting ?? []), queued: queued.get(each.id) ?? 0, isSilent: silent.has(each.id) })]));
}

type Waiting = HoldPlace & { reason: string; count: number; until: string; last: string };
type Held = Omit<Waiting, 'place' | 'zone'> & { places: Waiting[] };
type Facts = {
  id: string; zone: string; total: number; claimed: number; stage: number | null; holdSeconds: number; rate: number; source: string; channel: ChannelId; isLowered: boolean;
  haltedSeconds: number; haltReason: string | null; sharing: number; segmentsEach: number; workerSilence: number | null; waiting: Waiting[] | null;
};

const readFacts = (tx: Tx, ctx: Context, ids: string[]) => rows<Facts>(tx, sql`
  select b.id, o.time_zone as zone, b.total, b.claimed_seq as claimed, b.pause_at_seq as stage, greatest(0, coalesce(extract(epoch from b.hold_until - clock_timestamp()), 0))::float8 as "holdSeconds",
    least(p.segments_per_second, p.lowered_to)::float8 as rate, p.source, b.channel, coalesce(p.lowered_to < p.segments_per_second, false) as "isLowered",
    greatest(0, coalesce(extract(epoch from p.halted_until - clock_timestamp()), 0))::float8 as "haltedSeconds", p.halt_reason as "haltReason",
    (select count(*)::int from broadcast s where s.organization_id = b.organization_id and s.pace_id = b.pace_id and s.status = 'sending' and s.purpose = 'broadcast') as sharing,
    (select coalesce(sum(r.segments) / nullif(sum(r.deliveries) filter (where r.status not in ('queued', 'skipped', 'cancelled')), 0), 1)::float8 from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id) as "segmentsEach",
    (select extract(epoch from now() - max(last_seen_at))::float8 from worker) as "workerSilence",
    (select json_agg(h order by h.until) from (
      select r.reason, r.place, r.zone, count(*)::int as count, min(r.due_at) as until, max(r.due_at) as last from delivery_retry r where r.organization_id = b.organization_id and r.broadcast_id = b.id group by 1, 2, 3
    ) h) as waiting
  from broadcast b join organization o on o.id = b.organization_id join pace p on p.organization_id = b.organization_id and p.id = b.pace_id
  where b.organization_id = ${ctx.organizationId} and b.id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json)) and b.status = 'sending'`);

/** Broadcasts with messages that wait for their first receipt while the organisation got none at all for minutes. */
async function withSilentCallbacks(tx: Tx, ctx: Context, ids: string[]): Promise<Set<string>> {
  const silence = sql`clock_timestamp() - make_interval(secs => ${CALLBACK_SILENCE})`;
  const found = await rows<{ id: string }>(tx, sql`
    select b.id from broadcast b
    where b.organization_id = ${ctx.organizationId} and b.id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json)) and b.status = 'sending' and b.started_at < ${silence}
      and not exists (select 1 from (select source, received_at from message_event e where e.organization_id = ${ctx.organizationId} order by e.id desc limit 500) e where e.source = 'callback' and e.received_at > ${silence})
      and exists (select 1 from broadcast_delivery d where d.organization_id = ${ctx.organizationId} and d.broadcast_id = b.id and d.seq between b.claimed_seq - 5000 and b.claimed_seq and d.status = 'sending' and d.handed_at < ${silence})`);
  return new Set(found.map(({ id }) => id));
}

/** Each reason once, the soonest first; with the places that it holds, the most people first. */
function byReason(waiting: Waiting[]): Held[] {
  return [...Map.groupBy(waiting, ({ reason }) => reason)].map(([reason, places]) => ({
    reason, count: places.reduce((sum, { count }) => sum + count, 0), until: places[0]!.until, last: places.reduce((last, each) => (each.last > last ? each.last : last), ''),
    places: places.toSorted((a, b) => b.count - a.count),
  }));
}

type Known = Facts & { held: Held[]; queued: number; isSilent: boolean };

function situationOf(facts: Known): Situation {
  const held = facts.held.map(({ reason, count, until }) => ({ reason, count, until: new Date(until).toISOString() }));
  return { held, ...limitOf(facts), secondsLeft: secondsLeft(facts), allowedPerSecond: allowedPerSecond(facts) };
}

/** What keeps it from going faster, or at all, the gravest first. */
function limitOf(facts: Known): Pick<Situation, 'limit' | 'limitedBy'> {
  if (facts.holdSeconds > 0) return { limit: 'hold', limitedBy: 'Held for a moment: nothing is handed to Twilio before the hold ends.' };
  if (facts.workerSilence === null || facts.workerSilence > WORKER_SILENCE) return { limit: 'worker', limitedBy: 'Messages are waiting, nothing is lost: no worker has reported for more than a minute. Start the worker.' };
  if (facts.haltedSeconds > 0) return { limit: 'halt', limitedBy: facts.haltReason ?? 'Twilio does not answer. We try again shortly; nothing is sent twice.' };
  if (facts.isSilent) return { limit: 'callbacks', limitedBy: 'No receipt has come for 3 minutes: Twilio probably cannot reach this application. Check Settings → Twilio.' };
  const waiting = facts.held.map((each) => heldWords(each, facts.zone));
  const isAllTaken = facts.claimed >= Math.min(facts.total, facts.stage ?? facts.total);
  if (isAllTaken && waiting.length > 0) return { limit: limitOfHeld(facts.held), limitedBy: waiting.join(' ') };
  if (facts.queued === 0) return { limit: 'receipts', limitedBy: 'All is handed over; receipts are still arriving.' };
  return { limit: 'pace', limitedBy: [paceWords(facts), ...waiting].join(' ') };
}

const isOfHour = (reason: string) => reason === 'quiet_hours' || reason === 'local_time';
const limitOfHeld = (held: Held[]) => (held.some(({ reason }) => isOfHour(reason)) ? 'hours' : held.some(({ reason }) => reason === 'tier') ? 'tier' : 'retry');

function paceWords({ rate, source, channel, isLowered, sharing }: Facts): string {
  const shared = sharing > 2 ? `, shared with ${sharing - 1} other broadcasts` : sharing === 2 ? ', shared with another broadcast' : '';
  return `${isLowered ? 'Slowed down by hand to' : 'The sender may send'} ${Number(rate.toFixed(2))} ${channels[channel].unit}${rate === 1 ? '' : 's'} a second (${source})${shared}.`;
}

function heldWords({ reason, count, until, places }: Held, zone: string): string {
  const people = peopleIn(count);
  const verb = (one: string, many: string) => (count === 1 ? one : many);
  const at = `${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(until))} (${zone})`;
  if (reason === 'quiet_hours') return places.length > 1 ? `Quiet hours for ${people}: ${whereHeld(places, zone)}.` : `Quiet hours until ${untilWords(new Date(until), places[0]!, zone)} for ${people}.`;
  if (reason === 'local_time') return `${people} ${verb('gets', 'get')} it at their own hour, the first at ${at}.`;
  if (reason === 'tier') return `The sender’s daily limit of people to write to first is reached: ${people} ${verb('waits', 'wait, the first')} until ${at}.`;
  if (reason === 'pair_rate') return `${people} got a message seconds ago and ${verb('waits', 'wait')} a moment.`;
  if (reason === 'window_closed') return `${people} ${verb('is', 'are')} sent the template, because WhatsApp took their 24 hours for over.`;
  if (reason === 'template') return `${people} wait for the template, which Meta stopped at their turn.`;
  if (reason === 'conflict') return `${people} ${verb('has another message of yours under way and waits', 'have another message of yours under way and wait')} for its outcome.`;
  return `${people} ${verb('is', 'are')} tried again in a moment.`;
}

const peopleIn = (count: number) => (count === 1 ? '1 person' : `${count.toLocaleString('en-US')} people`);

/** The three places with the most people; the others are only counted. */
function whereHeld(places: Waiting[], zone: string): string {
  const named = places.slice(0, 3).map((each) => `${each.count.toLocaleString('en-US')} until ${untilWords(new Date(each.until), each, zone)}`);
  const others = places.slice(3).reduce((sum, { count }) => sum + count, 0);
  return [...named, ...(others > 0 ? [`${others.toLocaleString('en-US')} elsewhere`] : [])].join(', ');
}

/** Broadcasts that share a sender take turns, so each has its part of the pace. */
const allowedPerSecond = ({ segmentsEach, sharing, rate }: Known) => rate / (Math.max(1, segmentsEach) * Math.max(1, sharing));

/** Until the last message is handed over; who waits for their hour comes last. */
function secondsLeft(facts: Known): number {
  const { queued, holdSeconds, haltedSeconds, held } = facts;
  const atPace = queued / allowedPerSecond(facts) + (queued > 0 ? Math.max(holdSeconds, haltedSeconds) : 0);
  const lastDue = Math.max(0, ...held.map(({ last }) => (new Date(last).getTime() - Date.now()) / 1_000));
  return Math.ceil(Math.max(atPace, lastDue));
}
