import { expect, test, vi } from 'vitest';
import { phoneNumber } from '#db/factories.ts';
import { draftTo, pipeline } from '#server/domain/broadcast/pipeline.fixture.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { spendBreakdown } from '#server/domain/ledger/breakdown.ts';
import { readUsage } from '#server/domain/ledger/read-usage.ts';
import { settlePrices } from '#server/domain/ledger/settle.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';
import { twilioClient, watched } from '#server/twilio/client.ts';

const { simulator, organization } = await pipeline({ speed: 500 });

test('P82-P85: after a broadcast the ledger equals Twilio’s usage record, by country too; a message from elsewhere shows as such', async () => {
  const { ctx, account } = await organization();
  const draft = await draftTo(ctx, [phoneNumber(), phoneNumber(), '+4915123456789']);
  await sendBroadcast(ctx, { id: draft.id });
  await vi.waitFor(async () => { expect(await settlePrices(ctx)).toMatchObject({ left: false }); expect((await usageStatistics(ctx, {})).totals).toMatchObject({ handed: 3, unpricedMessages: 0 }); }, { timeout: 45_000, interval: 200 });
  const { days } = await readUsage(ctx);
  expect(days).toMatchObject([{ messages: 3, twilioMessages: 3, verdict: 'equal', difference: '0.000000' }]);
  const { byCountry, bySender } = await spendBreakdown(ctx, {});
  expect(byCountry.map(({ key, messages }) => [key, messages])).toEqual([['DE', 1], ['US', 2]]);
  expect(bySender).toMatchObject([{ key: account.numbers[0]!.phoneNumber, messages: 3, amount: days[0]!.settled }]);
  const elsewhere = twilioClient({ accountSid: account.accountSid, username: account.accountSid, password: account.authToken });
  await watched(5_000, () => elsewhere.messages.create({ to: phoneNumber(), from: account.numbers[0]!.phoneNumber, body: 'From a script' }));
  expect((await readUsage(ctx)).days).toMatchObject([{ twilioMessages: 4, verdict: 'other_traffic' }]);
});

test('when Twilio refuses, what was read before stays', async () => {
  const { ctx } = await organization();
  const before = await readUsage(ctx);
  simulator.state.config.all.maxConcurrentRequests = 0;
  await expect(readUsage(ctx)).rejects.toMatchObject({ code: 'twilio_failed' });
  simulator.state.config.all.maxConcurrentRequests = 500;
  expect((await readUsage(ctx)).days).toEqual(before.days);
});
