import { setInterval } from 'node:timers';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { Context } from '#server/context.ts';
import { readUpload } from '#server/domain/contact-import/read.ts';
import { startImport } from '#server/domain/contact-import/start.ts';
import { storeUpload } from '#server/domain/contact-import/store.ts';
import { undoImport } from '#server/domain/contact-import/undo.ts';
import { workOnUpload } from '#server/domain/contact-import/work.ts';
import { count, report, seconds, type Figures, type Row } from './report.ts';
import type { Rig } from './rig.ts';

/** A file streams in, is checked whole, written and undone, in this process; beside it how long another request would have waited for the event loop. */
export async function benchImport(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const table: Row[] = [];
  const figures: Figures = {};
  await walk(rig, 2_000); // the first run also loads code and makes connections
  for (const size of quick ? [20_000, 100_000] : [100_000, 500_000]) {
    const took = await walk(rig, size);
    const name = `${count(size)} rows`;
    // At once: whoever stops the larger file keeps the figures of the smaller one.
    console.log(`${name}: checked ${seconds(took.checkMs)}, written ${seconds(took.writeMs)}, undone ${seconds(took.undoMs)}; memory above idle ${Object.entries(took.memoryOf).map(([step, megabytes]) => `${step} ${count(megabytes)} MB`).join(', ')}`);
    table.push(
      { measured: `${name}: stored`, value: seconds(took.storeMs), goal: `${count(took.bytes / 2 ** 20)} MB`, met: null },
      { measured: `${name}: checked`, value: seconds(took.checkMs), goal: size === 100_000 ? 'at most 30 s' : `${count((size * 1_000) / took.checkMs)} rows/s`, met: size === 100_000 ? took.checkMs <= 30_000 : null },
      { measured: `${name}: written, all new, with a list`, value: seconds(took.writeMs), goal: 'one transaction', met: null },
      { measured: `${name}: checked again, all known`, value: seconds(took.againMs), goal: '', met: null },
      { measured: `${name}: undone`, value: seconds(took.undoMs), goal: 'one transaction', met: null },
      { measured: `${name}: memory in use above idle, at most, while checked`, value: `${count(took.inUse)} MB`, goal: 'at most 32 MB, whatever the size', met: took.inUse <= 32 },
      { measured: `${name}: resident memory above idle, at most`, value: `${count(took.memory)} MB`, goal: 'with what is not collected yet', met: null },
      { measured: `${name}: longest wait of others`, value: `${count(took.longestWaitMs)} ms`, goal: 'at most 200 ms', met: took.longestWaitMs <= 200 },
    );
    Object.assign(figures, { [`checkSeconds${size}`]: took.checkMs / 1_000, [`writeSeconds${size}`]: took.writeMs / 1_000, [`undoSeconds${size}`]: took.undoMs / 1_000, [`memoryMegabytes${size}`]: took.memory, [`longestWaitMilliseconds${size}`]: took.longestWaitMs });
  }
  report('import', 'Import of contacts: streamed, checked whole, written, undone', table, figures);
}

async function walk(rig: Rig, size: number) {
  const { ctx } = await rig.organization();
  await rig.checkpoint();
  collect();
  const watch = watchProcess();
  const stored = await watch.during('stored', () => storeUpload(ctx, { fileName: 'people.csv' }, csvOf(size)));
  const { id } = stored.result;
  const check = await watch.during('checked', () => workOnUpload(ctx, { uploadId: id }));
  const { result, bytes } = await readUpload(ctx, { id });
  if (result?.created !== size - 100 || result.refused !== 100) throw new Error(`The check found ${JSON.stringify(result)}`);
  await startImport(ctx, { id, listName: 'Everybody' });
  const write = await watch.during('written', () => workOnUpload(ctx, { uploadId: id }));
  const again = await watch.during('checked again', () => checkAgain(ctx, size));
  const inUse = await watch.inUse(() => checkAgain(ctx, size));
  const done = await readUpload(ctx, { id });
  const undo = await watch.during('undone', () => undoImport(ctx, { id: done.import!.id }));
  if (undo.result.deleted !== size - 100) throw new Error(`The undo did ${JSON.stringify(undo.result)}`);
  return { ...watch.end(), inUse, bytes, storeMs: stored.ms, checkMs: check.ms, writeMs: write.ms, againMs: again.ms, undoMs: undo.ms };
}

async function checkAgain(ctx: Context, size: number) {
  const { id } = await storeUpload(ctx, { fileName: 'again.csv' }, csvOf(size));
  await workOnUpload(ctx, { uploadId: id });
}

/** Every thousandth of the first hundred thousand has no number. */
async function* csvOf(size: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('First name,Last name,Mobile,E-mail,City,Tags,Consent,Consent date,Note\n');
  for (let from = 0; from < size; from += 500) {
    yield Buffer.from(Array.from({ length: Math.min(500, size - from) }, (_, i) => lineOf(from + i)).join(''));
  }
}

const lineOf = (n: number) => `First${n},Last${n},${n < 100 ? 'none' : `(${202 + Math.floor(n / 4_000_000)}) ${200 + Math.floor(n / 10_000)}-${String(n % 10_000).padStart(4, '0')}`},p${n}@example.com,City ${n % 50},"vip, t${n % 9}",Newsletter form,2026-03-${String(1 + (n % 28)).padStart(2, '0')},"note, ${n}"\n`;

/** Collects what nobody refers to any more: only then does memory say what is in use. */
const collect = (() => { v8.setFlagsFromString('--expose-gc'); return vm.runInNewContext('gc') as () => void; })(); // V8's own function

const used = () => { collect(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };

/**
 * Resident memory above the start, in all and at most during each step, and the longest time for which the event loop was not free. Of a wait counts
 * what this process computed meanwhile: a machine that gave the processor to others says nothing about us.
 */
function watchProcess() {
  const idle = process.memoryUsage().rss;
  const above = (bytes: number) => (bytes - idle) / 2 ** 20;
  const memoryOf: Record<string, number> = {};
  const usedIdle = used();
  let [peak, ofStep, longest, last, lastCpu, isWatched] = [idle, idle, 0, performance.now(), cpuMs(), true];
  const timer = setInterval(() => {
    const [now, cpu] = [performance.now(), cpuMs()];
    if (isWatched) longest = Math.max(longest, Math.min(now - last - 10, cpu - lastCpu));
    [last, lastCpu] = [now, cpu];
    ofStep = Math.max(ofStep, process.memoryUsage.rss());
    peak = Math.max(peak, ofStep);
  }, 10);
  return {
    during: async <T>(step: string, work: () => Promise<T>) => {
      ofStep = process.memoryUsage.rss();
      const done = await timed(work);
      memoryOf[step] = above(ofStep);
      return done;
    },
    /** Most of the memory that was in use above the start. Collecting makes others wait, so this run is not timed. */
    inUse: async (work: () => Promise<unknown>) => {
      isWatched = false;
      let most = usedIdle;
      const collecting = setInterval(() => { most = Math.max(most, used()); }, 250);
      await work();
      clearInterval(collecting);
      return (most - usedIdle) / 2 ** 20;
    },
    end: () => { clearInterval(timer); return { memory: above(peak), memoryOf, longestWaitMs: longest }; },
  };
}

const cpuMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1_000; };

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const begun = performance.now();
  const result = await work();
  return { ms: performance.now() - begun, result };
}
