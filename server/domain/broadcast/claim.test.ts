import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { acceptAgreement, createBroadcast, createContact, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { recordInbound } from '#server/domain/conversation/record-inbound.ts';
import { claimSlice } from './claim.ts';

const { db } = await testDatabase();
const OURS = 'whatsapp:+14155551234';

/** A WhatsApp broadcast on its way to these people, all of whom wrote a moment ago. */
async function sending(phones: string[]) {
  const { id: organizationId, owner } = await createOrganization(db);
  await acceptAgreement(db, organizationId, owner.id, '1');
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const sender = await createSender(db, organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: OURS });
  const broadcast = await createBroadcast(db, organizationId, { channel: 'whatsapp', content: 'Hi {{firstName}}', status: 'sending', senderId: sender.id, paceId: sender.paceId, total: phones.length, lastSeq: phones.length });
  const write = (phone: string, body: string) => recordInbound(ctx, { sid: twilioSid('SM'), from: `whatsapp:${phone}`, to: OURS, body, media: [], optOutType: null });
  const contacts: string[] = [];
  for (const [i, phone] of phones.entries()) {
    const contact = await createContact(db, organizationId, { phone, firstName: `P${i}` });
    contacts.push(contact.id);
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient) values (${organizationId}, ${broadcast.id}, ${i + 1}, ${contact.id}, ${`whatsapp:${phone}`})`));
    await write(phone, 'Hello');
  }
  const claim = async () => (await claimSlice(ctx, { paceId: sender.paceId!, workerId: 'w', accountSid: twilioSid('AC'), messagingServiceSid: null, capacity: 100, averageSegments: 1, lease: 30, headStart: 0, lateness: 0 }))
    .messages.map(({ recipient, body }) => `${recipient.slice(9)} ${body}`);
  const skipped = () => inSystem(db, (tx) => rows<{ seq: number; reason: string }>(tx, sql`select seq, reason from broadcast_delivery where broadcast_id = ${broadcast.id} and status = 'skipped' order by seq`));
  return { contacts, write, claim, skipped };
}

test('P41, P38: whoever writes STOP on WhatsApp between queue and dispatch is skipped', async () => {
  const { write, claim, skipped } = await sending(['+4915112345701', '+4915112345702']);
  await write('+4915112345701', ' Stop ');
  expect(await claim()).toEqual(['+4915112345702 Hi P1']);
  expect(await skipped()).toEqual([{ seq: 1, reason: 'opted_out' }]);
});

test('a number that is not the person’s any more gets nothing of theirs, whoever has it now', async () => {
  const { contacts, claim, skipped } = await sending(['+4915112345711', '+4915112345712', '+4915112345713']);
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update contact set phone = '+4915112345799' where id = ${contacts[0]}`);
    await tx.execute(sql`update contact set phone = '+4915112345711' where id = ${contacts[1]}`);
  });
  expect(await claim()).toEqual(['+4915112345713 Hi P2']);
  expect(await skipped()).toEqual([{ seq: 1, reason: 'number_changed' }, { seq: 2, reason: 'number_changed' }]);
});
