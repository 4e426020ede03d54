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
  const { id } = await createBroadcast(db, organizationId, { status: 'sent', total: 980, lastSeq: 1000, excluded: { optedOut: 20, noPhone: 7 }, estimate: '7.740000', currency: 'USD' });
  await inSystem(db, (tx) => tx.execute(sql`
    insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, reason, error_code, provider_message_id, handed_at, sent_at, delivered_at, segments, estimate, price, price_unit)
    select ${organizationId}, ${id}, n, '+1415' || (5550000 + n), status, reason, code, 'SM' || n,
      case when status <> 'skipped' then timestamptz '2026-11-20T10:00:00Z' end, case when status in ('delivered', 'undelivered') then timestamptz '2026-11-20T10:00:01Z' end,
      case when status = 'delivered' then timestamptz '2026-11-20T10:00:01Z' + n * interval '10 milliseconds' end, 1, 0.0079,
      case when status = 'delivered' and n % 2 = 0 then 0.0083 end, case when status = 'delivered' and n % 2 = 0 then 'USD' end
    from generate_series(1, 1000) n cross join lateral (select
      (case when n > 980 then 'skipped' when n > 970 then 'skipped' when n > 960 then 'undelivered' when n > 955 then 'failed' else 'delivered' end)::delivery_status as status,
      case when n > 980 then 'opted_out' when n > 970 then 'missing_variable' end as reason,
      case when n between 961 and 968 then 30006 when n between 969 and 970 then 30003 when n between 956 and 960 then 21211 end as code) fate`));
  return { ctx, id };
}

test('P85: the report’s counts and cost are those of a recount, and each step of the funnel holds the next', async () => {
  const { ctx, id } = await finished();
  const report = await reportBroadcast(ctx, { id });
  const recount = await recountBroadcast(ctx, { id });
  expect(report.counts).toEqual(recount.counts);
  expect(report.cost).toEqual({ estimate: '7.740000', currency: 'USD', settled: recount.cost, unpricedMessages: recount.unpricedMessages, unpricedEstimate: recount.unpricedEstimate });
  expect(report.cost.settled).toEqual([{ currency: 'USD', settled: '3.959100', pricedMessages: 477 }]);
  expect(report.funnel).toEqual([{ step: 'Audience', count: 1007 }, { step: 'Handed to Twilio', count: 965 }, { step: 'Sent to the carrier', count: 965 }, { step: 'Delivered', count: 955 }]);
});

test('P41: everybody who was left out stands under one reason, whether they have a delivery or not', async () => {
  const { ctx, id } = await finished();
  expect((await reportBroadcast(ctx, { id })).skippedByReason.map(({ reason, count }) => [reason, count])).toEqual([['opted_out', 20], ['missing_variable', 10], ['no_phone', 7]]);
});

test('failures are grouped by Twilio’s code, in plain words, the most frequent first', async () => {
  const { ctx, id } = await finished();
  const { errors } = await reportBroadcast(ctx, { id });
  expect(errors.map(({ code, count }) => [code, count])).toEqual([[30006, 8], [21211, 5], [30003, 2]]);
  expect(errors[0]).toMatchObject({ title: 'Landline or number that cannot get texts', action: 'Remove from list' });
});

test('the time to deliver is measured from sent to delivered', async () => {
  const { ctx, id } = await finished();
  const { deliverySeconds } = await reportBroadcast(ctx, { id });
  expect(deliverySeconds).toEqual({ p50: expect.closeTo(4.78, 2), p90: expect.closeTo(8.6, 1), p99: expect.closeTo(9.46, 1) });
});

test('another organisation has no report of it', async () => {
  const [{ id }, { ctx: other }] = [await finished(), await finished()];
  await expect(reportBroadcast(other, { id })).rejects.toMatchObject({ code: 'not_found' });
});
