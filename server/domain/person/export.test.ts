import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { exportPerson } from './export.ts';

const { db } = await testDatabase();
const phone = '+12025550147';
const sid = twilioSid('SM');

async function somebody() {
  const { id: organizationId, owner } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const { id } = await createContact(db, organizationId, { phone, firstName: '<b>Ann</b>', consentSource: '=cmd()' });
  const broadcast = await createBroadcast(db, organizationId, { name: 'March', status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1 });
  await inSystem(db, async (tx) => {
    await tx.insert(t.deliveries).values({ organizationId, broadcastId: broadcast.id, seq: 1, contactId: id, recipient: phone, status: 'delivered', providerMessageId: sid, handedAt: new Date('2026-03-01T10:00:00Z'), deliveredAt: new Date('2026-03-01T10:00:04Z') });
    const [conversation] = await tx.insert(t.conversations).values({ organizationId, channel: 'sms', sender: '+14155551234', recipient: phone, contactId: id }).returning();
    await tx.insert(t.chatMessages).values({ organizationId, conversationId: conversation!.id, direction: 'inbound', sid: 'SMin', body: 'STOP <script>alert(1)</script>' });
    await recordOptOuts(tx, ctx, [phone], { source: 'keyword', evidence: { word: 'STOP', messageSid: 'SMin' } });
  });
  return { ctx, id };
}

const textOf = async ({ pieces }: { pieces: AsyncGenerator<string> }) => (await Array.fromAsync(pieces)).join('');

test('the proof of a person has their consent with its evidence, and every message with SID, status and times', async () => {
  const { ctx, id } = await somebody();
  const file = await exportPerson(ctx, { id, format: 'json' });
  expect(JSON.parse(await textOf(file))).toMatchObject({
    person: { phone }, consent: [{ kind: 'opt_out', source: 'keyword', evidence: { word: 'STOP', messageSid: 'SMin' } }],
    sent: [{ sid, broadcast: 'March', to: phone, status: 'delivered', handedAt: '2026-03-01T10:00:00.000Z', deliveredAt: '2026-03-01T10:00:04.000Z' }], received: [{ sid: 'SMin', from: phone }],
  });
  expect(file.fileName).toMatch(/^proof-12025550147-\d{4}-\d\d-\d\d\.json$/);
});

test('what people wrote is text on the page for paper, never markup', async () => {
  const { ctx, id } = await somebody();
  const page = await textOf(await exportPerson(ctx, { id, format: 'html' }));
  expect(page).toContain('STOP &lt;script&gt;');
  expect(page).not.toMatch(/<script|<b>/);
});

test('another organisation gets nothing', async () => {
  const { id } = await somebody();
  await expect(exportPerson((await somebody()).ctx, { id, format: 'json' })).rejects.toMatchObject({ code: 'not_found' });
});
