// The real worker with short delays, so that a round takes seconds. With --plant it carries a fault on purpose, which the checker must find.
import twilio from 'twilio';
import { startWorker } from '#jobs/start-worker.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { env } from '#server/env.ts';

const quick: ResolvePolicy = { lease: 3, looks: [2, 6, 9], skew: 2, lead: 4, lastLook: 1.5, quiet: 3 };

if (process.argv.includes('--plant=retry-on-timeout')) plantRetry();
await startWorker({ databaseUrl: env().DATABASE_URL, concurrency: 4, sweepEvery: 500, resolvePolicy: quick });
process.send?.('ready');

/** What the naive do: a call without an answer, or with a 5xx, is simply made again. */
function plantRetry() {
  type Ask = typeof twilio.Twilio.prototype.request;
  const ask = twilio.Twilio.prototype.request;
  twilio.Twilio.prototype.request = async function retrying(this: InstanceType<typeof twilio.Twilio>, ...call: Parameters<Ask>) {
    const isMessage = call[0]?.method?.toUpperCase() === 'POST' && (call[0].uri ?? '').endsWith('/Messages.json');
    try {
      const answer: Awaited<ReturnType<Ask>> = await ask.apply(this, call);
      return isMessage && answer.statusCode >= 500 ? await ask.apply(this, call) : answer;
    } catch (error) {
      if (!isMessage) throw error;
      return ask.apply(this, call);
    }
  } as Ask;
}
