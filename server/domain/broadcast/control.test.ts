import { expect, test } from 'vitest';
import { startWorker } from '#jobs/start-worker.ts';
import { segmentPrice } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { budgetState } from './budget-state.ts';
import { cancelBroadcast } from './cancel.ts';
import { draftTo, eventually, pipeline, still } from './pipeline.fixture.ts';
import { readBroadcast } from './read.ts';
import { releaseBroadcast } from './release.ts';
import { resumeBroadcast } from './resume.ts';
import { sendBroadcast } from './send.ts';
import { setBudget } from './set-budget.ts';
import { updateBroadcast } from './update.ts';

const { url, simulator, organization } = await pipeline();
const numbers = (count: number, from = 4100) => Array.from({ length: count }, (_, i) => `+1202555${from + i}`);
const posts = (accountSid: string) => simulator.state.journal.entries(accountSid, 0, 100_000);
const sleep = (milliseconds: number) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const paused = (ctx: Context, draft: { id: string }) => eventually(async () => { const b = await readBroadcast(ctx, draft); return b.status === 'paused' && b; }, 'the pause');

test('a hold: nothing reaches Twilio before its end, then all of it', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, numbers(5));
  const begun = Date.now();
  await sendBroadcast(ctx, { id: draft.id, holdSeconds: 2 });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ status: 'sending', holdUntil: expect.any(String), counts: { queued: 5 } });
  await eventually(async () => posts(account.accountSid).length === 5, 'the messages');
  expect(Date.now() - begun).toBeGreaterThanOrEqual(2_000);
});

test('a cancel within the hold hands nothing to Twilio; "Send now" ends a hold', async () => {
  const { ctx, account } = await organization();
  const [kept, taken] = [await draftTo(ctx, numbers(3)), await draftTo(ctx, numbers(3, 4200))];
  await sendBroadcast(ctx, { id: kept.id, holdSeconds: 600 });
  await sendBroadcast(ctx, { id: taken.id, holdSeconds: 600 });
  await sleep(700);
  expect(await cancelBroadcast(ctx, taken)).toMatchObject({ status: 'cancelled', counts: { cancelled: 3, queued: 0 } });
  expect(posts(account.accountSid)).toEqual([]);
  await releaseBroadcast(ctx, kept);
  await eventually(async () => (await readBroadcast(ctx, kept)).status === 'sent', 'the send');
  expect(posts(account.accountSid).map(({ to }) => to).toSorted()).toEqual(numbers(3));
});

test('a staged send with two workers: exactly the first so many go out, then "more", then the rest', async () => {
  const other = await startWorker({ databaseUrl: url, concurrency: 4, sweepEvery: 300 });
  try {
    const { ctx, account } = await organization();
    const draft = await draftTo(ctx, numbers(40));
    await updateBroadcast(ctx, { id: draft.id, stageSize: 15 });
    await sendBroadcast(ctx, { id: draft.id });
    expect((await paused(ctx, draft)).statusReason).toBe('The first 15 are out. Look at the results, then go on.');
    expect(posts(account.accountSid)).toHaveLength(15);
    await resumeBroadcast(ctx, { id: draft.id, more: 7 });
    expect((await paused(ctx, draft)).statusReason).toContain('The first 22 are out.');
    await sleep(600);
    expect(posts(account.accountSid)).toHaveLength(22);
    await resumeBroadcast(ctx, { id: draft.id });
    await eventually(async () => (await readBroadcast(ctx, draft)).status === 'sent', 'the rest');
    expect(posts(account.accountSid).map(({ to }) => to).toSorted()).toEqual(numbers(40));
  } finally {
    await other.stop();
  }
});

test('the brake stops a broadcast of which too many fail, names the code, and after a resume judges only what comes then', async () => {
  const { ctx, account } = await organization({ brandType: 'STANDARD', brandScore: 10 });
  simulator.state.config.byAccount.set(account.accountSid, { resultMix: { 30003: 0.4 } });
  const draft = await draftTo(ctx, numbers(600));
  await sendBroadcast(ctx, { id: draft.id });
  const stopped = await paused(ctx, draft);
  expect(stopped.statusReason).toMatch(/^Stopped by the automatic brake: \d+ % of the last \d+ messages failed, most of them with “Phone was off or out of reach” \(Twilio error 30003\)\. /);
  expect(stopped.counts.queued).toBeGreaterThan(300);
  const before = await still(() => posts(account.accountSid).length);
  await resumeBroadcast(ctx, { id: draft.id, more: 20 });
  expect((await paused(ctx, draft)).statusReason).toContain('are out. Look at the results');
  expect(posts(account.accountSid).length - before).toBeLessThanOrEqual(20);
  await cancelBroadcast(ctx, draft);
});

test('the budget of a broadcast pauses it to the message; raised, it goes on', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, numbers(30));
  await updateBroadcast(ctx, { id: draft.id, budget: '0.10' });
  const fitting = Math.floor(100_000 / Math.round(Number(segmentPrice('+12025554100')) * 1e6));
  await sendBroadcast(ctx, { id: draft.id });
  expect((await paused(ctx, draft)).statusReason).toMatch(/^The budget of this broadcast, 0\.\d\d, is reached\. Raise it on its page, then resume\.$/);
  expect(posts(account.accountSid)).toHaveLength(fitting);
  expect((await budgetState(ctx, { id: draft.id })).broadcasts).toMatchObject([{ level: 'high', limit: expect.any(String) }]);
  await setBudget(ctx, { id: draft.id, budget: '5.00' });
  await resumeBroadcast(ctx, { id: draft.id });
  await eventually(async () => (await readBroadcast(ctx, draft)).status === 'sent', 'the rest');
  expect(posts(account.accountSid).map(({ to }) => to).toSorted()).toEqual(numbers(30));
});
