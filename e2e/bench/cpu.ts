import fs from 'node:fs';

const TICK = 10_000; // µs: Linux counts in hundredths of a second

/** CPU time that a process and the children it still has or has waited for have used so far, in µs. NaN where there is no /proc. */
export function cpuTime(pid: number): number {
  if (!fs.existsSync('/proc/self/stat')) return NaN;
  const all = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => read(name) ?? []);
  return all.reduce((sum, process) => (process.pid === pid ? sum + process.own + process.ended : process.parent === pid ? sum + process.own : sum), 0);
}

function read(name: string) {
  let stat: string;
  try { stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8'); } catch { return null; } // it has ended meanwhile
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold anything
  const ticks = (i: number) => Number(fields[i]) * TICK;
  return { pid: Number(name), parent: Number(fields[1]), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) };
}
