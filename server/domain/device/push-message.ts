import type { Context } from '#server/context.ts';
import { announce } from '#server/domain/device/announce.ts';

/** P77: tells devices that somebody wrote, once per message and device. */
export async function pushMessage(ctx: Context, { messageId }: { messageId: string }): Promise<void> {
  await ctx.transaction((tx) => announce(tx, ctx, 'message', messageId));
}

/** Tells devices what a keyword rule calls for. */
export async function pushNotice(ctx: Context, { messageId }: { messageId: string }): Promise<void> {
  await ctx.transaction((tx) => announce(tx, ctx, 'notice', messageId));
}
