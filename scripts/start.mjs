// `npm start`: everything from a fresh clone to a running application. `--dev`: the same with reload.
import { fileURLToPath } from 'node:url';
import { CONFIGURATION_FAULT, install, project, reexecute, run, stop, stopBy } from './boot.mjs';

const isDevelopment = process.argv.includes('--dev');
if (!process.env.HAILER_BOOTED) install();
if (!reexecute(fileURLToPath(import.meta.url))) await main().catch(stopBy);

async function main() {
  const { answers, build, end, isFree, startSimulator, startWeb, startWorker } = await import('./stack.mjs');
  const begun = performance.now();
  const port = process.env.PORT ?? '3000';
  if (!(await isFree(Number(port)))) stop(`Port ${port} is taken by another program. Stop that one, or choose another port: PORT=3100 npm start`);
  const { env, postgres, simulatorPort } = await prepare();
  const parts = [];
  let ending;
  const endAll = (code, message) => (ending ??= (async () => {
    if (message) console.error(`\n✖ ${message}`);
    await Promise.all(parts.map(end));
    await postgres?.stop();
    process.exit(code);
  })());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void endAll(0));
  const add = (part) => {
    parts.push(part);
    void part.ended.then(({ code, signal }) => endAll(1, `${part.name} ended by itself (${signal ?? `code ${code}`}); the reason stands above. Start again with npm start.`));
  };
  try {
    if (simulatorPort) {
      add(startSimulator(env, simulatorPort, ['--state', '.data/simulator.json']));
      if (!(await answers(`http://127.0.0.1:${simulatorPort}/_sim/health`, 30))) throw new Error('The Twilio simulator does not answer.');
    }
    await run(process.execPath, ['jobs/migrate.ts'], env);
    if (!isDevelopment) await build();
    add(startWeb(env, isDevelopment));
    add(startWorker(env, isDevelopment));
    if (!(await answers(`http://127.0.0.1:${port}/api/health/live`, 120))) throw new Error('The web application does not answer; the reason stands above.');
    if (!ending) welcome({ env, simulatorPort, seconds: (performance.now() - begun) / 1000 });
  } catch (error) {
    await endAll(error.exitCode === CONFIGURATION_FAULT ? CONFIGURATION_FAULT : 1, error.exitCode === CONFIGURATION_FAULT ? null : error.message);
  }
}

/** Environment of all processes: what the operator set wins; without DATABASE_URL it is the embedded Postgres, with the simulator as Twilio. */
async function prepare() {
  const { isFree, localSecrets } = await import('./stack.mjs');
  const port = process.env.PORT ?? '3000';
  const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`;
  const shared = { PORT: port, PUBLIC_URL: publicUrl, NEXTAUTH_URL: publicUrl };
  if (process.env.DATABASE_URL) return { env: { ...shared, HOSTNAME: '0.0.0.0' } };
  const { startPostgres } = await import('./postgres.mjs');
  const postgres = await startPostgres(project);
  const secrets = { ...localSecrets(), ...pick(process.env, ['AUTH_SECRET', 'ENCRYPTION_KEY']) };
  const env = { ...shared, ...secrets, DATABASE_URL: postgres.url, HOSTNAME: '127.0.0.1', SEED_DEMO: process.env.SEED_DEMO ?? '1' };
  if (process.env.TWILIO_BASE_URL) return { env, postgres };
  const simulatorPort = await firstFree(isFree, Number(port) + 1010);
  return { env: { ...env, TWILIO_BASE_URL: `http://127.0.0.1:${simulatorPort}` }, postgres, simulatorPort };
}

async function firstFree(isFree, from) {
  for (let port = from; port < from + 50; port++) if (await isFree(port)) return port;
  return stop(`No free port between ${from} and ${from + 50} for the Twilio simulator.`);
}

function pick(source, names) {
  return Object.fromEntries(names.filter((name) => source[name]).map((name) => [name, source[name]]));
}

function welcome({ env, simulatorPort, seconds }) {
  const lines = [
    `Hailer is running (${seconds.toFixed(1)} s).`, '',
    `  Open       ${env.PUBLIC_URL}`,
    ...(env.SEED_DEMO === '1' ? ['  Sign in    demo@hailer.test  /  hailer-demo'] : []),
    ...(simulatorPort ? [`  Phones     http://localhost:${simulatorPort}   (the Twilio simulator: nothing leaves this machine)`] : ['  Twilio     real: messages are sent and billed']),
    '', '  Stop with Ctrl-C.',
  ];
  console.log(`\n${lines.join('\n')}\n`);
}
