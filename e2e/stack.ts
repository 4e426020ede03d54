import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { fakePushService } from '#server/domain/device/push-service.fixture.ts';
import { project, run } from '../scripts/boot.mjs';
import { startPostgres } from '../scripts/postgres.mjs';
import { answers, end, startSimulator, startWeb, startWorker } from '../scripts/stack.mjs';

/** The built application on a database and ports of its own, with the demo organisation; the same processes as `npm start`. */
export default async function startStack() {
  const postgres = await startPostgres(project, { ephemeral: true, database: 'journeys' });
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const publicUrl = `http://localhost:${port}`;
  const pushService = await fakePushService();
  const env = {
    PORT: String(port), PUBLIC_URL: publicUrl, NEXTAUTH_URL: publicUrl, HOSTNAME: '127.0.0.1', DATABASE_URL: postgres.url, SEED_DEMO: '1', LOG_LEVEL: 'error',
    AUTH_SECRET: randomBytes(32).toString('hex'), ENCRYPTION_KEY: randomBytes(32).toString('hex'), TWILIO_BASE_URL: `http://127.0.0.1:${simulatorPort}`, PUSH_BASE_URL: pushService.origin,
  };
  const parts = [startSimulator(env, simulatorPort, ['--speed', '4'])];
  const stop = async () => { await Promise.all(parts.map(end)); pushService.stop(); await postgres.stop(); };
  try {
    await ready(`${env.TWILIO_BASE_URL}/_sim/health`);
    await run(process.execPath, ['jobs/migrate.ts'], env);
    parts.push(startWeb(env), startWorker(env));
    await ready(`${publicUrl}/api/health/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  Object.assign(process.env, { E2E_URL: publicUrl, E2E_SIMULATOR: env.TWILIO_BASE_URL, E2E_DATABASE: postgres.url, E2E_PUSH: pushService.origin });
  return stop;
}

async function ready(url: string) {
  if (!(await answers(url, 60))) throw new Error(`${url} does not answer`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address() as net.AddressInfo; probe.close(() => { resolve(port); }); });
  });
}
