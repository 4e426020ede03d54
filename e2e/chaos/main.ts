// npm run chaos -- --rounds 20 [--seed 1] [--recipients 200] [--plant retry-on-timeout]
import os from 'node:os';
import { parseArgs } from 'node:util';
import { ready, startRig } from '../bench/rig.ts';
import { check, type Violation } from './check.ts';
import { playRound, type Happened } from './round.ts';

const PLANTS = ['retry-on-timeout'];
/** Faults of each kind that must fire, per round; with fewer the run proves nothing and is void. */
const LEAST = { resets: 2, serverErrors: 1, refusals: 1, lost: 30, duplicated: 10, reordered: 10, kills: 3, repeats: 1 };

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' }, recipients: { type: 'string', default: '200' }, plant: { type: 'string' } } });
if (values.plant && !PLANTS.includes(values.plant)) {
  console.error(`There is no plant ${values.plant}. Choose from: ${PLANTS.join(', ')}.`);
  process.exit(1);
}
const [rounds, seed, recipients] = [Number(values.rounds), Number(values.seed), Number(values.recipients)];
const random = mulberry32(seed);
console.log(`Chaos: ${rounds} rounds of ${recipients} recipients, seed ${seed}${values.plant ? `, planted: ${values.plant}` : ''}; ${os.cpus().length} cores, load ${os.loadavg()[0]!.toFixed(1)}`);

const rig = await startRig({ seed, speed: 10 });
const violations: Violation[] = [];
const total: Faults = { resets: 0, serverErrors: 0, refusals: 0, lost: 0, duplicated: 0, reordered: 0, kills: 0, repeats: 0 };
let unknown = 0;
try {
  await rig.simulator.configure({
    scheduleMinimumSeconds: 1, priceDelaySeconds: 10,
    faults: { resetAfterAccept: 0.05, http500AfterAccept: 0.03, http429: 0.03, loseCallback: 0.2, duplicateCallback: 0.1, reorderCallback: 0.1 },
  });
  rig.begin('webhooks', ['e2e/bench/webhook-server.ts']);
  await ready(rig.env.PUBLIC_URL);
  console.log('round  workers kills  posts resets 500s 429s  lost/doubled/late callbacks  repeats (cancelled)  delivered failed unknown   time  violations');
  for (let round = 1; round <= rounds; round++) {
    const happened = await playRound(rig, { round, recipients, random, plant: values.plant ?? null });
    const found = check(happened.history);
    printRound(round, happened, found);
    violations.push(...found);
    const faults = faultsOf(happened);
    for (const name of Object.keys(LEAST) as Array<keyof Faults>) total[name] += faults[name];
    unknown += listUnknown(happened);
  }
} finally {
  await rig.stop();
}
process.exit(conclude() ? 0 : 1);

type Faults = typeof LEAST;

function faultsOf({ history, kills, callbacks }: Happened): Faults {
  const verdict = (name: string) => history.posts.filter((post) => post.verdict === name).length;
  return { resets: verdict('created_then_reset'), serverErrors: verdict('created_then_500'), refusals: verdict('too_many_requests'), kills, ...callbacks, repeats: history.posts.filter(({ scheduledFor, sid }) => scheduledFor && sid).length };
}

function printRound(round: number, happened: Happened, found: Violation[]) {
  const { posts, deliveries } = happened.history;
  const { resets, serverErrors, refusals, lost, duplicated, reordered } = faultsOf(happened);
  const repeats = posts.filter(({ scheduledFor, sid }) => scheduledFor && sid);
  const status = (...names: string[]) => deliveries.filter((delivery) => names.includes(delivery.status)).length;
  const cells: Array<[string | number, number]> = [
    [round, 5], [happened.workers, 8], [happened.kills, 6], [posts.length, 7], [resets, 7], [serverErrors, 5], [refusals, 5], [`${lost}/${duplicated}/${reordered}`, 29],
    [`${repeats.length} (${repeats.filter(({ canceledAt }) => canceledAt).length})`, 21], [status('delivered', 'read'), 11], [status('failed', 'undelivered'), 7], [status('unknown'), 8],
    [`${happened.seconds.toFixed(1)} s`, 7], [found.length, 12],
  ];
  console.log(cells.map(([cell, width]) => String(cell).padStart(width)).join(''));
  for (const { rule, detail } of found.slice(0, 8)) console.log(`       ✗ ${rule}: ${detail}`);
  if (found.length > 8) console.log(`       ✗ and ${found.length - 8} more`);
}

/** Unknown is honest only when its attempts can be shown. */
function listUnknown({ history: { deliveries, attempts } }: Happened) {
  const unknowns = deliveries.filter(({ status }) => status === 'unknown');
  for (const { recipient, seq } of unknowns) console.log(`       unknown: ${recipient}, attempts: ${attempts.filter((attempt) => attempt.seq === seq).map(({ n, state, sid }) => `${n} ${state}${sid ? ` ${sid}` : ''}`).join(', ')}`);
  return unknowns.length;
}

function conclude(): boolean {
  const missing = (Object.keys(LEAST) as Array<keyof Faults>).filter((name) => total[name] < LEAST[name] * rounds);
  const counts = new Map([...Map.groupBy(violations, ({ rule }) => rule)].map(([rule, of]) => [rule, of.length]));
  console.log(`\nFaults that fired: ${Object.entries(total).map(([name, n]) => `${n} ${name}`).join(', ')}.`);
  if (missing.length > 0) console.log(`VOID: too few ${missing.join(', ')}; this run proves nothing.`);
  const deliveries = rounds * recipients;
  if (values.plant) {
    const isCaught = (counts.get('duplicate') ?? 0) > 0;
    console.log(isCaught ? `The planted fault was caught: ${counts.get('duplicate')} duplicates, ${counts.get('token') ?? 0} tokens used twice.` : 'The planted fault was NOT caught: the checker is blind.');
    return isCaught;
  }
  console.log(`${deliveries} recipients, ${counts.get('duplicate') ?? 0} duplicates, ${counts.get('lost') ?? 0} lost, ${counts.get('stuck') ?? 0} stuck, ${unknown} unknown; violations in all: ${violations.length}${violations.length ? ` (${[...counts].map(([rule, n]) => `${n} ${rule}`).join(', ')})` : ''}.`);
  return violations.length === 0 && missing.length === 0;
}

/** A small seeded generator: the same seed gives the same kills. */
function mulberry32(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
