import { readTimes, placesOf } from '#server/domain/broadcast/hold-back.ts';
import type { Step } from '#server/domain/person/may-message.ts';
import { step } from '#server/domain/person/steps.ts';
import { holdOf } from '#server/domain/time-zone/departure.ts';
import type { SendRules } from '#server/domain/time-zone/rules.ts';

/** `now`: ms since 1970, by the database's clock. */
export function quietStep(rules: SendRules, timeZone: string | null, recipient: string, now: number): Step {
  const { zones, state } = placesOf(timeZone, recipient, rules);
  const here = zones.length === 1 ? `It is ${clockIn(zones[0]!, now)} where they are.` : `By their number they may be in ${zones.length} time zones; it must be allowed in each.`;
  if (!rules.quiet) return step('quiet_hours', 'pass', 'No quiet hours are set', here);
  const hold = holdOf(rules, zones, now, state);
  if (!hold) return step('quiet_hours', 'pass', 'Outside of quiet hours', here);
  const why = hold.state ? `${hold.state.state} allows ${hold.state.inWords}.` : 'Messages wait until they end.';
  return step('quiet_hours', 'wait', 'Quiet hours where they are', `${here} ${why}`, new Date(hold.until));
}

const clockIn = (zone: string, at: number) => `${new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)} (${zone.split('/').at(-1)!.replaceAll('_', ' ')})`;

type Times = Awaited<ReturnType<typeof readTimes>> extends Map<string, infer Each> ? Each : never;

export function capStep({ capHours }: SendRules, times: Times | undefined): Step {
  if (capHours === null) return step('frequency_cap', 'pass', 'No limit of frequency is set');
  const free = times?.lastHandedAt ? new Date(new Date(times.lastHandedAt).getTime() + capHours * 3_600_000) : null;
  if (times?.isCapped) return step('frequency_cap', 'fail', 'Got a broadcast too recently', `One broadcast in ${capHours} hours. A broadcast that begins before then leaves them out.`, free);
  return step('frequency_cap', 'pass', 'Within the limit of frequency', `One broadcast in ${capHours} hours.`);
}
