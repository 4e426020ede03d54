import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { broadcastCalendar } from './calendar.ts';

const { db } = await testDatabase();

async function inZone(timeZone: string) {
  const { id } = await createOrganization(db, { timeZone });
  return { id, ctx: createContext(db, id, { kind: 'system', task: 'test' }) };
}
const at = (text: string) => new Date(text);

test('the days are those of the organisation: late in the evening in New York is still that day, and that month', async () => {
  const { id, ctx } = await inZone('America/New_York');
  await createBroadcast(db, id, { name: 'Late', status: 'sent', total: 7, lastSeq: 7, startedAt: at('2026-12-01T04:30:00Z') });
  await createBroadcast(db, id, { name: 'Next month', status: 'scheduled', scheduledAt: at('2026-12-01T05:00:00Z') });
  const november = await broadcastCalendar(ctx, { month: '2026-11' });
  expect(november).toMatchObject({ month: '2026-11', timeZone: 'America/New_York', entries: [{ name: 'Late', day: '2026-11-30', time: '23:30', total: 7, at: '2026-12-01T04:30:00.000Z' }] });
  expect((await broadcastCalendar(ctx, { month: '2026-12' })).entries).toMatchObject([{ name: 'Next month', day: '2026-12-01', time: '00:00', total: null }]);
});

test('people are the recipients: who was left out before the send or at their turn is none', async () => {
  const { id, ctx } = await inZone('UTC');
  const sent = await createBroadcast(db, id, { status: 'sent', total: 4, lastSeq: 5, startedAt: at('2026-11-10T10:00:00Z') });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, provider_message_id)
    select ${id}, ${sent.id}, n, '+1415555010' || n, (case when n < 4 then 'delivered' else 'skipped' end)::delivery_status, case when n < 4 then 'SM' || n end from generate_series(1, 5) n`));
  expect((await broadcastCalendar(ctx, { month: '2026-11' })).entries).toMatchObject([{ total: 3 }]);
});

test('drafts and tests of a text are not in it, a broadcast of another organisation neither; the earliest stands first', async () => {
  const { id, ctx } = await inZone('UTC');
  const { id: other } = await createOrganization(db);
  await createBroadcast(db, id, { name: 'Second', status: 'cancelled', startedAt: at('2026-11-10T10:00:00Z') });
  await createBroadcast(db, id, { name: 'First', status: 'scheduled', scheduledAt: at('2026-11-10T09:00:00Z') });
  await createBroadcast(db, id, { name: 'Draft', scheduledAt: at('2026-11-10T08:00:00Z') });
  await createBroadcast(db, id, { name: 'A test', status: 'sent', purpose: 'test', startedAt: at('2026-11-10T08:00:00Z') });
  await createBroadcast(db, other, { name: 'Theirs', status: 'sent', startedAt: at('2026-11-10T08:00:00Z') });
  expect((await broadcastCalendar(ctx, { month: '2026-11' })).entries.map(({ name }) => name)).toEqual(['First', 'Second']);
});

test('what goes by the clock of each recipient stands on the day which that clock shows, until it has begun', async () => {
  const { id, ctx } = await inZone('America/New_York');
  const local = { localSendAt: '2026-11-10T09:00', scheduledAt: at('2026-11-09T19:00:00Z') };
  await createBroadcast(db, id, { name: 'Waits', status: 'scheduled', ...local });
  await createBroadcast(db, id, { name: 'Begun', status: 'sending', startedAt: at('2026-11-09T19:00:00Z'), ...local });
  expect((await broadcastCalendar(ctx, { month: '2026-11' })).entries).toMatchObject([{ name: 'Begun', day: '2026-11-09', time: '14:00' }, { name: 'Waits', day: '2026-11-10', time: '09:00', isLocal: true }]);
});

test('without a month it is the running one', async () => {
  const { ctx } = await inZone('UTC');
  expect(await broadcastCalendar(ctx, {})).toMatchObject({ month: new Date().toISOString().slice(0, 7), today: new Date().toISOString().slice(0, 10), entries: [] });
});
