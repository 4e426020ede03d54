import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { cancelBroadcast } from '#server/domain/broadcast/cancel.ts';
import { draftTo, eventually, pipeline } from '#server/domain/broadcast/pipeline.fixture.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { statusCallbackUrl } from '#server/domain/delivery/hand-over.ts';
import { resolvePolicy, type ResolvePolicy } from '#server/domain/delivery/policy.ts';
import type { AccountCredentials } from '#server/twilio/simulator/demo-account.ts';
import { twilioClient, watched } from '#server/twilio/client.ts';

// Minutes as seconds, with room for a busy machine in each. Nearly all of it is waiting, so the tests wait together.
const quick: ResolvePolicy = { ...resolvePolicy, lease: 6, looks: [0.5, 7, 9], skew: 1, lead: 10, lastLook: 3, quiet: 1 };
const { db, simulator, organization } = await pipeline({ resolvePolicy: quick, concurrency: 20 });
simulator.state.config.all.scheduleMinimumSeconds = 1;
const posts = (account: AccountCredentials) => simulator.state.journal.entries(account.accountSid, 0, 1_000);
const left = (account: AccountCredentials) => posts(account).filter(({ sid, canceledAt, scheduledFor, firedAt }) => sid && !canceledAt && (!scheduledFor || firedAt));

type Delivery = { seq: number; status: string; sid: string | null; reason: string | null; attempts: string[]; held: boolean };
const deliveriesOf = (ctx: Context, id: string) => inSystem(db, (tx) => rows<Delivery>(tx, sql`
  select d.seq, d.status, d.provider_message_id as sid, d.reason, array_agg(a.state || case when a.send_at is null then '' else ' scheduled' end order by a.n) as attempts,
    bool_and(a.check_at is null) as held
  from broadcast_delivery d join attempt a on a.broadcast_id = d.broadcast_id and a.seq = d.seq
  where d.organization_id = ${ctx.organizationId} and d.broadcast_id = ${id} group by 1, 2, 3, 4 order by 1`));

const only = async (ctx: Context, id: string) => (await deliveriesOf(ctx, id))[0]!;
const until = (ctx: Context, id: string, fits: (delivery: Delivery) => boolean, what: string) =>
  eventually(async () => { const found = await only(ctx, id); return found && fits(found) && found; }, what);
const untilScheduled = (ctx: Context, id: string) => until(ctx, id, ({ attempts }) => attempts.join() === 'absent,accepted scheduled', 'the repeat');

for (const [phone, what] of [['+15005560005', 'HTTP 500 after the message was created'], ['+15005560006', 'a connection cut after the message was created'], ['+15005560004', 'lost callbacks']] as const) {
  test.concurrent(`D12: ${what}: one message, and its status is right`, async () => {
    const { ctx, account } = await organization();
    const draft = await draftTo(ctx, [phone]);
    await sendBroadcast(ctx, { id: draft.id });
    const delivery = await until(ctx, draft.id, ({ status }) => status === 'delivered', 'delivered');
    expect(posts(account)).toHaveLength(1);
    expect(delivery).toMatchObject({ sid: posts(account)[0]!.sid, reason: null, attempts: ['accepted'] });
  });
}

test.concurrent('an attempt whose worker died before the call is repeated once, by a message that can be cancelled, and ends delivered', async () => {
  const { ctx, account, id } = await lostIntent();
  const waiting = await untilScheduled(ctx, id);
  expect(waiting).toMatchObject({ status: 'unknown' }); // nothing has left yet, and nothing may look as if it had
  const delivery = await until(ctx, id, ({ status }) => status === 'delivered', 'delivered');
  expect(posts(account)).toHaveLength(1);
  expect(delivery).toMatchObject({ sid: posts(account)[0]!.sid, attempts: ['absent', 'accepted scheduled'] });
});

test.concurrent('late evidence for the first attempt cancels the repeat', async () => {
  const { ctx, account, id, phone, token } = await lostIntent();
  await untilScheduled(ctx, id);
  await postLate(ctx, account, phone, token);
  await until(ctx, id, ({ status, attempts }) => status === 'delivered' && attempts.join() === 'accepted,aborted scheduled', 'the first one wins');
  expect(posts(account)).toHaveLength(2);
  expect(left(account)).toHaveLength(1);
  expect(await only(ctx, id)).toMatchObject({ sid: left(account)[0]!.sid });
});

test.concurrent('P41: an opt-out cancels the repeat', async () => {
  const { ctx, account, id, contactId } = await lostIntent();
  await untilScheduled(ctx, id);
  await updateContact(ctx, { id: contactId, optedOut: true });
  await until(ctx, id, ({ attempts }) => attempts.join() === 'absent,aborted scheduled', 'the cancel');
  await pastRepeat(id);
  expect(left(account)).toHaveLength(0);
  expect(await only(ctx, id)).toMatchObject({ status: 'unknown', sid: null, held: true });
});

test.concurrent('a repeat takes its files along; an opt-out of whoever has the number cancels it, also when the values were somebody else’s', async () => {
  const { ctx, account, id, contactId, token } = await lostIntent();
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update attempt set media_urls = '{https://acme.app/a.png}' where token = ${token}`);
    await tx.execute(sql`update broadcast_delivery set contact_id = null where broadcast_id = ${id}`);
  });
  await untilScheduled(ctx, id);
  expect(await inSystem(db, (tx) => rows(tx, sql`select media_urls from attempt where broadcast_id = ${id} and n = 2`))).toEqual([{ media_urls: ['https://acme.app/a.png'] }]);
  await updateContact(ctx, { id: contactId, optedOut: true });
  await until(ctx, id, ({ attempts }) => attempts.join() === 'absent,aborted scheduled', 'the cancel');
  expect(left(account)).toHaveLength(0);
});

test.concurrent('cancelling the broadcast cancels the repeat', async () => {
  const { ctx, account, id } = await lostIntent(['+12025554999']);
  await untilScheduled(ctx, id);
  await inSystem(db, (tx) => tx.execute(sql`update broadcast set status = 'paused' where id = ${id}`));
  await cancelBroadcast(ctx, { id });
  await until(ctx, id, ({ attempts }) => attempts.join() === 'absent,aborted scheduled', 'the cancel');
  expect(left(account).filter(({ to }) => to !== '+12025554999')).toHaveLength(0);
});

test.concurrent('a repeat that Twilio turns away for the moment is scheduled again', async () => {
  const { ctx, account, id, phone } = await lostIntent([], '+15005560009'); // 429 twice, then accepted
  await until(ctx, id, ({ status }) => status === 'delivered', 'delivered');
  expect(left(account)).toHaveLength(1);
  expect(posts(account).map(({ verdict, to }) => `${to} ${verdict}`)).toEqual([`${phone} too_many_requests`, `${phone} too_many_requests`, `${phone} created`]);
});

test.concurrent('a repeat that Twilio refuses for good is the last one; the delivery stays unknown, because the first may have left', async () => {
  const { ctx, account, id } = await lostIntent([], '+12020005555'); // no such exchange: 21211
  await until(ctx, id, ({ held, attempts }) => held && attempts.join() === 'absent,rejected scheduled', 'the end');
  await new Promise((resolve) => { setTimeout(resolve, 4_000); });
  expect(posts(account)).toHaveLength(1);
  expect(await only(ctx, id)).toMatchObject({ status: 'unknown', sid: null, held: true });
});

test.concurrent('a resolver that dies between looking and repeating only delays the repeat', async () => {
  const { ctx, account, id, token } = await lostIntent();
  await until(ctx, id, ({ attempts }) => attempts.join() === 'uncertain', 'uncertain');
  // What it leaves behind: both looks counted, nothing scheduled.
  await inSystem(db, (tx) => tx.execute(sql`update attempt set checks = 2, check_at = clock_timestamp() + interval '1 second' where token = ${token}`));
  await until(ctx, id, ({ status }) => status === 'delivered', 'delivered');
  expect(left(account)).toHaveLength(1);
});

test.concurrent('without a messaging service nothing can be cancelled, so nothing is repeated: it stays unknown', async () => {
  const { ctx, account, id } = await lostIntent([], undefined, true);
  await until(ctx, id, ({ held, attempts }) => held && attempts.join() === 'uncertain', 'held');
  expect(posts(account)).toHaveLength(0);
  expect(await only(ctx, id)).toMatchObject({ status: 'unknown', reason: 'outcome_unknown' });
});

test.concurrent('two messages that could be it: nobody guesses, it is held', async () => {
  const { ctx, account, id, phone } = await lostIntent([], undefined, false, async (made) => { await postLate(made.ctx, made.account, made.phone, null); await postLate(made.ctx, made.account, made.phone, null); });
  await until(ctx, id, ({ held, attempts }) => held && attempts.join() === 'uncertain', 'held');
  expect(posts(account).filter(({ to }) => to === phone)).toHaveLength(2);
});

test.concurrent('a worker that wakes up after its lease and finds that it never wrote gives the delivery back', async () => {
  const { ctx, id, token, account } = await lostIntent();
  await until(ctx, id, ({ attempts }) => attempts.join() === 'uncertain', 'uncertain');
  const { recordAnswers } = await import('#server/domain/delivery/record-answers.ts');
  const [intent] = await inSystem(db, (tx) => rows<Parameters<typeof recordAnswers>[2][0]['intent']>(tx, sql`
    select token, broadcast_id as "broadcastId", seq, n, segments, method, sender, estimate, recipient, pace_id as "paceId" from attempt where token = ${token}`));
  await recordAnswers(ctx, intent!.paceId, [{ intent: intent!, outcome: { class: 'unsent', cause: 'too_late' } }]);
  await until(ctx, id, ({ status, attempts }) => status === 'delivered' && attempts.join() === 'aborted,accepted', 'sent by the next attempt');
  expect(left(account)).toHaveLength(1);
});

test.concurrent('a repeat leaves Twilio not in the quiet hours of the person, but at their end', async () => {
  const utc = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const end = utc(3);
  const { ctx, id } = await lostIntent([], undefined, false, async (made) => {
    await inSystem(db, (tx) => tx.execute(sql`update contact set time_zone = 'UTC' where organization_id = ${made.ctx.organizationId}`));
    await inSystem(db, (tx) => tx.execute(sql`update organization set quiet_from = ${utc(-2).slice(11, 16)}, quiet_to = ${end.slice(11, 16)} where id = ${made.ctx.organizationId}`));
  });
  await untilScheduled(ctx, id);
  const [repeat] = await inSystem(db, (tx) => rows<{ at: string }>(tx, sql`select to_char(send_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as at from attempt where broadcast_id = ${id} and n = 2`));
  expect(repeat!.at).toBe(end.slice(0, 16));
});

/** Waits until the scheduled repeat would have left Twilio. */
async function pastRepeat(id: string) {
  await eventually(async () => (await inSystem(db, (tx) => rows<{ isPast: boolean }>(tx, sql`select bool_and(send_at < clock_timestamp() - interval '1 second') as "isPast" from attempt where broadcast_id = ${id} and send_at is not null`)))[0]?.isPast, 'the time of the repeat');
}

const BODY = 'P0, 20% off this weekend with code MAR20: https://acme.app/m';

/** A broadcast to one person whose worker died between its intent and its call; `others` keep it busy. */
async function lostIntent(others: string[] = [], phone = '+12025554555', withoutService = false, before: (made: { ctx: Context; account: AccountCredentials; phone: string }) => Promise<void> = async () => {}) {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, [phone, ...others]);
  await inSystem(db, (tx) => tx.execute(sql`update pace set halted_until = now() + interval '1 hour' where organization_id = ${ctx.organizationId}`));
  await sendBroadcast(ctx, { id: draft.id });
  const intentAt = new Date().toISOString(); // what `before` makes at Twilio lies between intent and lease, however long it takes
  await before({ ctx, account, phone });
  const token = ctx.randomToken();
  const contactId = await inSystem(db, async (tx) => {
    const [delivery] = await rows<{ contact_id: string; seq: number }>(tx, sql`select contact_id, seq from broadcast_delivery where broadcast_id = ${draft.id} and recipient = ${phone}`);
    await tx.execute(sql`
      insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, estimate, sender, worker_id, intent_at, lease_until)
      select b.organization_id, ${token}, b.id, ${delivery!.seq}, 1, b.pace_id, ${account.accountSid}, ${phone}, ${BODY}, 1, 'sms', 0.0083, s.address, 'dead', ${intentAt}, clock_timestamp() + interval '0.3 seconds'
      from broadcast b join sender s on s.organization_id = b.organization_id and s.id = b.sender_id where b.id = ${draft.id}`);
    await tx.execute(sql`update broadcast set claimed_seq = total where id = ${draft.id}`);
    if (withoutService) await tx.execute(sql`update twilio_account set messaging_service_sid = null where organization_id = ${ctx.organizationId}`);
    await tx.execute(sql`update pace set halted_until = null where organization_id = ${ctx.organizationId}`);
    return delivery!.contact_id;
  });
  return { ctx, account, id: draft.id, phone, token, contactId };
}

/** What a frozen process does when it wakes up: the call goes out after all. */
async function postLate(ctx: Context, account: AccountCredentials, phone: string, token: string | null) {
  const client = twilioClient({ accountSid: account.accountSid, username: account.apiKeySid, password: account.apiKeySecret });
  await watched(5_000, () => client.messages.create({ to: phone, from: account.numbers[0]!.phoneNumber, messagingServiceSid: account.messagingServiceSid, body: BODY, ...(token && { statusCallback: statusCallbackUrl(ctx.organizationId, token) }) }));
}
