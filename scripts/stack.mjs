// The processes that make the application: web, worker and, for trying it out, the Twilio simulator.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installed, project, run } from './boot.mjs';

const node = process.execPath;
const server = path.join(project, '.next/standalone/server.js');
const followParent = pathToFileURL(path.join(project, 'scripts/follow-parent.mjs')).href;
const sources = ['app', 'components', 'server', 'db', 'public', 'next.config.js', 'proxy.ts', 'package-lock.json'];

/** Secrets of an installation of one's own, made once: sessions and sealed Twilio keys stay readable after a restart. */
export function localSecrets() {
  const file = path.join(project, '.data/secrets.json');
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
    const secrets = { AUTH_SECRET: crypto.randomBytes(32).toString('hex'), ENCRYPTION_KEY: crypto.randomBytes(32).toString('hex') };
    fs.writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  }
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} is broken. Put it back from a backup; if there is none, delete it: everybody signs in again and enters the Twilio keys again.`);
  }
}

/** Builds the web application when a source is newer than the last build. */
export async function build() {
  if (!isBuildNeeded()) return;
  console.log('Building the web application (one to two minutes) …');
  // NODE_ENV from outside (e.g. "development") breaks a production build. The values are placeholders: nothing of them is built in.
  await run(node, [installed('next/dist/bin/next'), 'build'], { NODE_ENV: 'production' });
  fs.cpSync(path.join(project, '.next/static'), path.join(project, '.next/standalone/.next/static'), { recursive: true });
  if (fs.existsSync(path.join(project, 'public'))) fs.cpSync(path.join(project, 'public'), path.join(project, '.next/standalone/public'), { recursive: true });
}

function isBuildNeeded() {
  if (!fs.existsSync(server) || !fs.existsSync(path.join(project, '.next/standalone/.next/static'))) return true;
  const built = fs.statSync(server).mtimeMs;
  return sources.some((source) => isNewer(path.join(project, source), built));
}

function isNewer(file, moment) {
  if (!fs.existsSync(file)) return false;
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs > moment && !file.endsWith('.test.ts') && !file.endsWith('.test.tsx');
  return fs.readdirSync(file).some((name) => isNewer(path.join(file, name), moment));
}

/** Starts a process that belongs to the application. */
export function start(name, args, env) {
  // Detached: Ctrl-C goes to this process only, which then stops the others in order.
  const child = spawn(node, ['--import', followParent, ...args], { cwd: project, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...env }, detached: process.platform !== 'win32' });
  return { name, child, ended: new Promise((resolve) => { child.on('exit', (code, signal) => resolve({ code, signal })); }) };
}

// Longer than the minute for which proxies keep an idle connection: after Node's five seconds the server would close it just when a request arrives,
// and the proxy answers 502. (Node's headersTimeout, also a minute, begins with the first byte of a request, so an idle connection never meets it.)
const KEEP_ALIVE_TIMEOUT = process.env.KEEP_ALIVE_TIMEOUT ?? '65000'; // ms; read by Next's standalone server

export const startWeb = (env, isDevelopment = false) => (isDevelopment
  ? start('web', [installed('next/dist/bin/next'), 'dev', '-p', env.PORT], { ...env, NODE_ENV: 'development' })
  : start('web', [server], { ...env, NODE_ENV: 'production', KEEP_ALIVE_TIMEOUT }));
export const startWorker = (env, isDevelopment = false) => start('worker', [...(isDevelopment ? ['--watch'] : []), 'jobs/worker.ts'], env);
export const startSimulator = (env, port, more = []) => start('simulator', ['server/twilio/simulator/main.ts', '--port', String(port), ...more], env);

/** Ends a process: kindly, and after twenty seconds for good. */
export async function end({ child, ended }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(timer);
}

/** Resolves when the address answers; false after `seconds`. */
export async function answers(url, seconds) {
  for (const until = Date.now() + seconds * 1000; Date.now() < until;) {
    try { if ((await fetch(url)).status < 500) return true; } catch { /* not yet */ }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return false;
}

/** True when nobody listens on the port, on any address of this machine. */
export function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
