import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { duplicateBroadcast } from './duplicate.ts';
import { retryFailed } from './retry-failed.ts';

const { db } = await testDatabase();
const causes = [null, 30003, 30003, 30006, 21610, 30007] as const;

/** A finished broadcast to six people: one got it, the others failed with the codes above. */
async function finished(status: 'sent' | 'sending' = 'sent') {
  const { id: organizationId, owner } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'marketer', address: null });
  const broadcast = await createBroadcast(db, organizationId, { status, content: 'Hello', missingValues: { firstName: { policy: 'skip' } }, total: 6, lastSeq: 6, claimedSeq: 6 });
  const people = await Promise.all(causes.map(() => createContact(db, organizationId)));
  for (const [i, code] of causes.entries()) {
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, error_code, reason, provider_message_id)
      values (${organizationId}, ${broadcast.id}, ${i + 1}, ${people[i]!.id}, ${people[i]!.phone}, ${code ? 'undelivered' : 'delivered'}, ${code}, ${code && 'twilio_error'}, ${twilioSid('SM')})`));
  }
  return { ctx, broadcast, phones: people.map(({ phone }) => phone!) };
}

test('the failed recipients become the people of a new draft; landlines and those who opted out never do', async () => {
  const { ctx, broadcast, phones } = await finished();
  await inSystem(db, (tx) => tx.execute(sql`update contact set opted_out = true where organization_id = ${ctx.organizationId} and phone = ${phones[2]}`));
  const draft = await retryFailed(ctx, { id: broadcast.id });
  expect(draft).toMatchObject({ status: 'draft', name: 'Again: March promo', content: 'Hello', recipientMethod: 'numbers', retryOf: broadcast.id, missingValues: { firstName: { policy: 'skip' } } });
  expect(draft.selectedNumbers.toSorted()).toEqual([phones[1], phones[5]].toSorted());
});

test('a retry by cause takes the people of that cause only', async () => {
  const { ctx, broadcast, phones } = await finished();
  const draft = await retryFailed(ctx, { id: broadcast.id, causes: [{ code: 30007, reason: 'twilio_error' }, { code: 30006, reason: null }] });
  expect(draft.selectedNumbers).toEqual([phones[5]]);
  await expect(retryFailed(ctx, { id: broadcast.id, causes: [{ code: 30006, reason: null }, { code: 21610, reason: null }] })).rejects.toMatchObject({ code: 'no_recipients' });
});

test('a broadcast that is still sending has nobody to try again; one of another organisation does not exist', async () => {
  const { ctx, broadcast } = await finished('sending');
  await expect(retryFailed(ctx, { id: broadcast.id })).rejects.toMatchObject({ code: 'invalid_state' });
  const { broadcast: other } = await finished();
  await expect(retryFailed(ctx, { id: other.id })).rejects.toMatchObject({ code: 'not_found' });
});

test('an answer to one person becomes no draft: its words are literal', async () => {
  const { ctx } = await finished();
  const answer = await createBroadcast(db, ctx.organizationId, { status: 'sent', purpose: 'reply', content: 'Use {{code}}' });
  for (const copy of [retryFailed, duplicateBroadcast]) await expect(copy(ctx, { id: answer.id })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('inbox') });
});
