import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization, createSender } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';
import { readMayMessage } from './may-message.ts';
import { optOutContact, undoOptOut } from './opt-out.ts';
import { readConsent } from './read-consent.ts';

const { db } = await testDatabase();
const phone = '+12025550147';
const sms = '+14155551234';
const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);

/** Somebody whose clock shows UTC, in an office with a number and a WhatsApp sender. */
async function somebody(contact: Partial<typeof t.contacts.$inferInsert> = {}, organization: Partial<typeof t.organizations.$inferInsert> = {}) {
  const { id, owner } = await createOrganization(db, organization);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  await createSender(db, id, { address: sms, isSystem: true });
  await createSender(db, id, { address: 'whatsapp:+14155550000', channel: 'whatsapp', kind: 'whatsapp', isSystem: true });
  const row = await createContact(db, id, { phone, timeZone: 'UTC', ...contact });
  return { ctx, id: row.id };
}

const ask = async (ctx: Context, id: string, index = 0) => {
  const { channels } = await readMayMessage(ctx, { id });
  const { steps, ...rest } = channels[index]!;
  return { ...rest, ...Object.fromEntries(steps.map((step) => [step.code, step])) as Record<(typeof steps)[number]['code'], (typeof steps)[number]> };
};

test('somebody without a number is out of reach; every step is told in order for the rest', async () => {
  const { ctx, id } = await somebody({ phone: null, email: 'a@example.com' });
  expect(await ask(ctx, id)).toMatchObject({ verdict: 'no', number: { status: 'fail' } });
  const { ctx: other, id: known } = await somebody();
  const { channels } = await readMayMessage(other, { id: known });
  expect(channels.map(({ steps }) => steps.map(({ code }) => code).join())).toEqual(Array.from({ length: 2 }, () => 'number,opt_out,twilio,consent,quiet_hours,frequency_cap,window,sender'));
  expect(channels[0]!.steps.find(({ code }) => code === 'sender')).toMatchObject({ status: 'fail', title: 'The agreement is not accepted' });
});

test('an opt-out is a no, from all senders or from the one that would write', async () => {
  const { ctx, id } = await somebody();
  await optOutContact(ctx, { id, sender: sms, note: 'asked on the phone' });
  expect(await ask(ctx, id)).toMatchObject({ verdict: 'no', opt_out: { status: 'fail', title: 'Left this sender' } });
  expect(await ask(ctx, id, 1)).toMatchObject({ opt_out: { status: 'pass' } });
  await optOutContact(ctx, { id });
  expect(await ask(ctx, id, 1)).toMatchObject({ verdict: 'no', opt_out: { status: 'fail', title: 'Opted out' } });
});

test('who texted STOP and was opted in by us is still blocked by Twilio, for texts and until START', async () => {
  const { ctx, id } = await somebody();
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phone], { source: 'keyword', sender: sms }));
  await updateContact(ctx, { id, optedOut: false, consentSource: 'signed up again' });
  expect(await ask(ctx, id)).toMatchObject({ opt_out: { status: 'pass' }, twilio: { status: 'fail', detail: expect.stringContaining('START') } });
  expect(await ask(ctx, id, 1)).toMatchObject({ twilio: { status: 'pass' } });
  expect((await readConsent(ctx, { id })).channels[0]).toMatchObject({ state: 'subscribed', words: 'signed up again', twilio: expect.stringContaining('START') });
  await ctx.transaction((tx) => recordOptIns(tx, ctx, [phone], { source: 'keyword', sender: sms, evidence: { word: 'START' } }));
  expect(await ask(ctx, id)).toMatchObject({ twilio: { status: 'pass' } });
});

test('a STOP that came in over WhatsApp does not make Twilio block texts', async () => {
  const { ctx, id } = await somebody();
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [`whatsapp:${phone}`], { source: 'keyword', sender: 'whatsapp:+14155550000' }));
  await updateContact(ctx, { id, optedOut: false, consentSource: 'signed up again' });
  expect(await ask(ctx, id)).toMatchObject({ twilio: { status: 'pass' } });
});

test('quiet hours where they are make it wait until they end', async () => {
  const { ctx, id } = await somebody({}, { quietFrom: clock(-60), quietTo: clock(60) });
  const { quiet_hours: step } = await ask(ctx, id);
  expect(step).toMatchObject({ status: 'wait', title: 'Quiet hours where they are' });
  expect(new Date(step.until!).toISOString().slice(11, 16)).toBe(clock(60));
  const free = await somebody({}, { quietFrom: clock(60), quietTo: clock(120) });
  expect(await ask(free.ctx, free.id)).toMatchObject({ quiet_hours: { status: 'pass' } });
});

test('who got a broadcast within the cap is left out, and when that ends is told', async () => {
  const { ctx, id } = await somebody({}, { frequencyCapHours: 24 });
  const { organizationId } = ctx;
  const broadcast = await createBroadcast(db, organizationId);
  const lastHandedAt = new Date(Date.now() - 3_600_000);
  await inSystem(db, (tx) => tx.insert(t.contactReaches).values({ organizationId, contactId: id, lastHandedAt, lastBroadcastId: broadcast.id }));
  expect(await ask(ctx, id)).toMatchObject({ verdict: 'no', frequency_cap: { status: 'fail', until: new Date(lastHandedAt.getTime() + 24 * 3_600_000).toISOString() } });
});

test('P69, P72: outside of the window templates only; inside everything, and until when', async () => {
  const { ctx, id } = await somebody();
  expect(await ask(ctx, id, 1)).toMatchObject({ window: { status: 'warn', title: 'Approved templates only' } });
  const lastInboundAt = new Date(Date.now() - 3_600_000);
  await inSystem(db, (tx) => tx.insert(t.conversations).values({ organizationId: ctx.organizationId, channel: 'whatsapp', sender: 'whatsapp:+14155550000', recipient: `whatsapp:${phone}`, contactId: id, lastInboundAt }));
  const { window } = await ask(ctx, id, 1);
  expect(window).toMatchObject({ status: 'pass', title: 'Window is open' });
  expect(new Date(window.until!).getTime()).toBeGreaterThan(Date.now() + 22 * 3_600_000);
  expect(await ask(ctx, id)).toMatchObject({ window: { status: 'pass' } });
});

test('consent per channel: never asked, subscribed with words, opted out with its entry', async () => {
  const { ctx, id } = await somebody();
  const states = async () => (await readConsent(ctx, { id })).channels.map(({ state }) => state);
  expect(await states()).toEqual(['never_asked', 'never_asked']);
  await ctx.transaction((tx) => recordOptIns(tx, ctx, [phone], { source: 'keyword', channel: 'sms', evidence: { word: 'JOIN', consentText: 'I want news' } }));
  expect((await readConsent(ctx, { id })).channels[0]).toMatchObject({ state: 'subscribed', words: 'I want news', event: { source: 'keyword', channel: 'sms' } });
  await optOutContact(ctx, { id, sender: sms, note: 'not from this one' });
  expect(await states()).toEqual(['left_sender', 'subscribed']);
  await optOutContact(ctx, { id, note: 'by phone' });
  expect((await readConsent(ctx, { id })).channels[1]).toMatchObject({ state: 'opted_out', event: { source: 'staff', evidence: { note: 'by phone' }, by: expect.any(String) } });
});

test('one’s own slip is taken back within seconds and stands in the ledger as one; later, or theirs, it stays', async () => {
  const { ctx, id } = await somebody();
  const { eventId } = await optOutContact(ctx, { id });
  await undoOptOut(ctx, { id, eventId: eventId! });
  expect(await ask(ctx, id)).toMatchObject({ opt_out: { status: 'pass' } });
  expect(await inSystem(db, (tx) => tx.select().from(t.consentEvents)).then((all) => all.filter(({ organizationId }) => organizationId === ctx.organizationId).map(({ kind, evidence }) => [kind, evidence.mistake ?? false]))).toEqual([['opt_out', false], ['opt_in', true]]);
  const again = await optOutContact(ctx, { id });
  const later = { ...ctx, now: () => new Date(Date.now() + 60_000) };
  await expect(undoOptOut(later, { id, eventId: again.eventId! })).rejects.toMatchObject({ code: 'invalid_state' });
  await expect(undoOptOut({ ...ctx, actor: { kind: 'user', userId: id, role: 'owner', address: null } }, { id, eventId: again.eventId! })).rejects.toMatchObject({ code: 'invalid_state' });
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phone], { source: 'keyword' }));
  await expect(undoOptOut(ctx, { id, eventId: again.eventId! })).rejects.toMatchObject({ code: 'invalid_state' });
});
