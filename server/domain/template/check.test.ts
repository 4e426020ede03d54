import { expect, test } from 'vitest';
import { eventually, pipeline } from '#server/domain/broadcast/pipeline.fixture.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { readVersion } from '#server/domain/template/read.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';

const { organization } = await pipeline({ speed: 20 });

test('P59: with a worker running the decision arrives by itself', async () => {
  const { ctx } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, { name: 'order_shipped', content: { body: 'Your order has left our house and will be with you soon.' } }));
  const decided = await eventually(async () => { const now = await readVersion(ctx, sent); return now.status === 'approved' && now; }, 'the template is approved');
  expect(decided).toMatchObject({ statusSource: 'poll', decidedAt: expect.any(String) });
});
