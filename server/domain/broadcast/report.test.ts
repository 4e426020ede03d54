import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { reportBroadcast } from '#server/domain/broadcast/report.ts';
import { recountBroadcast } from '#server/domain/delivery/recount.ts';

const { db } = await testDatabase();

/** 1000 people: 20 opted out at the start, 10 skipped at their turn; the rest went to Twilio, each with its fate. */
async function finished() {
  const { id: organizationId } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const { id } = await createBroadcast(db, organizationId, { status: 'sent', total: 980, lastSeq: 1000, excluded: { duplicate: 30, optedOut: 20, noPhone: 7, excluded: 4 }, estimate: '7.740000', currency: 'USD' });
  await inSystem(db, async (tx) => {
    await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient) select ${organizationId}, ${id}, n, '+1415' || (5550000 + n) from generate_series(1, 1000) n`);
    await tx.execute(sql`
      update broadcast_delivery d set status = fate.status, reason = fate.reason, error_code = fate.code, provider_message_id = 'SM' || seq, segments = 1, estimate = 0.0079,
        handed_at = case when fate.status <> 'skipped' then timestamptz '2026-11-20T10:00:00Z' end, sent_at = case when fate.status in ('delivered', 'undelivered') then timestamptz '2026-11-20T10:00:00.5Z' end,
        delivered_at = case when fate.status = 'delivered' then timestamptz '2026-11-20T10:00:00Z' + seq * interval '10 milliseconds' end,
        price = case when fate.status in ('delivered', 'undelivered') and seq % 2 = 0 then 0.0083 end, price_unit = case when fate.status in ('delivered', 'undelivered') and seq % 2 = 0 then 'USD' end
      from generate_series(1, 1000) n cross join lateral (select
        (case when n > 970 then 'skipped' when n > 960 then 'undelivered' when n > 955 then 'failed' else 'delivered' end)::delivery_status as status,
        case when n > 980 then 'opted_out' when n > 970 then 'missing_variable' when n > 955 then 'twilio_error' end as reason,
        case when n between 961 and 968 then 30006 when n between 969 and 970 then 30003 when n between 956 and 960 then 21211 end as code) fate
      where d.broadcast_id = ${id} and d.seq = n`);
  });
  return { ctx, id };
}

test('P4, P85: the report’s counts and cost are those of a recount, and each step of the funnel holds the next', async () => {
  const { ctx, id } = await finished();
  const report = await reportBroadcast(ctx, { id });
  const recount = await recountBroadcast(ctx, { id });
  expect(report.counts).toEqual(recount.counts);
  const { settled, unpricedMessages, unpricedEstimate } = report.cost;
  expect({ settled, unpricedMessages, unpricedEstimate }).toEqual({ settled: recount.cost, unpricedMessages: recount.unpricedMessages, unpricedEstimate: recount.unpricedEstimate });
  expect(settled).toEqual([{ currency: 'USD', settled: '4.000600', pricedMessages: 482 }]);
  expect(report.funnel.map(({ key, count }) => [key, count])).toEqual([['audience', 1011], ['handed', 965], ['sent', 965], ['delivered', 955]]);
  for (const { statuses, count } of report.funnel.slice(1)) expect(statuses.reduce((sum, status) => sum + recount.counts[status], 0)).toBe(count);
});

test('everybody of the audience is either among the deliveries or left out without one, to the person', async () => {
  const { ctx, id } = await finished();
  const { broadcast, counts, funnel, skippedByReason } = await reportBroadcast(ctx, { id });
  const notSkipped = Object.entries(counts).filter(([status]) => status !== 'skipped').reduce((sum, [, count]) => sum + count, 0);
  expect(notSkipped + skippedByReason.reduce((sum, { count }) => sum + count, 0)).toBe(funnel[0]!.count);
  // Somebody in two lists is one person.
  expect(funnel[0]!.count).toBe(broadcast.total + Object.entries(broadcast.excluded).reduce((sum, [name, count]) => (name === 'duplicate' ? sum : sum + count), 0));
});

test('P85: what a delivered message cost, and what was paid for those that were not', async () => {
  const { ctx, id } = await finished();
  const { cost } = await reportBroadcast(ctx, { id });
  expect(cost).toMatchObject({ estimate: '7.740000', currency: 'USD', perDelivered: [{ currency: 'USD', amount: '0.008387' }], wasted: [{ currency: 'USD', amount: '0.041500', messages: 5 }] });
});

test('P41: everybody who was left out stands under one reason, whether they have a delivery or not', async () => {
  const { ctx, id } = await finished();
  expect((await reportBroadcast(ctx, { id })).skippedByReason.map(({ reason, count }) => [reason, count])).toEqual([['opted_out', 20], ['missing_variable', 10], ['no_phone', 7], ['excluded', 4]]);
});

test('failures are grouped by Twilio’s code, in plain words, the most frequent first', async () => {
  const { ctx, id } = await finished();
  const { errors } = await reportBroadcast(ctx, { id });
  expect(errors.map(({ code, count }) => [code, count])).toEqual([[30006, 8], [21211, 5], [30003, 2]]);
  expect(errors[0]).toMatchObject({ title: 'Landline or number that cannot get texts', action: 'Remove from list', group: 'fix_list' });
  expect(errors[2]).toMatchObject({ group: 'try_later' });
});

test('the time to deliver is counted from hand-over to receipt, each delivered message once', async () => {
  const { ctx, id } = await finished();
  const { deliverySeconds, durations } = await reportBroadcast(ctx, { id });
  expect(durations.filter(({ count }) => count > 0)).toEqual([{ upTo: 1, count: 99 }, { upTo: 2, count: 100 }, { upTo: 3, count: 100 }, { upTo: 5, count: 200 }, { upTo: 7, count: 200 }, { upTo: 10, count: 256 }]);
  expect(deliverySeconds).toEqual({ p50: expect.closeTo(4.78, 1), p90: expect.closeTo(8.88, 1), p99: expect.closeTo(9.89, 1) });
});

test('opt-outs per 1,000 delivered stand beside the mean of the last ten broadcasts before it', async () => {
  const { ctx, id } = await finished();
  expect((await reportBroadcast(ctx, { id })).responses).toMatchObject({ optOuts: 0, optOutsPer1000: 0, usualOptOutsPer1000: null, comparedWith: 0 });
  for (const [n, optOuts] of Array.from({ length: 12 }, (_, n) => [n, n < 2 ? 100 : n % 2 === 0 ? 10 : 20] as const)) {
    const before = await createBroadcast(db, ctx.organizationId, { status: 'sent', total: 1000, lastSeq: 1000, startedAt: new Date(Date.UTC(2026, 9, n + 1)) });
    await inSystem(db, async (tx) => {
      await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, provider_message_id) select ${ctx.organizationId}, ${before.id}, n, '+1415' || (5550000 + n), 'delivered', 'SM' || n from generate_series(1, 1000) n`);
      await tx.execute(sql`insert into broadcast_response (organization_id, broadcast_id, contact_id, kind) select ${ctx.organizationId}, ${before.id}, gen_random_uuid(), 'opt_out' from generate_series(1, ${optOuts}::int)`);
    });
  }
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_response (organization_id, broadcast_id, contact_id, kind) select ${ctx.organizationId}, ${id}, gen_random_uuid(), 'opt_out' from generate_series(1, 955)`));
  expect((await reportBroadcast(ctx, { id })).responses).toEqual({ replies: 0, optOuts: 955, repliesPer1000: 0, optOutsPer1000: 1000, usualRepliesPer1000: 0, usualOptOutsPer1000: 15, comparedWith: 10 });
});

test('another organisation has no report of it', async () => {
  const [{ id }, { ctx: other }] = [await finished(), await finished()];
  await expect(reportBroadcast(other, { id })).rejects.toMatchObject({ code: 'not_found' });
});
