import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { cancelBroadcast } from './cancel.ts';
import { draftTo, pipeline } from './pipeline.fixture.ts';
import { readBroadcast } from './read.ts';
import { sendBroadcast } from './send.ts';
import { startScheduled } from './start-scheduled.ts';

const { db, worker, organization } = await pipeline();
await worker.stop(); // bookings are looked at here, not carried out

const at = (now: string, ctx: Context): Context => ({ ...ctx, now: () => new Date(now) });
const startsOf = (id: string) => inSystem(db, (tx) => rows<{ at: string }>(tx, sql`
  select to_char(j.run_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where t.identifier = 'start-broadcast' and j.payload->>'broadcastId' = ${id} order by j.id`));
const minutes = (moment: string | null) => moment?.slice(0, 16);

test('one moment for all: it is booked with the zone in which it was chosen, and can be booked anew', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+12025554101']);
  const now = at('2026-03-01T10:00Z', ctx);
  expect(await sendBroadcast(now, { id: draft.id, scheduledAt: '2026-03-08T09:00:00-04:00', timeZone: 'America/New_York' })).toMatchObject({ status: 'scheduled' });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ status: 'scheduled', scheduledAt: '2026-03-08T13:00:00.000Z', timeZone: 'America/New_York', localSendAt: null });
  await sendBroadcast(now, { id: draft.id, localSendAt: '2026-03-09T18:30', timeZone: 'Europe/Berlin' });
  const again = await readBroadcast(ctx, draft);
  expect([minutes(again.scheduledAt), again.localSendAt, again.timeZone]).toEqual(['2026-03-09T04:30', '2026-03-09T18:30', 'Europe/Berlin']);
  expect((await startsOf(draft.id)).map((start) => start.at)).toEqual(['2026-03-08T13:00', '2026-03-09T04:30']);
  await startScheduled(at('2026-03-08T13:00:01Z', ctx), { broadcastId: draft.id });
  expect((await readBroadcast(ctx, draft)).status, 'the first booking does nothing any more').toBe('scheduled');
});

test('local time: it begins when the first clock of the earth shows the hour, or at once when that has been', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+12025554101']);
  await sendBroadcast(at('2026-03-08T12:00Z', ctx), { id: draft.id, localSendAt: '2026-03-08T18:00' });
  expect(minutes((await readBroadcast(ctx, draft)).scheduledAt)).toBe('2026-03-08T12:00');
  await startScheduled(at('2026-03-08T12:00:01Z', ctx), { broadcastId: draft.id });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ status: 'sending', localSendAt: '2026-03-08T18:00', total: 1 });
});

test('a time that has passed everywhere, does not exist, or lies too far ahead is refused, and half a schedule too; the draft stays', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+12025554101']);
  const now = at('2026-03-08T12:00Z', ctx);
  const refusal = async (input: object) => sendBroadcast(now, { id: draft.id, ...input }).then(() => 'sent', (error: { details: Array<{ field: string; code: string }> }) => `${error.details[0]!.field} ${error.details[0]!.code}`);
  expect(await refusal({ scheduledAt: '2026-03-08T11:59:00Z' })).toBe('scheduledAt in_the_past');
  expect(await refusal({ localSendAt: '2026-03-08T00:00' })).toBe('localSendAt in_the_past');
  expect(await refusal({ localSendAt: '2027-04-01T00:00' })).toBe('localSendAt too_far');
  expect(await refusal({ localSendAt: '2026-02-30T09:00' })).toBe('localSendAt invalid');
  expect(await refusal({ scheduledAt: '2026-03-09T11:59:00Z', timeZone: 'Mars/Base' })).toBe('timeZone invalid');
  expect(await refusal({ scheduledAt: '2026-03-09T11:59:00Z', localSendAt: '2026-03-09T09:00' })).toBe('localSendAt invalid');
  expect(await refusal({ timeZone: 'Europe/Berlin' })).toBe('scheduledAt required');
  expect(await refusal({ fixAudience: true })).toBe('scheduledAt required');
  expect((await readBroadcast(ctx, draft)).status).toBe('draft');
});

test('taken back it is a draft as before: no time, no zone, no fixed audience', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+12025554101']);
  await sendBroadcast(at('2026-03-01T10:00Z', ctx), { id: draft.id, localSendAt: '2026-03-09T18:30', timeZone: 'Europe/Berlin', fixAudience: true });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ audienceFixedAt: expect.any(String) });
  expect(await cancelBroadcast(ctx, draft)).toMatchObject({ status: 'draft', scheduledAt: null, localSendAt: null, timeZone: null, audienceFixedAt: null });
});

test('fixed now or at the send: who joins after the booking is left out, or gets it', async () => {
  const { ctx } = await organization();
  const soon = new Date(Date.now() + 60_000).toISOString();
  for (const [fixAudience, people] of [[true, 1], [false, 2]] as const) {
    const draft = await draftTo(ctx, [`+120255543${people}0`]);
    await sendBroadcast(ctx, { id: draft.id, scheduledAt: soon, fixAudience });
    const late = await createContact(db, ctx.organizationId, { phone: `+120255543${people}9` });
    await addMembers(ctx, { list: draft.selectedLists[0]!, members: [{ contactId: late.id }] });
    await startScheduled(at(new Date(Date.now() + 61_000).toISOString(), ctx), { broadcastId: draft.id });
    expect((await listDeliveries(ctx, { id: draft.id })).total, `fixed: ${fixAudience}`).toBe(people);
  }
});

test('sent by hand before its hour, it goes to everybody now', async () => {
  const { ctx } = await organization();
  const draft = await draftTo(ctx, ['+12025554101']);
  await sendBroadcast(at('2026-03-01T10:00Z', ctx), { id: draft.id, localSendAt: '2026-03-09T18:30' });
  expect(await sendBroadcast(ctx, { id: draft.id })).toMatchObject({ status: 'sending', total: 1 });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ localSendAt: null, scheduledAt: null });
});
