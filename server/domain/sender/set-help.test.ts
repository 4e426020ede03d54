import { expect, test } from 'vitest';
import { createOrganization, createSender, phoneNumber } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import { setHelp } from '#server/domain/sender/set-help.ts';

const { db } = await testDatabase();

async function organization(role: Role = 'admin') {
  const { id, owner } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role, address: null });
  const helpOf = async (senderId: string) => { const found = (await listSenders(ctx)).find((one) => one.id === senderId); return [found?.helpText, found?.helpBy]; };
  return { ctx, helpOf, sms: () => createSender(db, id, { address: phoneNumber() }) };
}

test('P43: each number has an answer to HELP of its own; no text means the usual words', async () => {
  const { ctx, helpOf, sms } = await organization();
  const [one, other] = [await sms(), await sms()];
  expect(await setHelp(ctx, { id: one.id, helpText: ' Acme: call 555 0100. ', helpBy: 'provider' })).toEqual({ id: one.id, helpText: 'Acme: call 555 0100.', helpBy: 'provider' });
  expect([await helpOf(one.id), await helpOf(other.id)]).toEqual([['Acme: call 555 0100.', 'provider'], [null, 'provider']]);
  await setHelp(ctx, { id: one.id, helpText: '  ', helpBy: 'provider' });
  expect(await helpOf(one.id)).toEqual([null, 'provider']);
});

test('D13: we take over from Twilio only when somebody has confirmed that it is silent; then the text may change', async () => {
  const { ctx, helpOf, sms } = await organization();
  const { id } = await sms();
  await expect(setHelp(ctx, { id, helpText: 'Acme', helpBy: 'us' })).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringContaining('two answers') });
  expect(await helpOf(id)).toEqual([null, 'provider']);
  await setHelp(ctx, { id, helpText: 'Acme', helpBy: 'us', isTwilioOff: true });
  await setHelp(ctx, { id, helpText: 'Acme, again', helpBy: 'us' });
  expect(await helpOf(id)).toEqual(['Acme, again', 'us']);
});

test('D13: on WhatsApp, where no service stands between, we answer without asking', async () => {
  const { ctx, helpOf } = await organization();
  const { id } = await createSender(db, ctx.organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: `whatsapp:${phoneNumber()}` });
  await setHelp(ctx, { id, helpText: null, helpBy: 'us' });
  expect(await helpOf(id)).toEqual([null, 'us']);
});

test('P43: only admins set it, and only for numbers of their own', async () => {
  const [{ ctx: marketer, sms }, { ctx: stranger }] = [await organization('marketer'), await organization()];
  const { id } = await sms();
  await expect(setHelp(marketer, { id, helpText: 'x', helpBy: 'provider' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(setHelp(stranger, { id, helpText: 'x', helpBy: 'provider' })).rejects.toMatchObject({ code: 'not_found' });
});
