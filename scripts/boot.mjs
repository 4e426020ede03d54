// First steps of every command. Runs on any Node from 18 on, with nothing installed: install what the lock names, then go on under the Node that
// came with the dependencies.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';

/** Prints one line that says what to do, and stops. */
export function stop(message) {
  console.error(`\n✖ ${message}\n`);
  process.exit(1);
}

/** The end of a command by an error; one that has explained itself needs no second line. */
export function stopBy(error) {
  if (error.exitCode === CONFIGURATION_FAULT) process.exit(CONFIGURATION_FAULT);
  stop(error.message);
}

/** `npm ci` when the lock is newer than what is installed. */
export function install() {
  const stamp = path.join(project, 'node_modules/.package-lock.json');
  const lock = path.join(project, 'package-lock.json');
  if (fs.existsSync(stamp) && fs.statSync(stamp).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  console.log('Installing dependencies (npm ci) …');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, stdio: 'inherit', shell: windows });
  if (result.status !== 0) stop('Installing failed. Check the network and the space on the disk, then run the same command again.');
}

/** Hands the script over to the bundled Node (22.18 or newer, which runs TypeScript as it is). False when it already runs there. */
export function reexecute(script) {
  if (process.env.HAILER_BOOTED) return false;
  const node = bundledNode();
  const PATH = [path.dirname(node), path.join(project, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);
  const child = spawn(node, [script, ...process.argv.slice(2)], {
    cwd: project, stdio: 'inherit', env: { ...process.env, PATH, HAILER_BOOTED: '1', NEXT_TELEMETRY_DISABLED: '1' },
  });
  // Ctrl-C reaches the child from the terminal as well; here it only must not end the parent first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal); });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return true;
}

function bundledNode() {
  const file = windows ? 'node.exe' : 'node';
  const names = ['linux-x64', 'linux-arm64', 'bin-darwin-arm64', 'darwin-x64', 'win-x64'];
  const bundled = names.map((name) => path.join(project, 'node_modules', `node-${name}`, 'bin', file))
    .find((candidate) => fs.existsSync(candidate) && spawnSync(candidate, ['--version']).status === 0);
  if (bundled) return bundled;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(`Node 22.18 or newer is needed (this is ${process.version}), and the one that ships with the dependencies does not run on this system.`);
}

/** The command itself has said what is wrong (sysexits: configuration). */
export const CONFIGURATION_FAULT = 78;

/** Runs a command to its end. @throws Error when it fails. Its exitCode tells how. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: project, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(Object.assign(new Error(`${path.basename(args[0] ?? command)} ended with code ${code}`), { exitCode: code }));
    });
  });
}

/** A file inside node_modules. */
export const installed = (file) => path.join(project, 'node_modules', file);
