// Finds a Chromium for the journeys, or fetches one. Playwright's own is the usual way; the others serve machines that cannot reach its download.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { project } from './boot.mjs';

const cache = path.join(project, '.cache/browser');
const SPARTICUZ = '@sparticuz/chromium@153.0.0';
const systemNames = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/** Launch options for Playwright, and where the browser comes from. @throws Error that says how to install one. */
export async function findBrowser() {
  const forced = process.env.E2E_CHROMIUM;
  if (forced && !existsSync(forced)) throw new Error(`E2E_CHROMIUM points at ${forced}, which does not exist.`);
  const found = (forced && { executablePath: forced, source: 'E2E_CHROMIUM' }) || (await playwrights()) || systems() || (existsSync(path.join(cache, 'chromium')) && (await packaged()))
    || (await fetchPlaywrights()) || (await packaged()) || debians();
  if (found) return found;
  throw new Error('There is no browser for the journeys. Run "npx playwright install --with-deps chromium", install Chrome or Chromium, or set E2E_CHROMIUM to one.');
}

async function playwrights() {
  try {
    const { chromium } = await import('@playwright/test');
    await (await chromium.launch()).close();
    return { source: 'Playwright' };
  } catch { return undefined; }
}

function systems() {
  const chrome = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', process.env.PROGRAMFILES && path.join(process.env.PROGRAMFILES, 'Google/Chrome/Application/chrome.exe')];
  const executablePath = [...systemNames.map(onPath), ...chrome].find((file) => file && existsSync(file) && works(file));
  return executablePath && { executablePath, args: sandboxArgs(), source: path.basename(executablePath) };
}

async function fetchPlaywrights() {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  return run(process.execPath, [cli, 'install', 'chromium', '--only-shell'], { stdio: 'ignore' }) ? playwrights() : undefined;
}

/** A Chromium from the npm registry that brings its own libraries and fonts (Linux x64). */
async function packaged() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = path.join(cache, 'node_modules/@sparticuz/chromium');
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    if (!run('npm', ['install', '--prefix', cache, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', SPARTICUZ])) return undefined;
  }
  const [executablePath, libraries, fonts] = ['chromium', 'libs', 'fonts'].map((name) => path.join(cache, name));
  const tar = createRequire(path.join(folder, 'package.json'))('tar-fs');
  const unpack = (file, to) => pipeline(createReadStream(path.join(folder, 'bin', file)), zlib.createBrotliDecompress(), to);
  if (!existsSync(libraries)) await unpack('al2023.tar.br', tar.extract(libraries));
  if (!existsSync(fonts)) await unpack('fonts.tar.br', tar.extract(fonts));
  if (!existsSync(executablePath)) {
    await unpack('chromium.br', createWriteStream(`${executablePath}.part`, { mode: 0o755 }));
    renameSync(`${executablePath}.part`, executablePath);
  }
  // The packaged font list knows other folders only; without a font the page process dies.
  const fontList = path.join(fonts, 'fonts.conf');
  writeFileSync(fontList, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir><dir>${fonts}</dir><cachedir>${path.join(cache, 'fontcache')}</cachedir></fontconfig>`);
  const env = { FONTCONFIG_FILE: fontList };
  if (!works(executablePath, env)) env.LD_LIBRARY_PATH = [path.join(libraries, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return works(executablePath, env) ? { executablePath, args: ['--headless=shell', '--no-sandbox', '--disable-gpu'], env, source: SPARTICUZ } : undefined;
}

function debians() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get')) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env });
  for (const name of ['chromium-headless-shell', 'chromium']) if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env })) break;
  return systems();
}

const sandboxArgs = () => (process.getuid?.() === 0 ? ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'] : []);
const run = (command, args, options = {}) => spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options }).status === 0;
const works = (file, env) => spawnSync(file, ['--version'], { env: { ...process.env, ...env }, timeout: 15_000 }).status === 0;

function onPath(name) {
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)).find((file) => {
    try { accessSync(file, constants.X_OK); return true; } catch { return false; }
  });
}
