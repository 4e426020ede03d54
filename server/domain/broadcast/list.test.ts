import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender, createUser } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { listChoices } from './list-choices.ts';
import { listBroadcasts } from './list.ts';

const { db } = await testDatabase();

async function furnished() {
  const { id, owner } = await createOrganization(db, { timeZone: 'America/New_York' });
  const bea = await createUser(db, { name: 'Bea' });
  const sender = await createSender(db, id, { address: '+12025550111' });
  await createBroadcast(db, id, { name: 'Sent', status: 'sent', senderId: sender.id, createdBy: owner.id, startedAt: new Date('2026-12-01T04:30:00Z') });
  await createBroadcast(db, id, { name: 'Planned', status: 'scheduled', senderPhone: '+12025550111', createdBy: bea.id, scheduledAt: new Date('2026-12-02T15:00:00Z') });
  await createBroadcast(db, id, { name: 'Draft', channel: 'whatsapp', senderPhone: 'whatsapp:+12025550112', createdBy: bea.id });
  await createBroadcast(db, id, { name: 'A test', purpose: 'test', status: 'sent', createdBy: bea.id });
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  const names = async (filter: Parameters<typeof listBroadcasts>[1]) => (await listBroadcasts(ctx, filter)).data.map(({ name }) => name).sort();
  return { ctx, owner, bea, names };
}

test('the list narrows by sender, whether fixed at the start or chosen in the draft, and by author', async () => {
  const { bea, names } = await furnished();
  expect(await names({ sender: '+12025550111' })).toEqual(['Planned', 'Sent']);
  expect(await names({ sender: 'whatsapp:+12025550112' })).toEqual(['Draft']);
  expect(await names({ author: bea.id })).toEqual(['Draft', 'Planned']);
  expect(await names({ author: bea.id, sender: '+12025550111' })).toEqual(['Planned']);
});

test('days are those of the organisation, both ends included, of the start or of the planned one; a draft has none', async () => {
  const { names } = await furnished();
  expect(await names({ from: '2026-11-30', to: '2026-11-30' })).toEqual(['Sent']);
  expect(await names({ from: '2026-12-01' })).toEqual(['Planned']);
  expect(await names({ from: '2026-11-30', to: '2026-12-02' })).toEqual(['Planned', 'Sent']);
  expect(await names({ to: '2026-11-29' })).toEqual([]);
});

test('each choice is counted under the other filters, not under its own, and tests of a text count nowhere', async () => {
  const { ctx, owner, bea } = await furnished();
  const all = await listChoices(ctx, {});
  expect(all.senders).toEqual([{ value: '+12025550111', count: 2 }, { value: 'whatsapp:+12025550112', count: 1 }]);
  expect(all.authors).toEqual([{ value: bea.id, name: 'Bea', count: 2 }, { value: owner.id, name: owner.name, count: 1 }]);
  const ofBea = await listChoices(ctx, { author: bea.id });
  expect(ofBea.statuses).toEqual([{ value: 'draft', count: 1 }, { value: 'scheduled', count: 1 }]);
  expect(ofBea.channels).toEqual([{ value: 'sms', count: 1 }, { value: 'whatsapp', count: 1 }]);
  expect(ofBea.authors).toEqual(all.authors);
  expect((await listChoices(ctx, { from: '2026-12-01', to: '2026-12-31' })).authors).toEqual([{ value: bea.id, name: 'Bea', count: 1 }]);
});
