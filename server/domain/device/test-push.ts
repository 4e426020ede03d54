import type { Context } from '#server/context.ts';
import { push, type PushPayload } from '#server/domain/device/push-service.ts';
import { noteOutcome } from '#server/domain/device/record-push.ts';
import { readMine, subscriptionOf } from '#server/domain/device/row.ts';
import { deviceInput, type DeviceInput } from '#server/domain/device/schema.ts';
import type { Post } from '#server/domain/outbound/post.ts';
import { Problem } from '#server/errors.ts';

const content: Omit<PushPayload, 'id' | 'deviceId'> = { title: 'A test from Hailer', body: 'Notifications reach this device.', tag: 'test', url: '/settings/devices' };

/** Pushes at once, quiet times or not. @throws Problem invalid_state saying why it did not go out */
export async function testPush(ctx: Context, input: DeviceInput, post?: Post): Promise<{ sent: true }> {
  const { deviceId } = deviceInput.parse(input);
  const row = await ctx.transaction((tx) => readMine(tx, ctx, deviceId));
  const subscription = subscriptionOf(row);
  if (!subscription) throw new Problem('invalid_state', 'This device has no push subscription. Turn notifications on in its browser.');
  if (!row.isSignedIn) throw new Problem('invalid_state', 'The sign-in of this device is over, and nothing is pushed to it. Sign in there again.');
  const outcome = await push(subscription, { ...content, id: `test-${ctx.now().getTime()}`, deviceId }, post);
  await ctx.transaction((tx) => noteOutcome(tx, ctx, { ...row, deviceId }, outcome));
  if (outcome.kind === 'taken') return { sent: true };
  throw new Problem('invalid_state', outcome.kind === 'gone' ? 'The browser has ended this subscription; it was removed. Turn notifications on again there.' : outcome.error);
}
