import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { listDepartures } from './departures.ts';

const { db } = await testDatabase();
const phones = ['+12125550101', '+12125550102', '+4915112345601', '+919812345601', '+12085550101'];

async function draft(now: string, values: Parameters<typeof createBroadcast>[2] = {}) {
  const { id: organizationId, owner } = await createOrganization(db, { timeZone: 'Europe/Berlin', quietFrom: '21:00', quietTo: '08:00' });
  for (const phone of phones) await createContact(db, organizationId, { phone });
  await createContact(db, organizationId, { phone: '+12125550109', optedOut: true });
  const ctx = { ...createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'viewer', address: null }), now: () => new Date(now) };
  return { ctx, id: (await createBroadcast(db, organizationId, { recipientMethod: 'all', ...values })).id };
}
const lines = ({ departures }: Awaited<ReturnType<typeof listDepartures>>) => departures.map(({ zone, people, at, isQuiet }) => `${at.slice(0, 16)} ${zone} ${people}${isQuiet ? ' quiet' : ''}`);

test('now: who is awake gets it, the others at the end of their quiet hours, in the order of the hours', async () => {
  const { ctx, id } = await draft('2026-03-08T05:00Z');
  const now = await listDepartures(ctx, { id });
  expect(now).toMatchObject({ startsAt: '2026-03-08T05:00:00.000Z', people: 5, quietPeople: 4, problem: null, quietFrom: '21:00', organizationTimeZone: 'Europe/Berlin' });
  expect(lines(now)).toEqual([
    '2026-03-08T05:00 Asia/Calcutta 1', '2026-03-08T07:00 Europe/Berlin 1 quiet', '2026-03-08T12:00 America/New_York 2 quiet', '2026-03-08T15:00 null 1 quiet',
  ]);
});

test('in each recipient’s zone: the same hour on every wall, over a change of the clocks', async () => {
  const { ctx, id } = await draft('2026-03-06T12:00Z');
  const local = await listDepartures(ctx, { id, at: '2026-03-08T09:00', timeZone: 'Europe/Berlin', isLocal: true });
  expect(local.startsAt).toBe('2026-03-07T19:00:00.000Z');
  expect(lines(local)).toEqual(['2026-03-08T03:30 Asia/Calcutta 1', '2026-03-08T08:00 Europe/Berlin 1', '2026-03-08T13:00 America/New_York 2', '2026-03-08T16:00 null 1']);
});

test('at one moment: it says when a clock leaves the time out, shows it twice, or has passed it', async () => {
  const { ctx, id } = await draft('2026-03-06T12:00Z', { ignoresQuietHours: true });
  const at = (wall: string, timeZone: string) => listDepartures(ctx, { id, at: wall, timeZone });
  expect(await at('2026-03-08T02:30', 'America/New_York')).toMatchObject({ startsAt: '2026-03-08T07:00:00.000Z', clockChange: 'left_out', quietPeople: 0, ignoresQuietHours: true });
  expect(await at('2026-10-25T02:30', 'Europe/Berlin')).toMatchObject({ startsAt: '2026-10-25T00:30:00.000Z', clockChange: 'twice' });
  expect(await at('2026-03-08T09:00', 'Europe/Berlin')).toMatchObject({ startsAt: '2026-03-08T08:00:00.000Z', clockChange: null, people: 5, departures: expect.arrayContaining([expect.objectContaining({ zone: 'America/New_York', people: 2, at: '2026-03-08T08:00:00.000Z' })]) });
  expect(await at('2026-03-06T12:00', 'Europe/Berlin')).toMatchObject({ problem: expect.stringContaining('in the past') });
});

test('a neighbour’s draft does not exist', async () => {
  const [{ ctx }, other] = [await draft('2026-03-08T05:00Z'), await draft('2026-03-08T05:00Z')];
  await expect(listDepartures(ctx, { id: other.id })).rejects.toMatchObject({ code: 'not_found' });
});
