import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization, phoneNumber } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { createShare } from './create.ts';
import { listShares } from './list.ts';
import { readSharedReport } from './read.ts';
import { revokeShare } from './revoke.ts';

const { db } = await testDatabase();
const DAY = 86_400_000;

async function reported() {
  const { id, owner } = await createOrganization(db, { name: 'Acme' });
  const as = (role: 'marketer' | 'viewer') => createContext(db, id, { kind: 'user', userId: owner.id, role, address: null });
  const secret = { phone: phoneNumber(), firstName: 'Persephone', lastName: 'Quillfeather' };
  const contact = await createContact(db, id, secret);
  const broadcast = await createBroadcast(db, id, {
    name: 'March promo', content: `Hi ${secret.firstName}`, status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1, startedAt: new Date(), senderPhone: '+12025550199', statusReason: `Paused by ${secret.lastName}.`, createdBy: owner.id,
  });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, provider_message_id) values (${id}, ${broadcast.id}, 1, ${contact.id}, ${secret.phone}, 'delivered', 'SM1')`));
  return { ctx: as('marketer'), viewer: as('viewer'), broadcastId: broadcast.id, owner, secret };
}
const tokenOf = (path: string) => path.slice('/r/'.length);
const read = (path: string, at = new Date()) => readSharedReport(db, tokenOf(path), at);

test('a link shows the figures of one report and nothing that names or reaches a person', async () => {
  const { ctx, broadcastId, owner, secret } = await reported();
  const { path } = await createShare(ctx, { broadcastId, days: 30, showsCost: true });
  const report = await read(path);
  expect(report).toMatchObject({ name: 'March promo', organization: 'Acme', status: 'sent', counts: { delivered: 1 }, cost: { unpricedMessages: expect.any(Number) } });
  const text = JSON.stringify(report);
  for (const personal of [...Object.values(secret), owner.name, owner.email, '+12025550199', broadcastId, 'Hi ']) expect(text).not.toContain(personal);
});

test('the cost is left out where it was not meant to be seen', async () => {
  const { ctx, broadcastId } = await reported();
  expect((await read((await createShare(ctx, { broadcastId, days: 30, showsCost: false })).path))?.cost).toBeNull();
});

test('a token cannot be guessed, and of it only a hash is kept', async () => {
  const { ctx, broadcastId } = await reported();
  const [one, other] = [await createShare(ctx, { broadcastId, days: 1, showsCost: true }), await createShare(ctx, { broadcastId, days: 1, showsCost: true })];
  expect(tokenOf(one.path)).toMatch(/^[0-9a-f]{32}$/);
  expect(one.path).not.toBe(other.path);
  const kept = JSON.stringify(await inSystem(db, (tx) => rows(tx, sql`select * from report_share where organization_id = ${ctx.organizationId}`)));
  expect(kept).not.toContain(tokenOf(one.path));
  expect(JSON.stringify(await listShares(ctx, { broadcastId }))).not.toContain(tokenOf(one.path));
  for (const wrong of ['', '0'.repeat(32), tokenOf(one.path).toUpperCase(), `${tokenOf(one.path)}0`, '../..']) expect(await readSharedReport(db, wrong, new Date())).toBeNull();
});

test('a link ends at its time, and at once when it is revoked; the others go on', async () => {
  const { ctx, broadcastId } = await reported();
  const [short, long] = [await createShare(ctx, { broadcastId, days: 7, showsCost: true }), await createShare(ctx, { broadcastId, days: 90, showsCost: true })];
  const later = new Date(Date.now() + 8 * DAY);
  expect([await read(short.path, later), (await read(long.path, later))?.name]).toEqual([null, 'March promo']);
  await revokeShare(ctx, { id: long.id });
  await revokeShare(ctx, { id: long.id });
  expect([await read(long.path), (await read(short.path))?.name]).toEqual([null, 'March promo']);
  expect((await listShares(ctx, { broadcastId })).map(({ id }) => id)).toEqual([short.id]);
});

test('who may only look shares nothing; nobody shares or revokes another organisation’s report, nor one that has not begun', async () => {
  const { ctx, viewer, broadcastId } = await reported();
  const { ctx: stranger } = await reported();
  const share = await createShare(ctx, { broadcastId, days: 7, showsCost: true });
  await expect(createShare(viewer, { broadcastId, days: 7, showsCost: true })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(revokeShare(viewer, { id: share.id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(createShare(stranger, { broadcastId, days: 7, showsCost: true })).rejects.toMatchObject({ code: 'not_found' });
  await expect(revokeShare(stranger, { id: share.id })).rejects.toMatchObject({ code: 'not_found' });
  expect(await listShares(stranger, { broadcastId })).toEqual([]);
  const draft = await createBroadcast(db, ctx.organizationId);
  await expect(createShare(ctx, { broadcastId: draft.id, days: 7, showsCost: true })).rejects.toMatchObject({ code: 'invalid_state' });
});
