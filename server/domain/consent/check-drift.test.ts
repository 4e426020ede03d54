import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { pipeline } from '#server/domain/broadcast/pipeline.fixture.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { recordInbound } from '#server/domain/conversation/record-inbound.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { eraseContact } from '#server/domain/person/erase.ts';
import { checkDrift } from '#server/domain/consent/check-drift.ts';
import { readDrift } from '#server/domain/consent/read-drift.ts';
import { receiveText } from '#server/twilio/simulator/inbound.ts';
import { twilioClient, watched } from '#server/twilio/client.ts';

const { db, simulator, organization } = await pipeline({ speed: 1 });

/** Numbers whose webhook nobody answers: what people write to them reaches Twilio only. */
async function deaf() {
  const { ctx, account } = await organization();
  const ours = account.numbers[0]!.phoneNumber;
  const write = async (contact: { phone: string | null }, body: string) => (await receiveText(simulator.state, { from: contact.phone!, to: ours, body })).messageSid;
  return { ctx, account, ours, write, somebody: () => createContact(db, ctx.organizationId) };
}
const isOut = async ({ organizationId }: Context, contacts: Array<{ id: string }>) => {
  const found = await inSystem(db, (tx) => rows<{ id: string; opted_out: boolean }>(tx, sql`select id, opted_out from contact where organization_id = ${organizationId}`));
  return contacts.map(({ id }) => found.find((contact) => contact.id === id)?.opted_out);
};

test('STOP that never arrived is found at Twilio, recorded and obeyed, once; other missed messages are counted', async () => {
  const { ctx, write, ours, somebody } = await deaf();
  const [ann, bob, cem] = [await somebody(), await somebody(), await somebody()];
  const sid = await write(ann, 'Stop');
  await write(bob, 'Is it open today?');
  const heard = await write(cem, 'STOP');
  await recordInbound(ctx, { sid: heard, from: cem.phone!, to: ours, body: 'STOP', media: [], optOutType: 'STOP' });
  expect(await isOut(ctx, [ann, bob, cem])).toEqual([false, false, true]);
  await checkDrift(ctx);
  expect(await isOut(ctx, [ann, bob, cem])).toEqual([true, false, true]);
  expect(await readDrift(ctx)).toMatchObject({ check: { error: null, missedMessages: 1, finishedAt: expect.any(String) }, differences: [{ kind: 'recovered', phone: ann.phone, event: 'opt_out', word: 'Stop' }], total: 1 });
  await checkDrift(ctx);
  const found = await inSystem(db, (tx) => rows(tx, sql`select evidence->>'messageSid' as sid from consent_event where organization_id = ${ctx.organizationId} and phone = ${ann.phone}`));
  expect(found).toEqual([{ sid }]);
  expect(await readDrift(ctx)).toMatchObject({ differences: [], total: 0 });
});

test('words that are found late count in the order in which they were written, and lift nothing that was decided since', async () => {
  const { ctx, write, somebody } = await deaf();
  const [back, gone, since] = [await somebody(), await somebody(), await somebody()];
  await write(back, 'STOP');
  await write(gone, 'START');
  await write(since, 'START');
  await new Promise((resolve) => { setTimeout(resolve, 1_100); }); // Twilio's dates have seconds
  await write(back, 'START');
  await write(gone, 'STOP');
  await updateContact(ctx, { id: since.id, optedOut: true });
  await checkDrift(ctx);
  expect(await isOut(ctx, [back, gone, since])).toEqual([false, true, true]);
});

test('D10: START that is found late does not bring back who has left this number since', async () => {
  const { ctx, write, ours, somebody } = await deaf();
  const since = await somebody();
  await write(since, 'START');
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [since.phone!], { source: 'staff', scope: 'sender', sender: ours }));
  await checkDrift(ctx);
  expect(await ctx.transaction((tx) => optedOutAmong(tx, ctx, [since.phone!], ours))).toEqual(new Set([since.phone]));
});

test('what an erased person had written before is not brought back: no word, no number, and they stay suppressed', async () => {
  const { ctx, write, ours, somebody } = await deaf();
  const [gone, later] = [await somebody(), await somebody()];
  const admin = { ...ctx, actor: { kind: 'system' as const, task: 'test' } };
  await write(gone, 'START');
  await write(gone, 'Who are you?');
  for (const { id, phone } of [gone, later]) await eraseContact(admin, { id, confirmation: phone!.slice(-4) });
  await new Promise((resolve) => { setTimeout(resolve, 1_100); }); // Twilio's dates have seconds
  await write(later, 'START');
  await checkDrift(ctx);
  expect(await readDrift(ctx)).toMatchObject({ check: { error: null, missedMessages: 0 } });
  expect(await inSystem(db, (tx) => rows(tx, sql`select recipient from conversation where organization_id = ${ctx.organizationId}`))).toEqual([{ recipient: later.phone }]);
  expect(await ctx.transaction((tx) => optedOutAmong(tx, ctx, [gone.phone!, later.phone!], ours))).toEqual(new Set([gone.phone]));
});

test('P37: a message of another program that Twilio refused with 21610 opts the person out here too', async () => {
  const { ctx, account, ours, somebody } = await deaf();
  const ann = await somebody();
  simulator.state.optOuts.add(`${account.messagingServiceSid}|${ann.phone}`);
  const elsewhere = twilioClient({ accountSid: account.accountSid, username: account.accountSid, password: account.authToken });
  await watched(5_000, () => elsewhere.messages.create({ to: ann.phone!, from: ours, messagingServiceSid: account.messagingServiceSid, body: 'From a script' }));
  await expect.poll(async () => { await checkDrift(ctx); return isOut(ctx, [ann]); }, { timeout: 20_000 }).toEqual([true]);
  expect(await readDrift(ctx)).toMatchObject({ differences: [{ kind: 'refused', phone: ann.phone }] });
});

test('who wrote STOP and was brought back here by a colleague must text START: Twilio still blocks them', async () => {
  const { ctx, ours, write, somebody } = await deaf();
  const ann = await somebody();
  const sid = await write(ann, 'STOP');
  await recordInbound(ctx, { sid, from: ann.phone!, to: ours, body: 'STOP', media: [], optOutType: 'STOP' });
  await updateContact(ctx, { id: ann.id, optedOut: false, consentSource: 'a card' });
  const mustText = async () => (await readDrift(ctx)).differences.map(({ kind, phone }) => `${kind} ${phone}`);
  expect(await mustText()).toEqual([`must_text_start ${ann.phone}`]);
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [ann.phone!], { source: 'provider', evidence: { errorCode: 21610 } }));
  expect(await mustText()).toEqual([`must_text_start ${ann.phone}`]);
  const start = await write(ann, 'START');
  await recordInbound(ctx, { sid: start, from: ann.phone!, to: ours, body: 'START', media: [], optOutType: 'START' });
  expect(await mustText()).toEqual([]);
});

test('when Twilio does not answer, the check says so, keeps what it had found, and begins there again', async () => {
  const { ctx, write, somebody } = await deaf();
  const ann = await somebody();
  await write(ann, 'STOP');
  simulator.state.config.all.maxConcurrentRequests = 0;
  await checkDrift(ctx);
  expect((await readDrift(ctx)).check).toMatchObject({ error: expect.stringContaining('20429'), finishedAt: expect.any(String) });
  simulator.state.config.all.maxConcurrentRequests = 500;
  await checkDrift(ctx);
  expect(await isOut(ctx, [ann])).toEqual([true]);
});
