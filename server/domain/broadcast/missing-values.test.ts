import { expect, test } from 'vitest';
import { inSystem, rows } from '#db/index.ts';
import { sql } from 'drizzle-orm';
import type { Context } from '#server/context.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { draftTo, eventually, pipeline } from './pipeline.fixture.ts';
import { previewBroadcast } from './preview.ts';
import { readBroadcast } from './read.ts';
import { reportBroadcast } from './report.ts';
import { sendBroadcast } from './send.ts';
import { updateBroadcast } from './update.ts';

const { db, simulator, organization } = await pipeline();
const PHONES = ['+12025557301', '+12025557302', '+12025557303'];

/** A draft "Dear {{lastName}}" to three people, of whom the last one has no last name, sent with this rule. */
async function sentWith(missingValues: Parameters<typeof updateBroadcast>[1]['missingValues'], optOutLine?: string) {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, PHONES, 'Dear {{lastName}}');
  await inSystem(db, (tx) => tx.execute(sql`update contact set last_name = 'Lee' where organization_id = ${ctx.organizationId} and phone <> ${PHONES[2]!}`));
  await updateBroadcast(ctx, { id: draft.id, missingValues, optOutLine });
  const arrived = () => simulator.state.journal.entries(account.accountSid, 0, 100).map(({ to, body }) => `${to} ${body}`).toSorted();
  return { ctx, draft, arrived };
}
const finished = (ctx: Context, id: string) => eventually(async () => (await readBroadcast(ctx, { id })).status === 'sent', 'the send');

test('D5: without a rule the place stays empty', async () => {
  const { ctx, draft, arrived } = await sentWith({});
  await sendBroadcast(ctx, { id: draft.id });
  await finished(ctx, draft.id);
  expect(arrived()).toEqual([`${PHONES[0]} Dear Lee`, `${PHONES[1]} Dear Lee`, `${PHONES[2]} Dear `]);
});

test('default: the person gets the value of the rule, and the opt-out line stands under it', async () => {
  const { ctx, draft, arrived } = await sentWith({ lastName: { policy: 'default', value: 'friend' } }, 'Reply STOP to opt out.');
  await sendBroadcast(ctx, { id: draft.id });
  await finished(ctx, draft.id);
  expect(arrived()[2]).toBe(`${PHONES[2]} Dear friend\nReply STOP to opt out.`);
});

test('skip: the person gets nothing, with the reason; the others get theirs', async () => {
  const { ctx, draft, arrived } = await sentWith({ lastName: { policy: 'skip' } });
  const { recipients } = await previewBroadcast(ctx, { id: draft.id });
  await sendBroadcast(ctx, { id: draft.id });
  await finished(ctx, draft.id);
  const { funnel, skippedByReason, broadcast } = await reportBroadcast(ctx, { id: draft.id });
  // The review, the report and the counts say the same number of recipients.
  expect(recipients).toBe(2);
  expect(funnel[0]!.count - skippedByReason.reduce((sum, { count }) => sum + count, 0)).toBe(recipients);
  expect(Object.values(broadcast.counts).reduce((sum, count) => sum + count, 0) - broadcast.counts.skipped).toBe(recipients);
  expect(arrived()).toEqual([`${PHONES[0]} Dear Lee`, `${PHONES[1]} Dear Lee`]);
  const { data } = await listDeliveries(ctx, { id: draft.id, status: 'skipped' });
  expect(data.map(({ recipient }) => recipient)).toEqual([PHONES[2]]);
  const [row] = await inSystem(db, (tx) => rows<{ reason: string }>(tx, sql`select reason from broadcast_delivery where organization_id = ${ctx.organizationId} and status = 'skipped'`));
  expect(row?.reason).toBe('missing_variable');
});

test('block: the send is refused with the number of people and the field, and nothing goes out', async () => {
  const { ctx, draft, arrived } = await sentWith({ lastName: { policy: 'block' } });
  await expect(sendBroadcast(ctx, { id: draft.id })).rejects.toMatchObject({
    code: 'validation_failed', status: 422, details: [{ field: 'missingValues', code: 'missing_variable', message: expect.stringContaining('1 person has no value for lastName') }],
  });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ status: 'draft', total: 0 });
  expect(arrived()).toEqual([]);
});
