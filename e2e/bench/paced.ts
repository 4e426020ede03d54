import { createBroadcast } from '#server/domain/broadcast/create.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { count, report, share } from './report.ts';
import { fillList, type Rig } from './rig.ts';

const CAP = 225;
const USED = 0.97;
const ONE = 'One segment';
const TWO = 'Two segments'.padEnd(200, ' and more');

/** P32: two worker processes, two broadcasts on one sender, texts of one and of two segments: never above the cap, and nearly all of it used. */
export async function benchPaced(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const duration = quick ? 15 : 60;
  const { ctx, account } = await rig.organization();
  await rig.simulator.configure({ sink: true });
  await fillList(ctx, { slug: 'everyone', from: 0, count: CAP * duration });
  const drafts = [];
  for (const content of [ONE, TWO]) drafts.push(await createBroadcast(ctx, { broadcastName: 'Bench', channel: 'sms', type: 'sms', content, recipientMethod: 'lists', selectedLists: ['everyone'] }));
  const workers = [rig.begin('worker', ['jobs/worker.ts']), rig.begin('worker', ['jobs/worker.ts'])];
  await new Promise((resolve) => { setTimeout(resolve, 2_000); });
  for (const { id } of drafts) await sendBroadcast(ctx, { id });
  await new Promise((resolve) => { setTimeout(resolve, (duration + 3) * 1_000); });
  const arrivals = await rig.simulator.arrivals(account.accountSid);
  await Promise.all(workers.map(rig.end));
  await rig.simulator.configure({ sink: false });
  const { worst, over } = windows(arrivals);
  const used = usage(arrivals, duration);
  const two = arrivals.segments.filter((segments) => segments === 2).length;
  const fairness = two / arrivals.count;
  report('paced', `Pace: cap ${CAP} segments/s, two workers, two broadcasts, ${duration} s`, [
    { measured: 'most segments in any sliding second', value: count(worst), goal: `at most ${CAP}`, met: worst <= CAP },
    { measured: 'arrivals that overfilled a second', value: count(over), goal: 'none', met: over === 0 },
    { measured: 'used of the cap', value: share(used), goal: `at least ${share(USED)}`, met: used >= USED },
    { measured: 'messages of the second broadcast', value: share(fairness), goal: 'half: 45 % to 55 %', met: Math.abs(fairness - 0.5) <= 0.05 },
  ], { cap: CAP, seconds: duration, worstWindow: worst, over, used, fairness });
}

type Arrivals = { atMs: number[]; segments: number[] };

/** The fullest sliding second, and how many arrivals made one too full. */
export function windows({ atMs, segments }: Arrivals, cap = CAP) {
  let [first, held, worst, over] = [0, 0, 0, 0];
  for (const [i, at] of atMs.entries()) {
    held += segments[i]!;
    while (atMs[first]! <= at - 1_000) held -= segments[first++]!;
    if (held > cap) over += 1;
    worst = Math.max(worst, held);
  }
  return { worst, over };
}

/** Share of the cap used between the end of the first second and the given duration. */
function usage({ atMs, segments }: Arrivals, duration: number) {
  const from = atMs[0]! + 1_000;
  const to = atMs[0]! + (duration - 1) * 1_000;
  const sent = segments.reduce((sum, size, i) => (atMs[i]! >= from && atMs[i]! < to ? sum + size : sum), 0);
  return sent / (CAP * ((to - from) / 1_000));
}
