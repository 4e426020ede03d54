// One process of the production system, e.g. `npm run worker`; and the programs that measure. Everything comes from the environment.
import { fileURLToPath } from 'node:url';
import { install, reexecute, run, stopBy } from './boot.mjs';

const [name, ...rest] = process.argv.slice(2);
if (!process.env.HAILER_BOOTED) install();
if (!reexecute(fileURLToPath(import.meta.url))) await main().catch(stopBy);

async function main() {
  if (name === 'bench' || name === 'chaos') return run(process.execPath, [`e2e/${name}/main.ts`, ...rest]);
  const env = { NEXTAUTH_URL: process.env.PUBLIC_URL ?? 'http://localhost:3000', HOSTNAME: '0.0.0.0', PORT: process.env.PORT ?? '3000' };
  await run(process.execPath, ['jobs/migrate.ts'], env); // also says what is missing in the environment
  if (name === 'migrate') return undefined;
  const { build, end, startWeb, startWorker } = await import('./stack.mjs');
  if (name === 'web') await build();
  const part = name === 'web' ? startWeb(env) : startWorker(env);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(part));
  const { code } = await part.ended;
  return process.exit(code ?? 0);
}
