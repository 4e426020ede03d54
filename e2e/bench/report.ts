import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type Row = { measured: string; value: string; goal: string; met: boolean | null };
/** Figures by name, as numbers, for whoever copies them from the run. */
export type Figures = Record<string, number | string>;

const folder = path.resolve(import.meta.dirname, '../../.cache/bench');

/** Prints the table of one part and keeps its figures in .cache/bench/<name>.json. */
export function report(name: string, title: string, rows: Row[], figures: Figures): void {
  const load = os.loadavg()[0]!.toFixed(1);
  const widths = [Math.max(...rows.map(({ measured }) => measured.length)), Math.max(...rows.map(({ value }) => value.length))] as const;
  console.log(`\n${title}   (${os.cpus().length} cores, load ${load})`);
  for (const { measured, value, goal, met } of rows) console.log(`  ${measured.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${met === null ? ' ' : met ? '✓' : '✗'} ${goal}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify({ name, at: new Date().toISOString(), cores: os.cpus().length, cpu: os.cpus()[0]?.model, load, figures, rows }, null, 2)}\n`);
}

export const count = (value: number) => Math.round(value).toLocaleString('en-US');
export const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(2)} s`;
export const share = (value: number) => `${(value * 100).toFixed(1)} %`;
/** The value below which `part` (0 to 1) of the sorted values lie. */
export const quantile = (values: number[], part: number) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
