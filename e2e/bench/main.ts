// npm run bench [-- name…] [--quick]: the figures of the README, on a Postgres with full durability that is removed afterwards.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { benchAudience } from './audience.ts';
import { benchDispatch } from './dispatch.ts';
import { benchFanOut } from './fan-out.ts';
import { benchFuzz } from './fuzz.ts';
import { benchImport } from './import.ts';
import { benchPaced } from './paced.ts';
import { benchReports } from './reports.ts';
import { startRig, type Rig } from './rig.ts';
import { benchWebhooks } from './webhooks.ts';

const parts: Record<string, (rig: Rig, options: { quick: boolean }) => Promise<void>> = { audience: benchAudience, 'fan-out': benchFanOut, dispatch: benchDispatch, paced: benchPaced, webhooks: benchWebhooks, fuzz: benchFuzz, import: benchImport, reports: benchReports };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
const unknown = positionals.filter((name) => !parts[name]);
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. Choose from: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
if (positionals.length !== 1) console.log(`${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}; load ${os.loadavg().map((load) => load.toFixed(1)).join(' ')}`);
let hasFailed = false;
const names = positionals.length > 0 ? positionals : Object.keys(parts);
for (const name of names) {
  // The environment is read once per process, so each part gets a process and a database of its own.
  if (names.length > 1) {
    hasFailed = spawnSync(process.execPath, [import.meta.filename, name, ...(values.quick ? ['--quick'] : [])], { stdio: 'inherit' }).status !== 0 || hasFailed;
    continue;
  }
  const rig = await startRig();
  try {
    await parts[name]!(rig, { quick: values.quick });
  } catch (error) {
    hasFailed = true;
    console.error(`\n${name} could not be measured:`, error);
  } finally {
    await rig.stop();
  }
}
process.exit(hasFailed ? 1 : 0);
