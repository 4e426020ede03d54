import { sql } from 'drizzle-orm';
import { inSystem } from '#db/index.ts';
import { createBroadcast } from '#server/domain/broadcast/create.ts';
import { readBroadcast } from '#server/domain/broadcast/read.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { cpuTime } from './cpu.ts';
import { count, report, type Figures, type Row } from './report.ts';
import { fillList, until, type Rig } from './rig.ts';

const [GOAL, RATIO] = [1_500, 0.4];

/** Messages per second at the simulator, by the real worker processes without a cap that binds; beside it undici alone. */
export async function benchDispatch(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const total = quick ? 5_000 : 30_000;
  await rig.simulator.configure({ sink: true });
  const bare = await measureBare(rig, total);
  const table: Row[] = [{ measured: 'undici alone, no database', value: `${count(bare)} messages/s`, goal: 'the bare limit', met: null }];
  const figures: Figures = { bareMessagesPerSecond: bare };
  for (const workers of [1, 2]) {
    const { rate, workerCpu, databaseCpu } = await measureWorkers(rig, total, workers);
    const isMet = rate >= GOAL && rate >= RATIO * bare;
    table.push({ measured: `${workers} worker${workers > 1 ? 's' : ''}`, value: `${count(rate)} messages/s`, goal: `at least ${count(GOAL)}/s and ${RATIO} of the bare limit: ${(rate / bare).toFixed(2)}`, met: workers === 1 ? isMet : null });
    table.push({ measured: '  CPU per message', value: `${count(workerCpu)} + ${count(databaseCpu)} µs`, goal: 'workers + database', met: null });
    Object.assign(figures, { [`messagesPerSecond${workers}`]: rate, [`ratio${workers}`]: rate / bare, [`workerCpu${workers}`]: workerCpu, [`databaseCpu${workers}`]: databaseCpu });
  }
  await rig.simulator.configure({ sink: false });
  report('dispatch', `Dispatch of ${count(total)} messages without a binding cap`, table, figures);
}

async function measureBare(rig: Rig, total: number) {
  const { account } = await rig.organization();
  const loop = rig.begin('bare loop', ['e2e/bench/bare-loop.ts', rig.env.TWILIO_BASE_URL, account.accountSid, `${account.apiKeySid}:${account.apiKeySecret}`, account.numbers[0]!.phoneNumber, account.messagingServiceSid, String(total)]);
  await loop.ended;
  return rateOf((await rig.simulator.arrivals(account.accountSid)).atMs);
}

async function measureWorkers(rig: Rig, total: number, workers: number) {
  const { ctx, account } = await rig.organization();
  await inSystem(rig.db, (tx) => tx.execute(sql`update pace set segments_per_second = 100000 where organization_id = ${ctx.organizationId}`));
  await fillList(ctx, { slug: 'everyone', from: 0, count: total });
  const { id } = await createBroadcast(ctx, { broadcastName: 'Bench', channel: 'sms', type: 'sms', content: '{{firstName}}, 20% off this weekend with code MAR20', recipientMethod: 'lists', selectedLists: ['everyone'] });
  const running = Array.from({ length: workers }, () => rig.begin('worker', ['jobs/worker.ts']));
  await new Promise((resolve) => { setTimeout(resolve, 1_500); });
  await sendBroadcast(ctx, { id });
  const cpu = () => ({ workers: running.reduce((sum, { child }) => sum + cpuTime(child.pid!), 0), database: cpuTime(rig.databasePid) });
  const before = cpu();
  await until(async () => (await readBroadcast(ctx, { id })).status === 'sent', 'all handed over', 120);
  const after = cpu();
  await Promise.all(running.map(rig.end));
  const { atMs } = await rig.simulator.arrivals(account.accountSid);
  if (atMs.length !== total) throw new Error(`${atMs.length} arrivals for ${total} messages`);
  return { rate: rateOf(atMs), workerCpu: (after.workers - before.workers) / total, databaseCpu: (after.database - before.database) / total };
}

const rateOf = (atMs: number[]) => ((atMs.length - 1) * 1_000) / (atMs.at(-1)! - atMs[0]!);
