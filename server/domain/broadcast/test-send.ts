import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { requireBudgetLeft } from '#server/domain/broadcast/budget.ts';
import { requireRoute } from '#server/domain/broadcast/ready.ts';
import { lockBroadcast, requireStatus, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import { testSendInput, type TestSendInput, type TestSendView } from '#server/domain/review/schema.ts';
import { composeTest, requireSendable, type TestMessage } from '#server/domain/broadcast/compose-test.ts';
import type { ResolvedSender } from '#server/domain/sender/resolve.ts';
import { enqueue } from '#server/queue.ts';

/**
 * Sends a draft to at most five numbers as it would reach one contact, through the same pipeline: a broadcast of its own (`testId`) with its
 * deliveries, paced, after agreement (402), Twilio, sender and opt-outs were checked. It stands in no list, report or cap, but it costs.
 * @throws Problem agreement_required, twilio_not_configured, sender_not_…, validation_failed, no_recipients, budget_reached
 */
export async function testSend(ctx: Context, given: TestSendInput): Promise<TestSendView> {
  requireRole(ctx, 'marketer');
  const input = testSendInput.parse(given);
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, input.id);
    requireStatus(broadcast, ['draft', 'scheduled'], 'sending a test of it');
    const sender = await requireRoute(tx, ctx, broadcast);
    const message = await composeTest(tx, ctx, broadcast, input);
    requireSendable(message);
    await requireBudgetLeft(tx, ctx, message.estimate);
    const testId = await writeTest(tx, ctx, broadcast, sender, message);
    await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: sender.pace.id });
    return { testId, text: message.text, segments: message.segments, estimate: message.estimate, currency: message.currency };
  });
}

/** The recipient of each delivery is the number, its contact the one whose values fill the text. */
async function writeTest(tx: Tx, ctx: Context, broadcast: BroadcastRow, { sender, pace }: ResolvedSender, { content, contact, phones, estimate, currency }: TestMessage): Promise<string> {
  const { channel, mediaUrls, templateSid, templateVariables, senderPhone, missingValues, optOutLine } = broadcast;
  const [test] = await tx.insert(broadcasts).values({
    organizationId: ctx.organizationId, name: `Test of ${broadcast.name}`.slice(0, 200), channel, content, mediaUrls, templateSid, templateVariables, senderPhone, missingValues, optOutLine,
    purpose: 'test', recipientMethod: 'numbers', ignoresQuietHours: true, status: 'sending', senderId: sender.id, paceId: pace.id,
    total: phones.length, lastSeq: phones.length, estimate, currency, createdBy: userId(ctx), startedAt: ctx.now(),
  }).returning({ id: broadcasts.id });
  // Data of the members of its lists fills placeholders too.
  await tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position, is_excluded)
    select organization_id, ${test!.id}, list_id, position, is_excluded from broadcast_list where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcast.id}`);
  const addresses = JSON.stringify(phones.map(channels[channel].toAddress));
  await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient)
    select ${ctx.organizationId}, ${test!.id}, ordinality, ${contact.id}, value from json_array_elements_text(${addresses}::json) with ordinality`);
  return test!.id;
}
