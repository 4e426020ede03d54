import type { Callbacks } from '#server/domain/connection/read-callbacks.ts';
import type { HealthView } from '#server/domain/operation/schema.ts';
import type { CheckView } from '#server/domain/twilio-account/schema.ts';

const SLOW = 60; // s

/** Do statuses come, and how soon? Pure. */
export function assessCallbacks({ lastAt, p95Seconds, silent }: Callbacks, now: Date): CheckView[] {
  const name = 'Status callbacks';
  const last = lastAt ? `The last one came ${ago(secondsSince(lastAt, now))}.` : 'None has come yet.';
  if (silent > 0) {
    return [{ name, status: 'fail', detail: `Twilio took ${silent === 1 ? '1 message' : `${silent.toLocaleString('en')} messages`} more than 10 minutes ago and has reported on none since. ${last}`, fix: 'Look at the webhook door above, and at Monitor → Logs → Errors in Twilio (11200: it could not reach the address).' }];
  }
  if (p95Seconds === null) return [{ name, status: 'pass', detail: `${last} There is nothing to measure yet: they come with the first messages.`, fix: null }];
  const measured = `95 of 100 messages had their first within ${p95Seconds} seconds. ${last}`;
  if (p95Seconds > SLOW) return [{ name, status: 'warn', detail: measured, fix: "Messages may wait in Twilio's own queue, which the speed of the number decides, or this server answers too slowly." }];
  return [{ name, status: 'pass', detail: measured, fix: null }];
}

const SILENCE = 60; // s; workers report every few seconds
const LATE = 120; // s; work is taken up within seconds
const STALE = 15 * 60; // s; three tests that did not happen

/** Is there somebody who sends, and does work lie about? Of the installation as a whole. Pure. */
export function assessWorker({ worker: { lastSeen }, oldestDueSeconds }: HealthView['checks'], checkedAt: string | null, now: Date): CheckView[] {
  const silence = lastSeen ? secondsSince(new Date(lastSeen), now) : null;
  const start = 'Start a worker (npm run worker), or look into its log.';
  const alive: CheckView = silence !== null && silence <= SILENCE
    ? { name: 'Worker', status: 'pass', detail: `A worker reported ${ago(silence)}.`, fix: null }
    : { name: 'Worker', status: 'fail', detail: silence === null ? 'No worker runs, so nothing is sent.' : `The last worker was heard of ${ago(silence)}, so nothing is sent.`, fix: start };
  const due = oldestDueSeconds ?? 0;
  const waiting: CheckView = due <= LATE
    ? { name: 'Waiting work', status: 'pass', detail: due === 0 ? 'Nothing is overdue.' : `The oldest is due for ${due} seconds.`, fix: null }
    : { name: 'Waiting work', status: 'fail', detail: `Work is due since ${span(due)} and nobody takes it up.`, fix: start };
  const age = checkedAt ? secondsSince(new Date(checkedAt), now) : 0;
  const stale: CheckView[] = age > STALE ? [{ name: 'Regular test', status: 'warn', detail: `The links at Twilio were last tested ${ago(age)}; they should be every 5 minutes.`, fix: `Test now. ${start}` }] : [];
  return [alive, waiting, ...stale];
}

const secondsSince = (then: Date, now: Date) => Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000));
const ago = (seconds: number) => (seconds < 2 ? 'just now' : `${span(seconds)} ago`);

function span(seconds: number): string {
  const [size, unit] = seconds < 120 ? [1, 'seconds'] : seconds < 2 * 3600 ? [60, 'minutes'] : seconds < 2 * 86_400 ? [3600, 'hours'] : [86_400, 'days'];
  return `${Math.round(seconds / Number(size))} ${unit}`;
}
