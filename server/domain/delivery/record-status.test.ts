import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { finishBroadcasts } from '#server/domain/broadcast/finish.ts';
import { takeComeBacks } from './come-back.ts';
import type { Intent } from './intend.ts';
import { resolvePolicy } from './policy.ts';
import { recordAnswers } from './record-answers.ts';
import { recordStatuses, type StatusFact } from './record-status.ts';

const { db } = await testDatabase();
const { id: organizationId } = await createOrganization(db);
const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
const sender = await createSender(db, organizationId);
const broadcast = await createBroadcast(db, organizationId, { status: 'sending', senderId: sender.id, paceId: sender.paceId });
const withTemplate = await createBroadcast(db, organizationId, { status: 'sending', senderId: sender.id, paceId: sender.paceId, templateSid: 'HX1' });
const accountSid = twilioSid('AC');
let seq = 0;

test('P35: facts and the answer in any order, any number of times, in any batches, give the same row', async () => {
  const words = fc.constantFrom('accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'read', 'scheduled', 'canceled', 'nonsense');
  const code = (word: string) => (word === 'failed' || word === 'undelivered' ? fc.constantFrom(30001, 30003, 30005) : fc.constant(null));
  const fact = words.chain((word) => code(word).map((errorCode) => ({ word, errorCode })));
  const history = fc.array(fact, { minLength: 1, maxLength: 7 });
  await fc.assert(fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async (facts, dice) => {
    const draw = (below: number) => Number(dice.next().value) % below;
    const steps: Step[] = ['answer', ...facts];
    const [straight, shuffled] = [await newAttempt(), await newAttempt()];
    await play(straight, steps.map((step) => [step]));
    const twice = [...steps, ...steps.filter(() => draw(2) === 0)].map((step) => ({ step, at: draw(1_000) })).sort((a, b) => a.at - b.at).map(({ step }) => step);
    await play(shuffled, batches(twice, draw));
    expect(await rowOf(shuffled)).toEqual(await rowOf(straight));
  }), { numRuns: 60 });
});

test('evidence of two messages for one delivery: the row names the one that got further, whatever came first', async () => {
  for (const order of [[0, 1], [1, 0]] as const) {
    const first = await newAttempt();
    const second = await newAttempt(first);
    const facts = [factOf(first, { word: 'sent', errorCode: null }), factOf(second, { word: 'queued', errorCode: null })];
    await recordStatuses(db, order.map((i) => facts[i]!));
    expect(await rowOf(first)).toMatchObject({ status: 'sent', isOurs: true });
  }
});

test('an answer that comes after the receipt takes nothing back: the error stays', async () => {
  const attempt = await newAttempt();
  await play(attempt, [[{ word: 'undelivered', errorCode: 30005 }], ['answer']]);
  expect(await rowOf(attempt)).toMatchObject({ status: 'undelivered', reason: 'twilio_error', error_code: 30005 });
});

test('a fact with a foreign recipient, account or organisation is not ours and changes nothing', async () => {
  const attempt = await newAttempt();
  const before = await rowOf(attempt);
  const fact = factOf(attempt, { word: 'delivered', errorCode: null });
  const { id: other } = await createOrganization(db);
  await recordStatuses(db, [{ ...fact, recipient: '+12025550000' }, { ...fact, accountSid: twilioSid('AC') }, { ...fact, organizationId: other }, { ...fact, token: randomBytes(16).toString('hex') }]);
  expect(await rowOf(attempt)).toEqual(before);
});

test('a sid that is bound elsewhere does not bind a second attempt, nor does it stop the batch', async () => {
  const [first, second, third] = [await newAttempt(), await newAttempt(), await newAttempt()];
  await recordStatuses(db, [factOf(first, { word: 'sent', errorCode: null })]);
  await recordStatuses(db, [{ ...factOf(second, { word: 'sent', errorCode: null }), sid: first.sid }, factOf(third, { word: 'sent', errorCode: null })]);
  expect(await rowOf(third)).toMatchObject({ status: 'sent' });
  const [bound] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from attempt where sid = ${first.sid}`));
  expect(bound!.n).toBe(1);
});

const word = (name: string, errorCode: number | null = null) => ({ word: name, errorCode });
const booked = ({ seq: n }: Attempt) => inSystem(db, (tx) => rows<{ reason: string }>(tx, sql`select reason from delivery_retry where broadcast_id = ${withTemplate.id} and seq = ${n}`));

test('63016, 63018, 63041: what comes back is booked once, in any order of the facts and however often, and its failure is no milestone', async () => {
  const failure = fc.constantFrom({ method: 'freeform' as const, code: 63016, reason: 'window_closed' }, { method: 'template' as const, code: 63018, reason: 'tier' }, { method: 'freeform' as const, code: 63018, reason: 'tier' }, { method: 'template' as const, code: 63041, reason: 'template' });
  await fc.assert(fc.asyncProperty(failure, fc.subarray(['queued', 'sent'] as const), fc.infiniteStream(fc.nat()), async ({ method, code, reason }, before, dice) => {
    const draw = (below: number) => Number(dice.next().value) % below;
    const steps: Step[] = ['answer', ...before.map((name) => word(name)), word(draw(2) === 0 ? 'undelivered' : 'failed', code)];
    const [straight, shuffled] = [await newAttempt(undefined, method, withTemplate.id), await newAttempt(undefined, method, withTemplate.id)];
    await play(straight, steps.map((step) => [step]));
    const twice = [...steps, ...steps.filter(() => draw(2) === 0)].map((step) => ({ step, at: draw(1_000) })).sort((a, b) => a.at - b.at).map(({ step }) => step);
    await play(shuffled, batches(twice, draw));
    expect(await rowOf(shuffled)).toEqual(await rowOf(straight));
    expect((await rowOf(straight)).status).toBe(before.includes('sent') ? 'sent' : 'sending');
    expect([await booked(straight), await booked(shuffled)]).toEqual([[{ reason }], [{ reason }]]);
  }), { numRuns: 40 });
});

test('63016: once the template took its place, a repeated callback books nothing, and the template’s own end decides', async () => {
  for (const isLate of [false, true]) {
    const first = await newAttempt(undefined, 'freeform', withTemplate.id);
    await play(first, [['answer'], [word('sent')], [word('undelivered', 63016)]]);
    await inSystem(db, (tx) => tx.execute(sql`delete from delivery_retry where broadcast_id = ${withTemplate.id}`)); // taken by a claim
    const second = await newAttempt(first, 'template', withTemplate.id);
    const again = [word('undelivered', 63016), word('sent'), word('failed', 63016)];
    if (!isLate) await play(first, [again]);
    await play(second, [['answer'], [word('delivered')]]);
    if (isLate) await play(first, [again]);
    expect(await booked(first)).toEqual([]);
    expect(await rowOf(second)).toMatchObject({ status: 'delivered', method: 'template', isOurs: true, attempts: 2, reason: null, error_code: null });
  }
});

test('who comes back while their broadcast is about to end keeps it from ending', async () => {
  const other = await createSender(db, organizationId, { address: '+14155551299' });
  const ending = await createBroadcast(db, organizationId, { status: 'sending', senderId: other.id, paceId: other.paceId, templateSid: 'HX1' });
  const isSending = async () => (await inSystem(db, (tx) => rows<{ status: string }>(tx, sql`select status from broadcast where id = ${ending.id}`)))[0]!.status === 'sending';
  const attempt = await newAttempt(undefined, 'freeform', ending.id);
  await play(attempt, [['answer'], [word('sent')]]);
  let finishing: Promise<void> | undefined;
  await inSystem(db, async (tx) => {
    await takeComeBacks(tx, [{ i: 0, organization_id: organizationId, token: attempt.token, error_code: 63016 }]);
    finishing = finishBroadcasts(ctx, other.paceId, resolvePolicy);
    await Promise.race([finishing, someoneWaits()]);
  });
  await finishing;
  expect(await isSending()).toBe(true);
});

test('63016 without a template, or of a broadcast that was stopped, is a failure like any other', async () => {
  const stopped = await createBroadcast(db, organizationId, { status: 'cancelled', senderId: sender.id, paceId: sender.paceId, templateSid: 'HX1' });
  for (const id of [broadcast.id, stopped.id]) {
    const attempt = await newAttempt(undefined, 'freeform', id);
    await play(attempt, [['answer'], [word('undelivered', 63016)]]);
    expect(await rowOf(attempt)).toMatchObject({ status: 'undelivered', error_code: 63016 });
  }
});

test('who comes back while their broadcast is being stopped stays with what Twilio said, and nothing is left to try', async () => {
  const stopping = await createBroadcast(db, organizationId, { status: 'sending', senderId: sender.id, paceId: sender.paceId, templateSid: 'HX1' });
  const attempt = await newAttempt(undefined, 'template', stopping.id);
  await play(attempt, [['answer'], [word('sent')]]);
  let told: Promise<void> | undefined;
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update broadcast set status = 'cancelled' where id = ${stopping.id}`);
    told = recordStatuses(db, [factOf(attempt, word('undelivered', 63018))]);
    await Promise.race([told, someoneWaits()]);
  });
  await told;
  expect(await rowOf(attempt)).toMatchObject({ status: 'undelivered', error_code: 63018 });
  expect(await inSystem(db, (tx) => rows(tx, sql`select seq from delivery_retry where broadcast_id = ${stopping.id}`))).toEqual([]);
});

test('who came back and is turned away once more after their broadcast was stopped does not stay on its way for ever', async () => {
  const stopped = await createBroadcast(db, organizationId, { status: 'sending', senderId: sender.id, paceId: sender.paceId, templateSid: 'HX1' });
  const first = await newAttempt(undefined, 'template', stopped.id);
  await play(first, [['answer'], [word('undelivered', 63018)]]);
  const second = await newAttempt(first, 'template', stopped.id);
  await inSystem(db, async (tx) => {
    await tx.execute(sql`delete from delivery_retry where broadcast_id = ${stopped.id}`);
    await tx.execute(sql`update broadcast set status = 'cancelled' where id = ${stopped.id}`);
  });
  await recordAnswers(ctx, sender.paceId, [{ intent: intentOf(second), outcome: { class: 'rejected', code: 20429, httpStatus: 429, retryAfter: null } }]);
  expect(await rowOf(first)).toMatchObject({ status: 'undelivered', error_code: 63018 });
});

test('P52, P83: the row is that of the last message, template or text, also when its receipt is here before its answer', async () => {
  const first = await newAttempt(undefined, 'freeform', withTemplate.id);
  await play(first, [['answer'], [word('undelivered', 63016)]]);
  const second = await newAttempt(first, 'template', withTemplate.id);
  await inSystem(db, (tx) => tx.execute(sql`update attempt set estimate = 0.0171 where token = ${second.token}`));
  await play(second, [[word('delivered')], ['answer']]);
  expect(await rowOf(second)).toMatchObject({ status: 'delivered', isOurs: true, method: 'template', attempts: 2, estimate: '0.017100' });
  await play(first, [[word('sent')]]);
  expect(await rowOf(second)).toMatchObject({ method: 'template', attempts: 2, estimate: '0.017100' });
});

type Step = 'answer' | { word: string; errorCode: number | null };
type Attempt = { broadcastId: string; method: 'sms' | 'freeform' | 'template'; seq: number; n: number; token: string; sid: string; recipient: string };

/** A statement of another connection waits for a lock. */
async function someoneWaits() {
  for (;;) {
    const [found] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`));
    if (found!.n > 0) return;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

async function newAttempt(after?: Attempt, method: Attempt['method'] = 'sms', broadcastId = broadcast.id): Promise<Attempt> {
  const attempt = { broadcastId, method, seq: after?.seq ?? ++seq, n: (after?.n ?? 0) + 1, token: randomBytes(16).toString('hex'), sid: twilioSid('SM'), recipient: after?.recipient ?? `+1202${6_000_000 + seq}` };
  await inSystem(db, async (tx) => {
    if (after) await tx.execute(sql`update attempt set state = 'absent' where token = ${after.token} and error_code is null`);
    else await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient) values (${organizationId}, ${broadcastId}, ${attempt.seq}, ${attempt.recipient})`);
    await tx.execute(sql`
      insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, estimate, sender, worker_id, lease_until)
      values (${organizationId}, ${attempt.token}, ${broadcastId}, ${attempt.seq}, ${attempt.n}, ${sender.paceId}, ${accountSid}, ${attempt.recipient}, 'Hi', 1, ${method}, 0.0083, ${sender.address}, 'w', clock_timestamp() + interval '1 minute')`);
  });
  return attempt;
}

const factOf = (attempt: Attempt, { word, errorCode }: Exclude<Step, 'answer'>): StatusFact =>
  ({ organizationId, token: attempt.token, accountSid, sid: attempt.sid, recipient: attempt.recipient, providerStatus: word, errorCode, source: 'callback' });

function intentOf(attempt: Attempt): Intent {
  const content = attempt.method === 'template' ? { method: attempt.method, contentSid: 'HX1', contentVariables: {} } : { method: attempt.method, mediaUrls: [] };
  return {
    ...attempt, ...content, body: 'Hi', segments: 1, missing: [], estimate: '0.008300', sender: sender.address, paceId: sender.paceId, workerId: 'w', accountSid,
    messagingServiceSid: '', slot: 0, begunAt: 0, begunAtDate: 0, sendAt: null,
  };
}

async function play(attempt: Attempt, history: Step[][]) {
  for (const batch of history) {
    if (batch.includes('answer')) await recordAnswers(ctx, sender.paceId, [{ intent: intentOf(attempt), outcome: { class: 'accepted', sid: attempt.sid, status: 'accepted', httpStatus: 201 } }]);
    await recordStatuses(db, batch.flatMap((step) => (step === 'answer' ? [] : [factOf(attempt, step)])));
  }
}

function batches<T>(items: T[], draw: (below: number) => number): T[][] {
  const found: T[][] = [];
  for (let i = 0; i < items.length;) { const size = 1 + draw(4); found.push(items.slice(i, i + size)); i += size; }
  return found;
}

/** All of the row but its moments, of which only whether they are known counts. */
async function rowOf({ broadcastId, seq: n, sid }: Attempt) {
  const [row] = await inSystem(db, (tx) => rows<Record<string, unknown>>(tx, sql`
    select status, reason, error_code, provider_message_id = ${sid} as "isOurs", segments, method, sender, attempts, estimate,
      handed_at is not null as handed, sent_at is not null as sent, delivered_at is not null as delivered, failed_at is not null as failed
    from broadcast_delivery where broadcast_id = ${broadcastId} and seq = ${n}`));
  return row!;
}
