import { sql } from 'drizzle-orm';
import { createBroadcast } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { audienceOf, readAudience } from '#server/domain/audience/resolve.ts';
import { writeDeliveries } from '#server/domain/audience/waterfall.ts';
import { createBroadcast as draftBroadcast } from '#server/domain/broadcast/create.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { count, report, seconds, type Figures, type Row } from './report.ts';
import { fillList, type Rig } from './rig.ts';

const GOAL = 0.5;

/** Two overlapping lists with opt-outs become deliveries; beside it the same rows into a table without index or trigger. */
export async function benchFanOut(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const table: Row[] = [];
  const figures: Figures = {};
  for (const size of quick ? [10_000, 50_000] : [10_000, 100_000, 1_000_000]) {
    const { ctx } = await rig.organization();
    await fillList(ctx, { slug: 'first', from: 0, count: size * 0.6, optedOutEvery: 50 });
    await fillList(ctx, { slug: 'second', from: size * 0.4, count: size * 0.6, optedOutEvery: 50 });
    const rounds = size >= 1_000_000 ? 1 : 3;
    const own = await fastest(rounds, () => timeDeliveries(rig, ctx));
    const bare = await fastest(rounds, () => timeBare(rig, ctx));
    const send = await timeSend(rig, ctx);
    const ratio = bare / own;
    const rss = process.memoryUsage().rss / 2 ** 20;
    table.push(
      { measured: `${count(size)} recipients: deliveries written`, value: `${count((size * 1_000) / own)} rows/s`, goal: `at least ${GOAL} of the bare insert: ${ratio.toFixed(2)} (${count((size * 1_000) / bare)} rows/s)`, met: size < 100_000 ? null : ratio >= GOAL },
      { measured: `${count(size)} recipients: whole send`, value: seconds(send), goal: 'all checks, counts, estimate and fan-out in one transaction', met: null },
      { measured: `${count(size)} recipients: memory of the process`, value: `${count(rss)} MB`, goal: 'does not grow with the audience', met: null },
    );
    Object.assign(figures, { [`rowsPerSecond${size}`]: (size * 1_000) / own, [`bareRowsPerSecond${size}`]: (size * 1_000) / bare, [`ratio${size}`]: ratio, [`sendSeconds${size}`]: send / 1_000, [`rssMegabytes${size}`]: rss });
  }
  report('fan-out', 'Fan-out: an audience becomes deliveries', table, figures);
}

async function draft(ctx: Context) {
  const broadcast = await createBroadcast(ctx.db, ctx.organizationId);
  await inSystem(ctx.db, (tx) => tx.execute(sql`
    insert into broadcast_list (organization_id, broadcast_id, list_id, position) select organization_id, ${broadcast.id}, id, row_number() over (order by slug) from list where organization_id = ${ctx.organizationId}`));
  return broadcast;
}

async function timeDeliveries(rig: Rig, ctx: Context) {
  const broadcast = await draft(ctx);
  return timed(rig, () => ctx.transaction(async (tx) => writeDeliveries(tx, ctx, await readAudience(tx, ctx, broadcast), '')));
}

/** The same rows, selected in the same way, into a table without index, constraint or trigger. */
async function timeBare(rig: Rig, ctx: Context) {
  const broadcast = await draft(ctx);
  const audience = await ctx.transaction((tx) => readAudience(tx, ctx, broadcast));
  await inSystem(ctx.db, (tx) => tx.execute(sql`create table bare_delivery (like broadcast_delivery including defaults)`));
  const took = await timed(rig, () => ctx.transaction((tx) => tx.execute(sql`
    insert into bare_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, reason)
    select ${ctx.organizationId}, ${audience.broadcastId}, row_number() over (order by fate), id, phone,
      (case when fate = 0 then 'queued' else 'skipped' end)::delivery_status, case fate when 1 then 'opted_out' end
    from (${audienceOf(ctx, audience)}) audience where fate < 3`)));
  await inSystem(ctx.db, (tx) => tx.execute(sql`drop table bare_delivery`));
  return took;
}

async function timeSend(rig: Rig, ctx: Context) {
  const { id } = await draftBroadcast(ctx, { broadcastName: 'Bench', channel: 'sms', type: 'sms', content: '{{firstName}}, 20% off', recipientMethod: 'lists', selectedLists: ['first', 'second'] });
  return timed(rig, () => sendBroadcast(ctx, { id }));
}

/** Milliseconds, after a checkpoint, so that no round pays for the writes of the one before. */
async function timed(rig: Rig, work: () => Promise<unknown>) {
  await rig.checkpoint();
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function fastest(rounds: number, round: () => Promise<number>) {
  let best = Infinity;
  for (let i = 0; i < rounds; i++) best = Math.min(best, await round());
  return best;
}
