import { sql } from 'drizzle-orm';
import { inSystem, rows } from '#db/index.ts';
import { createBroadcast } from '#server/domain/broadcast/create.ts';
import { countsOf } from '#server/domain/delivery/counts.ts';
import { recountBroadcast } from '#server/domain/delivery/recount.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import type { Context } from '#server/context.ts';
import { fillList, type Part, type Rig } from '../bench/rig.ts';
import type { AttemptRow, DeliveryRow, History, LedgerRow, Post, Truth } from './history.ts';

/** Segments per second: slow enough that workers die in the middle, quick enough for many rounds. */
const CAP = 40;
const PATIENCE = 90; // seconds until quiescence

export type Plan = { round: number; recipients: number; random: () => number; plant: string | null };
export type Happened = { history: History; kills: number; workers: number; seconds: number; callbacks: CallbackFaults };
export type CallbackFaults = { lost: number; duplicated: number; reordered: number };

/** One broadcast, whose workers are killed with SIGKILL again and again; then everything is left alone until nothing moves any more. */
export async function playRound(rig: Rig, { round, recipients, random, plant }: Plan): Promise<Happened> {
  const begun = performance.now();
  const { ctx, account } = await rig.organization();
  await inSystem(rig.db, (tx) => tx.execute(sql`update pace set segments_per_second = ${CAP} where organization_id = ${ctx.organizationId}`));
  await fillList(ctx, { slug: 'everyone', from: round * 10_000, count: recipients });
  const before = await rig.simulator.ask<CallbackFaults>('callbacks');
  const { id } = await createBroadcast(ctx, { broadcastName: `Round ${round}`, channel: 'sms', type: 'sms', content: '{{firstName}}, 20% off: https://acme.app/m', recipientMethod: 'lists', selectedLists: ['everyone'] });
  const workers = random() < 0.4 ? 2 : 1;
  const running = await Promise.all(Array.from({ length: workers }, () => beginWorker(rig, plant)));
  await sendBroadcast(ctx, { id });
  const kills = 3 + Math.floor(random() * 3);
  for (let i = 0; i < kills; i++) {
    await sleep(150 + random() * 700);
    const chance = Math.floor(random() * workers);
    const victim = random() < 0.7 ? await whoSends(rig, id, running) ?? chance : chance;
    running[victim]!.child.kill('SIGKILL');
    await running[victim]!.ended;
    running[victim] = await beginWorker(rig, plant);
  }
  await quiescence(rig, ctx, id, account.accountSid);
  await Promise.all(running.map(rig.end));
  const after = await rig.simulator.ask<CallbackFaults>('callbacks');
  const callbacks = { lost: after.lost - before.lost, duplicated: after.duplicated - before.duplicated, reordered: after.reordered - before.reordered };
  return { history: await readHistory(rig, ctx, id, account.accountSid), kills, workers, seconds: (performance.now() - begun) / 1_000, callbacks };
}

/** The worker that wrote the newest intent: it has messages in its hands at this moment. */
async function whoSends(rig: Rig, id: string, running: Part[]): Promise<number | null> {
  const [newest] = await inSystem(rig.db, (tx) => rows<{ pid: string }>(tx, sql`select split_part(worker_id, '-', 1) as pid from attempt where broadcast_id = ${id} order by intent_at desc limit 1`));
  const found = running.findIndex(({ child }) => String(child.pid) === newest?.pid);
  return found === -1 ? null : found;
}

async function beginWorker(rig: Rig, plant: string | null): Promise<Part> {
  const part = rig.begin('worker', ['e2e/chaos/worker.ts', ...(plant ? [`--plant=${plant}`] : [])]);
  await Promise.race([new Promise((resolve) => { part.child.once('message', resolve); }), part.ended]);
  return part;
}

const sleep = (milliseconds: number) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Until nothing is under way here nor at Twilio and all is priced, or patience ends: then the checker says what is stuck. */
async function quiescence(rig: Rig, ctx: Context, id: string, accountSid: string) {
  for (const end = Date.now() + PATIENCE * 1_000; Date.now() < end; await sleep(400)) {
    const [left] = await inSystem(rig.db, (tx) => rows<{ n: number }>(tx, sql`
      select (select count(*) from broadcast_delivery where broadcast_id = ${id} and (status in ('queued', 'sending', 'sent') or (price is null and provider_message_id is not null)))::int
        + (select count(*) from attempt where broadcast_id = ${id} and (state = 'intent' or (check_at is not null and state in ('uncertain', 'absent')) or (state = 'accepted' and send_at > now())))::int as n`));
    if (left!.n > 0) continue;
    const { messages } = await rig.simulator.ask<{ messages: Truth[] }>(`messages?accountSid=${accountSid}&limit=10000`);
    if (messages.every(({ status, price }) => status === 'canceled' || (price !== null && ['delivered', 'undelivered', 'failed'].includes(status)))) return;
  }
}

async function readHistory(rig: Rig, ctx: Context, id: string, accountSid: string): Promise<History> {
  const { entries } = await rig.simulator.ask<{ entries: Array<Post & { monotonicMs: number }> }>(`journal?accountSid=${accountSid}&limit=100000`);
  const { messages } = await rig.simulator.ask<{ messages: Truth[] }>(`messages?accountSid=${accountSid}&limit=100000`);
  // A scheduled repeat only books a place at Twilio; what the carrier meters is when it fires, and few do.
  const metered = entries.filter(({ verdict, scheduledFor }) => verdict !== 'too_many_requests' && !scheduledFor);
  const arrivals = { atMs: metered.map(({ monotonicMs }) => monotonicMs), segments: metered.map(({ segments }) => segments) };
  const ours = await inSystem(rig.db, async (tx) => ({
    deliveries: await rows<DeliveryRow>(tx, sql`select seq, recipient, status, reason, provider_message_id as sid, price from broadcast_delivery where broadcast_id = ${id} order by seq`),
    attempts: await rows<AttemptRow>(tx, sql`select seq, n, token, state, sid, check_at is not null as "isDue" from attempt where broadcast_id = ${id} order by seq, n`),
    ledger: await rows<LedgerRow>(tx, sql`select sid, amount from ledger_entry where broadcast_id = ${id}`),
    rollup: (await countsOf(tx, ctx.organizationId, [id])).get(id)!.counts,
  }));
  return { posts: entries, messages, ...ours, recount: (await recountBroadcast(ctx, { id })).counts, arrivals, cap: CAP };
}
