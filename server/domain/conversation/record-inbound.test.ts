import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), LOG_LEVEL: 'silent' }));

import { acceptAgreement, createBroadcast, createContact, createOrganization, createSender, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { twilioAccounts } from '#db/schema/index.ts';
import { createContext, type Context } from '#server/context.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { readFacts } from '#server/domain/automation/person.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { parseInbound } from '#server/twilio/inbound-message.ts';
import { recordInbound, type Inbound } from './record-inbound.ts';
import { writeAnswer } from './write-answer.ts';

const { db } = await testDatabase();

/** An organisation that may send, with a number and a WhatsApp sender, and somebody with a phone. */
async function shop({ hasAccepted = true }: { hasAccepted?: boolean } = {}) {
  const { id: organizationId, owner, name } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  await inSystem(db, (tx) => tx.insert(twilioAccounts).values({ organizationId, accountSid: twilioSid('AC'), apiKeySid: twilioSid('SK'), sealedApiKeySecret: seal('secret', { organizationId, field: 'apiKeySecret' }), messagingServiceSid: twilioSid('MG') }));
  if (hasAccepted) await acceptAgreement(db, organizationId, owner.id, agreementText('bulk-sms').version);
  const sms = await createSender(db, organizationId, { address: phoneNumber() });
  const whatsApp = await createSender(db, organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: `whatsapp:${phoneNumber()}`, helpBy: 'us' });
  const phone = phoneNumber();
  const write = (message: Partial<Inbound> = {}) => {
    const inbound = { sid: twilioSid('SM'), from: phone, to: sms.address, body: 'Hello', media: [], optOutType: null, ...message };
    return recordInbound(ctx, inbound).then((isOurs) => ({ ...inbound, isOurs }));
  };
  const onWhatsApp = (body: string, message: Partial<Inbound> = {}) => write({ from: `whatsapp:${phone}`, to: whatsApp.address, body, ...message });
  return { ctx, name, sms, whatsApp, phone, write, onWhatsApp };
}

type State = { unread: number; isClosed: boolean; isSnoozed: boolean; isFresh: boolean; profileName: string | null; waUserId: string | null; contactId: string | null; suggestion: string | null; extra: unknown; cause: string | null; rulesRun: boolean };
/** The newest message with its conversation. */
const stateOf = async (ctx: Context) => (await inSystem(db, (tx) => rows<State>(tx, sql`
  select c.unread, c.closed_at is not null as "isClosed", c.snoozed_until is not null as "isSnoozed", c.last_message_at >= m.created_at and c.last_inbound_at >= m.created_at as "isFresh", c.profile_name as "profileName",
    c.wa_user_id as "waUserId", c.contact_id as "contactId", (select body from chat_message s where s.organization_id = c.organization_id and s.id = c.suggested_opt_out_id) as suggestion, m.extra, m.cause_broadcast_id as cause, m.rules_run_at is not null as "rulesRun"
  from chat_message m join conversation c on c.organization_id = m.organization_id and c.id = m.conversation_id where m.organization_id = ${ctx.organizationId} and m.direction = 'inbound' order by m.created_at desc limit 1`)))[0]!;

const jobsOf = async (ctx: Context) => (await inSystem(db, (tx) => rows<{ task: string }>(tx, sql`
  select t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.payload->>'organizationId' = ${ctx.organizationId} order by 1`))).map(({ task }) => task);

test('P75, P76: a message stands unread in its conversation, which it opens again; a repeat changes nothing', async () => {
  const { ctx, onWhatsApp } = await shop();
  const first = await onWhatsApp('Hello', { profileName: 'Ann 🌻', waUserId: 'US.1', extra: { buttonPayload: 'yes-1', forwarded: true } });
  expect(await stateOf(ctx)).toMatchObject({ unread: 1, isFresh: true, profileName: 'Ann 🌻', waUserId: 'US.1', extra: { buttonPayload: 'yes-1', forwarded: true } });
  await inSystem(db, (tx) => tx.execute(sql`update conversation set closed_at = now(), snoozed_until = now() + interval '1 day', unread = 0 where organization_id = ${ctx.organizationId}`));
  await recordInbound(ctx, first);
  expect(await stateOf(ctx)).toMatchObject({ unread: 0, isClosed: true, isSnoozed: true });
  await onWhatsApp('Anybody there?');
  expect(await stateOf(ctx)).toMatchObject({ unread: 1, isClosed: false, isSnoozed: false, isFresh: true, profileName: 'Ann 🌻' });
});

test('P75: the same message told ten times at once is one', async () => {
  const { ctx, write } = await shop();
  const sid = twilioSid('SM');
  await Promise.all(Array.from({ length: 10 }, () => write({ sid })));
  expect([(await stateOf(ctx)).unread, await jobsOf(ctx)]).toEqual([1, ['push-message', 'run-rules']]);
});

test.each(['STOP', 'start', 'Help', 'INFO', 'info!'])('P77, P78: devices hear of %s, keyword rules do not', async (body) => {
  const { ctx, write } = await shop();
  await write({ body });
  expect([await jobsOf(ctx), (await stateOf(ctx)).rulesRun]).toEqual([['push-message'], true]);
});

/** A broadcast of this sender that was handed to the person so many hours ago. */
async function broadcastTo({ ctx, phone }: Awaited<ReturnType<typeof shop>>, senderId: string, hoursAgo: number, purpose: 'broadcast' | 'test' = 'broadcast') {
  const { id } = await createBroadcast(db, ctx.organizationId, { status: 'sent', total: 1, lastSeq: 1, senderId, purpose, finishedAt: new Date(Date.now() - hoursAgo * 3_600_000) });
  await inSystem(db, async (tx) => {
    await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient) values (${ctx.organizationId}, ${id}, 1, ${phone})`);
    await tx.execute(sql`update broadcast_delivery set status = 'sent', provider_message_id = 'SM1', handed_at = now() - make_interval(hours => ${hoursAgo}) where broadcast_id = ${id}`);
  });
  return id;
}
const answersTo = (ctx: Context) => inSystem(db, (tx) => rows<{ broadcast: string; kind: string }>(tx, sql`select broadcast_id as broadcast, kind from broadcast_response where organization_id = ${ctx.organizationId} order by kind`));

test('what somebody writes is put down to the last broadcast of the same sender within 72 hours, and counts once as its reply', async () => {
  const one = await shop();
  const other = await createSender(db, one.ctx.organizationId, { address: phoneNumber() });
  await createContact(db, one.ctx.organizationId, { phone: one.phone });
  await broadcastTo(one, one.sms.id, 73);
  await one.write();
  expect((await stateOf(one.ctx)).cause).toBeNull();
  await broadcastTo(one, one.sms.id, 40);
  const last = await broadcastTo(one, one.sms.id, 20);
  await broadcastTo(one, one.sms.id, 10, 'test');
  await broadcastTo(one, other.id, 5);
  for (const body of ['Nice!', 'How much is it?']) await one.write({ body });
  expect([(await stateOf(one.ctx)).cause, await answersTo(one.ctx)]).toEqual([last, [{ broadcast: last, kind: 'reply' }]]);
});

test('a keyword is no reply, and a stranger counts for nobody', async () => {
  const one = await shop();
  const id = await broadcastTo(one, one.sms.id, 1);
  await one.write();
  expect((await stateOf(one.ctx)).cause).toBe(id);
  await createContact(db, one.ctx.organizationId, { phone: one.phone });
  for (const body of ['HELP', 'START']) await one.write({ body });
  expect(await answersTo(one.ctx)).toEqual([]);
});

test('P38: other wording is put before a person, and is settled by their own keyword; who has left is not asked again', async () => {
  const { ctx, phone, write } = await shop();
  await createContact(db, ctx.organizationId, { phone });
  const isOptedOut = async () => (await inSystem(db, (tx) => rows<{ optedOut: boolean }>(tx, sql`select opted_out as "optedOut" from contact where organization_id = ${ctx.organizationId}`)))[0]!.optedOut;
  await write({ body: "I can't stop laughing" });
  expect((await stateOf(ctx)).suggestion).toBeNull();
  await write({ body: 'Please take me off your list' });
  await write({ body: 'Hello?' });
  expect([(await stateOf(ctx)).suggestion, await isOptedOut()]).toEqual(['Please take me off your list', false]);
  await write({ body: 'STOP' });
  await write({ body: "don't text me again" });
  expect([(await stateOf(ctx)).suggestion, await isOptedOut()]).toEqual([null, true]);
});

test('P38: a tapped button whose payload is STOP is a STOP', async () => {
  const { ctx, phone, onWhatsApp } = await shop();
  await createContact(db, ctx.organizationId, { phone });
  await onWhatsApp('No more offers', { extra: { buttonText: 'No more offers', buttonPayload: 'STOP' } });
  expect(await inSystem(db, (tx) => rows(tx, sql`select opted_out, opted_out_source::text from contact where organization_id = ${ctx.organizationId}`))).toEqual([{ opted_out: true, opted_out_source: 'keyword' }]);
});

test('P38: somebody who hides their number by now is known by their id, and their STOP counts', async () => {
  const { ctx, phone, onWhatsApp } = await shop();
  const { id } = await createContact(db, ctx.organizationId, { phone });
  await onWhatsApp('Hello', { waUserId: 'ID.1' });
  await onWhatsApp('stop', { from: 'whatsapp:ID.1', waUserId: 'ID.1' });
  expect((await stateOf(ctx)).contactId).toBe(id);
  expect(await inSystem(db, (tx) => rows(tx, sql`select opted_out from contact where id = ${id}`))).toEqual([{ opted_out: true }]);
});

const outOf = async (ctx: Context) => new Map((await inSystem(db, (tx) => rows<{ phone: string; out: boolean }>(tx, sql`select phone, opted_out as out from contact where organization_id = ${ctx.organizationId}`))).map(({ phone, out }) => [phone, out]));

test('P38, D10: words from a number are about this number: START lifts nothing of a contact who has another by now, and STOP is that of whoever has it', async () => {
  const { ctx, phone, write } = await shop();
  const moved = await createContact(db, ctx.organizationId, { phone });
  await write();
  const now = phoneNumber();
  await inSystem(db, (tx) => tx.execute(sql`update contact set phone = ${now}, opted_out = true where id = ${moved.id}`));
  await write({ body: 'START' });
  expect(await outOf(ctx)).toEqual(new Map([[now, true]]));
  await inSystem(db, (tx) => tx.execute(sql`update contact set opted_out = false where id = ${moved.id}`));
  const heir = await createContact(db, ctx.organizationId, { phone });
  await write({ body: 'STOP' });
  expect(await outOf(ctx)).toEqual(new Map([[now, false], [phone, true]]));
  expect((await stateOf(ctx)).contactId).toBe(heir.id);
});

test('P38: STOP of somebody who hides their number, and whom nobody knows, is obeyed: no answer reaches them, nor does a rule act, until START', async () => {
  const { ctx, whatsApp, onWhatsApp } = await shop();
  const hidden = { from: 'whatsapp:US.4711aB', waUserId: 'US.4711aB' };
  await onWhatsApp('Hello', hidden);
  const conversationId = (await inSystem(db, (tx) => rows<{ id: string }>(tx, sql`select id from conversation where organization_id = ${ctx.organizationId}`)))[0]!.id;
  const answer = () => ctx.transaction((tx) => writeAnswer(tx, ctx, { conversationId, text: 'Hi', purpose: 'reply', authorId: null, ruleId: null }));
  const facts = () => ctx.transaction((tx) => readFacts(tx, ctx, { address: hidden.from, sender: whatsApp.address, conversationId, contact: null }));
  await onWhatsApp('STOP', hidden);
  await expect(answer()).rejects.toMatchObject({ code: 'opted_out' });
  expect(await facts()).toMatchObject({ isOptedOut: true });
  await onWhatsApp('START', hidden);
  await answer();
  expect(await facts()).toMatchObject({ isOptedOut: false });
});

test('P75: what is cut never breaks in the middle of a character, which would lose the message', async () => {
  const { ctx, phone, whatsApp } = await shop();
  const form = new URLSearchParams({ AccountSid: twilioSid('AC'), MessageSid: twilioSid('SM'), ApiVersion: '2010-04-01', From: `whatsapp:${phone}`, To: whatsApp.address, Body: `${'x'.repeat(99)}🌻`, OptOutType: 'STOP', Latitude: '1', Longitude: '1', Label: `${'x'.repeat(499)}🌻`, ProfileName: `${'x'.repeat(199)}🌻` });
  expect(await recordInbound(ctx, parseInbound(form)!)).toBe(true);
  expect((await stateOf(ctx)).unread).toBe(1);
});

test('D10: a START that is told again after a STOP lifts nothing', async () => {
  const { ctx, phone, write } = await shop();
  await createContact(db, ctx.organizationId, { phone });
  const start = await write({ body: 'START' });
  await write({ body: 'STOP' });
  await Promise.all([recordInbound(ctx, start), recordInbound(ctx, start)]);
  expect(await inSystem(db, (tx) => rows(tx, sql`select opted_out from contact where organization_id = ${ctx.organizationId}`))).toEqual([{ opted_out: true }]);
});

const helpAnswers = async (ctx: Context) => (await inSystem(db, (tx) => rows<{ body: string; recipient: string }>(tx, sql`
  select m.body, d.recipient from chat_message m join broadcast b on b.organization_id = m.organization_id and b.id = m.broadcast_id and b.purpose = 'help'
  join broadcast_delivery d on d.broadcast_id = b.id where m.organization_id = ${ctx.organizationId} order by m.created_at`)));

test('P42, P43, D13: where we answer HELP it is once per question, with the text of the number; INFO too', async () => {
  const { ctx, name, phone, sms, write, onWhatsApp } = await shop();
  await inSystem(db, (tx) => tx.execute(sql`update sender set help_by = 'us', help_text = 'Acme {{firstName}}: call 555 0100' where id = ${sms.id}`));
  const sid = twilioSid('SM');
  await Promise.all(Array.from({ length: 5 }, () => write({ sid, body: ' help ' })));
  await onWhatsApp('INFO');
  expect(await helpAnswers(ctx)).toEqual([{ body: 'Acme {{firstName}}: call 555 0100', recipient: phone }, { body: expect.stringMatching(new RegExp(`^${name}: .*STOP`)), recipient: `whatsapp:${phone}` }]);
});

test('P42: who has left still learns who we are', async () => {
  const { ctx, phone, onWhatsApp } = await shop();
  await createContact(db, ctx.organizationId, { phone });
  for (const body of ['STOP', 'HELP']) await onWhatsApp(body);
  expect(await helpAnswers(ctx)).toHaveLength(1);
});

test('D13: never two answers: not where Twilio answers, and not when it says that it has', async () => {
  const { ctx, sms, write } = await shop();
  await write({ body: 'HELP' });
  await inSystem(db, (tx) => tx.execute(sql`update sender set help_by = 'us' where id = ${sms.id}`));
  await write({ body: 'HELP', optOutType: 'HELP' });
  await write({ body: 'Ayuda', optOutType: 'HELP' });
  await write({ body: 'help me choose' });
  expect(await helpAnswers(ctx)).toEqual([]);
});

test('P75: a HELP that cannot be answered is kept all the same, and says why', async () => {
  const { ctx, onWhatsApp } = await shop({ hasAccepted: false });
  await onWhatsApp('HELP');
  expect([await helpAnswers(ctx), (await stateOf(ctx)).extra]).toEqual([[], { helpProblem: expect.stringMatching(/agreement/i) }]);
  expect((await stateOf(ctx)).unread).toBe(1);
});
