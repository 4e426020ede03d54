import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { whereBroadcast } from '#server/domain/broadcast/row.ts';
import { previewTestInput, type PreviewTestInput, type TestPreviewView } from '#server/domain/review/schema.ts';
import { composeTest } from '#server/domain/broadcast/compose-test.ts';
import { notFound } from '#server/errors.ts';

/** Text, segments and cost of a test send, and what stands against it. Sends and writes nothing. @throws as composeTest */
export async function previewTest(ctx: Context, given: PreviewTestInput): Promise<TestPreviewView> {
  const input = previewTestInput.parse(given);
  return ctx.transaction(async (tx) => {
    const [broadcast] = await tx.select().from(broadcasts).where(whereBroadcast(ctx, input.id));
    if (!broadcast) throw notFound('broadcast');
    const { contact, text, segments, estimate, currency, problems } = await composeTest(tx, ctx, broadcast, input);
    return { contactId: contact.id, contactName: contact.name, text, segments, estimate, currency, problems };
  });
}
