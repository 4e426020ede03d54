import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact, phoneNumber } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { eventually, pipeline } from '#server/domain/broadcast/pipeline.fixture.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { pushDueConsents } from '#server/domain/opt-out/push.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';
import { twilioClient } from '#server/twilio/client.ts';
import { createMessage } from '#server/twilio/messages.ts';

const { db, simulator, organization } = await pipeline({ speed: 20 });

const pushesOf = ({ organizationId }: Context) => inSystem(db, (tx) => rows<{ kind: string; phone: string; push: string; push_error: string | null; push_tries: number }>(tx, sql`
  select kind, phone, push, push_error, push_tries from consent_event where organization_id = ${organizationId} order by at`));
const settled = (ctx: Context) => eventually(async () => { const found = await pushesOf(ctx); return found.length > 0 && found.every(({ push }) => push !== 'due') && found; }, 'nothing is due');
const isBlocked = (scope: string, phone: string) => simulator.state.optOuts.has(`${scope}|${phone}`);

test('an opt-out that was decided here is told to Twilio, which then refuses also what other programs send (21610); new consent lifts it there', async () => {
  const { ctx, account } = await organization();
  const contact = await createContact(db, ctx.organizationId);
  await updateContact(ctx, { id: contact.id, optedOut: true });
  expect(await settled(ctx)).toMatchObject([{ push: 'done', push_error: null, push_tries: 1 }]);
  expect(isBlocked(account.messagingServiceSid, contact.phone!)).toBe(true);
  const elsewhere = twilioClient({ accountSid: account.accountSid, username: account.accountSid, password: account.authToken });
  const outcome = await createMessage(elsewhere, { to: contact.phone!, from: account.numbers[0]!.phoneNumber, messagingServiceSid: account.messagingServiceSid, body: 'From a script', mediaUrls: [], statusCallback: 'http://localhost/nowhere', validityPeriod: 60 }, 5_000);
  if (outcome.class !== 'accepted') throw new Error(outcome.class);
  await eventually(async () => (await elsewhere.messages(outcome.sid).fetch()).errorCode === 21610, 'refused');
  await updateContact(ctx, { id: contact.id, optedOut: false, consentSource: 'a card, 3 May' });
  expect((await settled(ctx)).at(-1)).toMatchObject({ kind: 'opt_in', push: 'done' });
  expect(isBlocked(account.messagingServiceSid, contact.phone!)).toBe(false);
});

test('an import is told in bulk; what Twilio refuses for one number stays with that number', async () => {
  const { ctx, account } = await organization();
  const phones = Array.from({ length: 1_200 }, (_, i) => `+1202556${String(1000 + i)}`);
  await importContacts(ctx, { csv: `phone,opted out\n${phones.map((phone) => `${phone},yes`).join('\n')}\n` });
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, ['+123456'], { source: 'staff' }));
  const found = await settled(ctx);
  expect(found.filter(({ push }) => push === 'done')).toHaveLength(1_200);
  expect(found.filter(({ push }) => push === 'failed')).toMatchObject([{ phone: '+123456', push_error: 'INVALID_CONTACT_ID (Twilio error 30646)' }]);
  expect(phones.every((phone) => isBlocked(account.messagingServiceSid, phone))).toBe(true);
});

test('whoever left one number is blocked there for this number only; on WhatsApp there is no list to tell', async () => {
  const { ctx, account } = await organization();
  const [phone, sender] = [phoneNumber(), account.numbers[0]!.phoneNumber];
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phone], { source: 'staff', scope: 'sender', sender }));
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phone], { source: 'staff', scope: 'sender', sender: 'whatsapp:+14155550100' }));
  expect(await settled(ctx)).toMatchObject([{ push: 'done' }, { push: 'not_needed' }]);
  expect([isBlocked(sender, phone), isBlocked(account.messagingServiceSid, phone)]).toEqual([true, false]);
});

test('D10: consent of somebody who wrote STOP themselves is not pushed: only their START lifts it at Twilio', async () => {
  const { ctx } = await organization();
  const contact = await createContact(db, ctx.organizationId);
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [contact.phone!], { source: 'keyword' }));
  await importContacts(ctx, { csv: `phone,opted out\n${contact.phone},yes\n` });
  await updateContact(ctx, { id: contact.id, optedOut: false, consentSource: 'a card' });
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [contact.phone!], { source: 'staff' }));
  await ctx.transaction((tx) => recordOptIns(tx, ctx, [contact.phone!], { source: 'staff', evidence: { consentText: 'another card' } }));
  expect((await settled(ctx)).filter(({ kind }) => kind === 'opt_in').map(({ push }) => push)).toEqual(['not_needed', 'not_needed']);
});

test('when Twilio does not answer, it is tried again later, and given up after eight times with the reason', async () => {
  const { ctx } = await organization();
  simulator.state.config.all.maxConcurrentRequests = 0;
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phoneNumber(), phoneNumber()], { source: 'staff' }));
  await eventually(async () => (await pushesOf(ctx)).every(({ push_tries }) => push_tries > 0), 'the first try');
  expect(await pushesOf(ctx)).toMatchObject([{ push: 'due', push_error: expect.stringContaining('20429') }, { push: 'due' }]);
  for (let i = 0; i < 7; i++) await pushDueConsents(ctx);
  expect(await pushesOf(ctx)).toMatchObject([{ push: 'failed', push_tries: 8 }, { push: 'failed', push_error: expect.stringContaining('Twilio did not take it') }]);
  simulator.state.config.all.maxConcurrentRequests = 500;
});
