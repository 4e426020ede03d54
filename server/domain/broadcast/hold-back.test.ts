import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { acceptAgreement, createBroadcast, createContact, createOrganization, createSender } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import type { organizations } from '#db/schema/index.ts';
import { createContext, type Context } from '#server/context.ts';
import { claimSlice } from './claim.ts';
import { holdBack } from './hold-back.ts';
import { nextBroadcasts } from './next.ts';
import { lockPace } from '#server/domain/sender/lock-pace.ts';

const { db } = await testDatabase();
type Person = { phone: string; timeZone?: string };
type Broadcast = Parameters<typeof createBroadcast>[2];

/** A broadcast that is sending to these people, numbered in their order. */
async function sending(people: Person[], settings: Partial<typeof organizations.$inferInsert> = {}, values: Broadcast = {}, segmentsPerSecond = '225') {
  const { id: organizationId, owner } = await createOrganization(db, settings);
  await acceptAgreement(db, organizationId, owner.id, '1');
  const sender = await createSender(db, organizationId, { segmentsPerSecond });
  const broadcast = await createBroadcast(db, organizationId, { content: 'Hello', status: 'sending', senderId: sender.id, paceId: sender.paceId, total: people.length, lastSeq: people.length, ...values });
  const contacts = [];
  for (const [i, person] of people.entries()) {
    const contact = await createContact(db, organizationId, person);
    contacts.push(contact.id);
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient) values (${organizationId}, ${broadcast.id}, ${i + 1}, ${contact.id}, ${person.phone})`));
  }
  return { ctx: createContext(db, organizationId, { kind: 'system', task: 'test' }), broadcast, paceId: sender.paceId!, contacts };
}
type Sending = Awaited<ReturnType<typeof sending>>;

const heldOf = (ctx: Context) => ctx.transaction((tx) => rows<{ seq: number; reason: string; at: string }>(tx, sql`
  select seq, reason, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as at from delivery_retry where organization_id = ${ctx.organizationId} order by seq`));
/** The hold-back step as if it were this moment. */
const holdAt = ({ ctx, paceId }: Sending, moment: string) => ctx.transaction(async (tx) => {
  const pace = await lockPace(tx, ctx, paceId);
  const { broadcasts } = await nextBroadcasts(tx, ctx, pace, 1_000);
  return (await holdBack(tx, ctx, broadcasts[0]!, Date.parse(moment))).deliveries.map(({ seq }) => seq);
});
const claim = (ctx: Context, paceId: string) => claimSlice(ctx, {
  paceId, workerId: 'w', accountSid: `AC${paceId.replaceAll('-', '')}`, messagingServiceSid: 'MG1', capacity: 1_000, averageSegments: 1, lease: 30, headStart: 0, lateness: 0,
});

const fourZones: Person[] = [{ phone: '+12125550101' }, { phone: '+4915112345601' }, { phone: '+919812345601' }, { phone: '+12125550102', timeZone: 'America/Phoenix' }];

test('quiet hours: four zones in the night of a change; who may get it does, the others are held to the minute at which their night ends', async () => {
  const night = await sending(fourZones, { quietFrom: '21:00', quietTo: '08:00' });
  expect(await holdAt(night, '2026-03-08T03:30Z')).toEqual([3, 4]); // 22:30 New York · 04:30 Berlin · 09:00 Kolkata · 20:30 Phoenix
  expect(await heldOf(night.ctx)).toEqual([{ seq: 1, reason: 'quiet_hours', at: '2026-03-08T12:00' }, { seq: 2, reason: 'quiet_hours', at: '2026-03-08T07:00' }]);
  const autumn = await sending(fourZones, { quietFrom: '21:00', quietTo: '08:00' });
  expect(await holdAt(autumn, '2026-11-01T04:00Z')).toEqual([3]);
  expect((await heldOf(autumn.ctx)).map(({ seq, at }) => `${seq} ${at}`)).toEqual(['1 2026-11-01T13:00', '2 2026-11-01T07:00', '4 2026-11-01T15:00']);
});

test('quiet hours: a broadcast that ignores them leaves at night; an organisation without them, too', async () => {
  const urgent = await sending(fourZones, { quietFrom: '21:00', quietTo: '08:00' }, { ignoresQuietHours: true });
  expect(await holdAt(urgent, '2026-03-08T03:30Z')).toEqual([1, 2, 3, 4]);
  expect(await holdAt(await sending(fourZones), '2026-03-08T03:30Z')).toEqual([1, 2, 3, 4]);
});

test('quiet hours: whose they are is kept with who waits: the state, else the country, else only the zone of the contact', async () => {
  const people = [{ phone: '+12145550101' }, { phone: '+4915112345601' }, { phone: '+12125550102', timeZone: 'America/Phoenix' }, { phone: '+61412345678' }];
  const night = await sending(people, { quietFrom: '21:00', quietTo: '08:00' });
  expect(await holdAt(night, '2026-11-24T05:00Z')).toEqual([4]);
  const placesOf = await night.ctx.transaction((tx) => rows(tx, sql`select seq, place, zone from delivery_retry where organization_id = ${night.ctx.organizationId} order by seq`));
  expect(placesOf).toEqual([{ seq: 1, place: 'Texas', zone: 'America/Chicago' }, { seq: 2, place: 'DE', zone: 'Europe/Berlin' }, { seq: 3, place: null, zone: 'America/Phoenix' }]);
});

test('local time: each gets it at the same hour of their own wall, over a change of the clocks', async () => {
  const local = await sending(fourZones, {}, { localSendAt: '2026-03-08T09:00' });
  expect(await holdAt(local, '2026-03-07T20:00Z')).toEqual([]);
  expect((await heldOf(local.ctx)).map(({ seq, reason, at }) => `${seq} ${reason} ${at}`))
    .toEqual(['1 local_time 2026-03-08T13:00', '2 local_time 2026-03-08T08:00', '3 local_time 2026-03-08T03:30', '4 local_time 2026-03-08T16:00']);
});

test('a retry is looked at again: due in the night, it waits for the morning', async () => {
  const night = await sending([fourZones[0]!], { quietFrom: '21:00', quietTo: '08:00' });
  expect(await holdAt(night, '2026-01-10T18:00Z')).toEqual([1]);
  await night.ctx.transaction((tx) => tx.execute(sql`insert into delivery_retry (organization_id, broadcast_id, seq, due_at) values (${night.ctx.organizationId}, ${night.broadcast.id}, 1, now())`));
  expect(await holdAt(night, '2026-01-11T03:00Z')).toEqual([]);
  expect(await heldOf(night.ctx)).toEqual([{ seq: 1, reason: 'quiet_hours', at: '2026-01-11T13:00' }]);
});

test('frequency cap: who was messaged by another broadcast meanwhile is skipped; this broadcast itself and the one that it tries again do not count', async () => {
  const { ctx, broadcast, paceId, contacts } = await sending([{ phone: '+12125550111' }, { phone: '+12125550112' }, { phone: '+12125550113' }, { phone: '+12125550114' }], { frequencyCapHours: 24 });
  const [other, failed] = [await createBroadcast(db, ctx.organizationId), await createBroadcast(db, ctx.organizationId)];
  await ctx.transaction(async (tx) => {
    await tx.execute(sql`update broadcast set retry_of = ${failed.id} where id = ${broadcast.id}`);
    for (const [i, by, hours] of [[0, other.id, 23], [1, other.id, 25], [2, broadcast.id, 1], [3, failed.id, 1]] as const) {
      await tx.execute(sql`insert into contact_reach (organization_id, contact_id, last_handed_at, last_broadcast_id) values (${ctx.organizationId}, ${contacts[i]!}, now() - make_interval(hours => ${hours}::int), ${by})`);
    }
  });
  const { messages } = await claim(ctx, paceId);
  expect(messages.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  expect(await ctx.transaction((tx) => rows(tx, sql`select seq, reason from broadcast_delivery where broadcast_id = ${broadcast.id} and status = 'skipped'`))).toEqual([{ seq: 1, reason: 'frequency_cap' }]);
});

test('a slow sender puts its whole night aside at once; who may get it comes at the next turn', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16); // in Greenwich: hours to go in New York, long past in Kiritimati
  const people = Array.from({ length: 40 }, (_, i) => ({ phone: `+1212555${String(2_000 + i)}` }));
  const { ctx, paceId } = await sending([...people, { phone: '+12125550199', timeZone: 'Pacific/Kiritimati' }], {}, { localSendAt: inAnHour }, '1');
  expect((await claim(ctx, paceId)).messages).toEqual([]);
  expect((await heldOf(ctx)).map(({ reason }) => reason)).toEqual([...people.map(() => 'local_time'), 'retry']);
  expect((await claim(ctx, paceId)).messages.map(({ seq }) => seq)).toEqual([41]);
});
