import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { listBroadcasts } from '#server/domain/broadcast/list.ts';
import { reportBroadcast } from '#server/domain/broadcast/report.ts';
import { searchDeliveries } from '#server/domain/delivery/search.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';
import { count, quantile, report, seconds, type Figures, type Row } from './report.ts';
import { seedLog, type SeededLog } from './seed-log.ts';
import type { Rig } from './rig.ts';

const [REPORT_GOAL, LOG_GOAL, MEMORY_GOAL] = [400, 800, 200]; // ms, ms, MB
const RUNS = 25;

/** Dashboard, report, log and export over a log of ten million deliveries in 200 broadcasts, one of them a tenth of all. */
export async function benchReports(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const total = quick ? 1_000_000 : 10_000_000;
  const begun = performance.now();
  const log = await seedLog(rig, total);
  const seeding = performance.now() - begun;
  console.log(`\n${count(total)} deliveries seeded in ${seconds(seeding)}: inserted in sets, so the triggers built the rollups; times to deliver were counted with the trigger's own function duration_bucket`);
  await rig.checkpoint();
  const table: Row[] = [];
  const figures: Figures = { seedSeconds: seeding / 1_000, deliveries: total };
  for (const [name, goal, ask] of questions(log)) {
    const times = await timesOf(ask);
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    table.push({ measured: name, value: `p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms`, goal: `p95 at most ${goal} ms`, met: p95 <= goal });
    figures[`${name} p50`] = p50;
    figures[`${name} p95`] = p95;
  }
  const file = await measureExport(rig, log);
  table.push(
    { measured: `export of ${count(file.rows)} rows as CSV`, value: `${count(file.rowsPerSecond)} rows/s`, goal: `${(file.bytes / 2 ** 20).toFixed(0)} MB of text`, met: null },
    { measured: 'memory that the export took, highest', value: `${count(file.rss - file.rssBefore)} MB`, goal: `at most ${MEMORY_GOAL} MB, however many rows; the process had ${count(file.rssBefore)} MB before`, met: file.rss - file.rssBefore <= MEMORY_GOAL },
  );
  report('reports', `Reading ${count(total)} deliveries`, table, { ...figures, exportRowsPerSecond: file.rowsPerSecond, exportRssMegabytes: file.rss, exportRssBeforeMegabytes: file.rssBefore });
}

type Question = [name: string, goal: number, ask: (n: number) => Promise<unknown>];

function questions({ ctx, largest, phones, sids }: SeededLog): Question[] {
  const search = (textOf: (n: number) => string) => async (n: number) => {
    const { data } = await searchDeliveries(ctx, { search: textOf(n) });
    if (data.length === 0) throw new Error(`The log found nothing for ${textOf(n)}`);
  };
  return [
    ['dashboard: 30 days and the list of broadcasts', REPORT_GOAL, async () => { await usageStatistics(ctx, {}); await listBroadcasts(ctx, { ps: 50 }); }],
    [`report of the largest broadcast (${count(largest.size)} recipients)`, REPORT_GOAL, () => reportBroadcast(ctx, { id: largest.id })],
    ['log: first page', LOG_GOAL, search(() => '')],
    ['log: a number', LOG_GOAL, search((n) => phones[n]!)],
    ['log: last four digits', LOG_GOAL, search((n) => phones[n]!.slice(-4))],
    ['log: a name', LOG_GOAL, search((n) => `Name${Number(phones[n]!.slice(2)) % 100_000}`)],
    ['log: a SID', LOG_GOAL, search((n) => sids[n]!)],
    ['log: a state', LOG_GOAL, search((n) => `status:${['undelivered', 'failed', 'skipped'][n % 3]}`)],
    ['log: a code', LOG_GOAL, search((n) => `code:${[30003, 30006, 30007][n % 3]}`)],
    ['log: a code that occurs once in a thousand messages of one broadcast', LOG_GOAL, search(() => 'code:21211')],
    ['log: code, country and time together', LOG_GOAL, search(() => 'status:undelivered code:30007 to:US since:60d')],
  ];
}

/** The first run, which fills caches and prepares plans, is left out. */
async function timesOf(ask: (n: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n <= RUNS; n++) {
    const begun = performance.now();
    await ask(n);
    times.push(performance.now() - begun);
  }
  return times.slice(1);
}

type Exported = { rows: number; rowsPerSecond: number; bytes: number; rss: number; rssBefore: number };

/** The route's own response, read to its end as fast as it comes, in a process that does nothing else. */
async function measureExport(rig: Rig, { ctx, largest }: SeededLog): Promise<Exported> {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'export-process.ts'), ctx.organizationId, largest.id], { env: { ...process.env, ...rig.env } });
  const measured = JSON.parse(stdout) as Exported; // what export-process.ts prints
  if (measured.rows !== largest.size) throw new Error(`${measured.rows} lines for ${largest.size} deliveries`);
  return measured;
}
