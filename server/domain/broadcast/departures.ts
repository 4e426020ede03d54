import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { readAudience, recipientsOf, type AudienceOwner } from '#server/domain/audience/resolve.ts';
import { findOwner } from '#server/domain/audience/waterfall.ts';
import { readTime } from '#server/domain/broadcast/schedule.ts';
import { readOrganization } from '#server/domain/organization/read.ts';
import { holdOf, type TimeRules } from '#server/domain/time-zone/departure.ts';
import { zonesOf } from '#server/domain/time-zone/of-person.ts';
import { stateHoursOf } from '#server/domain/time-zone/state-hours.ts';
import { quietHours } from '#server/domain/time-zone/quiet-hours.ts';
import { departuresInput, type DeparturesInput, type DeparturesView } from '#server/domain/time-zone/schema.ts';
import { firstMoment, readWallClock, wallClockAt } from '#server/domain/time-zone/wall-clock.ts';
import { invalidField, Problem } from '#server/errors.ts';

/** No prefix of a number is known by more digits; with the + in front. */
const PREFIX = 10;

type Place = { timeZone: string | null; prefix: string; people: number };
type Departure = DeparturesView['departures'][number];

/** Who would get a draft when, if it were sent or booked like this: nothing is changed. The hours are those that hold-back.ts keeps. @throws Problem not_found */
export async function listDepartures(ctx: Context, given: DeparturesInput): Promise<DeparturesView> {
  const { id, at, timeZone, isLocal } = departuresInput.parse(given);
  const { timeZone: organizationTimeZone, defaultCountry, quietFrom, quietTo } = await readOrganization(ctx);
  const now = ctx.now().getTime();
  const wall = at === undefined ? wallClockAt(timeZone, now) : readWallClock(at);
  if (wall === null) throw invalidField('at', 'This day or hour does not exist.');
  return ctx.transaction(async (tx) => {
    const broadcast = await findOwner(tx, ctx, id);
    const moment = at === undefined ? now : firstMoment(timeZone, wall);
    const start = begin(ctx, at === undefined ? null : isLocal ? { localSendAt: at } : { scheduledAt: new Date(moment).toISOString() });
    const startsAt = start.at ?? now;
    const rules: TimeRules = { home: { timeZone: organizationTimeZone, defaultCountry }, quiet: broadcast.ignoresQuietHours ? null : quietHours(quietFrom, quietTo), localSendAt: isLocal ? wall : null };
    const departures = departuresOf(await readPlaces(tx, ctx, broadcast), rules, startsAt);
    return {
      startsAt: new Date(startsAt).toISOString(), problem: start.problem, clockChange: at === undefined || isLocal ? null : changeAt(timeZone, wall, moment),
      organizationTimeZone, quietFrom, quietTo, ignoresQuietHours: broadcast.ignoresQuietHours, departures,
      people: count(departures), quietPeople: count(departures.filter(({ isQuiet }) => isQuiet)),
    };
  });
}

/** The same judgement that the booking makes. */
function begin(ctx: Context, chosen: Parameters<typeof readTime>[1] | null): { at: number | null; problem: string | null } {
  if (!chosen) return { at: null, problem: null };
  try { return { at: readTime(ctx, chosen).scheduledAt.getTime(), problem: null }; } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { at: null, problem: error.message };
  }
}

function changeAt(zone: string, wall: number, moment: number): DeparturesView['clockChange'] {
  if (wallClockAt(zone, moment) !== wall) return 'left_out';
  return [30, 60, 120].some((later) => wallClockAt(zone, moment + later * 60_000) === wall) ? 'twice' : null;
}

/** A hundred thousand people are some thousand prefixes. */
async function readPlaces(tx: Tx, ctx: Context, broadcast: AudienceOwner): Promise<Place[]> {
  const recipients = recipientsOf(ctx, await readAudience(tx, ctx, broadcast), sql`c.id, c.phone, c.time_zone`);
  return rows<Place>(tx, sql`select time_zone as "timeZone", left(phone, ${PREFIX}) as prefix, count(*)::int as people from (${recipients}) recipient group by 1, 2`);
}

function departuresOf(places: Place[], rules: TimeRules, startsAt: number): Departure[] {
  const groups = new Map<string, Departure>();
  const holds = new Map<string, ReturnType<typeof holdOf>>();
  for (const { timeZone, prefix, people } of places) {
    const zones = zonesOf({ timeZone, recipient: prefix }, rules.home);
    const state = stateHoursOf(prefix);
    const all = `${zones.join()} ${state?.state}`;
    if (!holds.has(all)) holds.set(all, holdOf(rules, zones, startsAt, state));
    const hold = holds.get(all) ?? null;
    const [zone, at] = [zones.length === 1 ? zones[0]! : null, new Date(hold?.until ?? startsAt).toISOString()];
    const rule = hold?.state ? `${hold.state.state}: ${hold.state.inWords}` : null;
    const key = `${zone} ${at} ${rule}`;
    const group = groups.get(key) ?? { zone, at, people: 0, isQuiet: hold?.reason === 'quiet_hours', rule };
    groups.set(key, { ...group, people: group.people + people });
  }
  return [...groups.values()].sort((a, b) => a.at.localeCompare(b.at) || b.people - a.people);
}

const count = (departures: Departure[]) => departures.reduce((sum, { people }) => sum + people, 0);
