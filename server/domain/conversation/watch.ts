import type { Context } from '#server/context.ts';
import { listConversations } from '#server/domain/conversation/list.ts';
import { readThread } from '#server/domain/conversation/read-thread.ts';
import { watchInboxInput, type InboxSnapshot, type WatchInboxInput } from '#server/domain/conversation/schema.ts';
import { pause } from '#server/domain/pause.ts';

const INTERVAL = 900; // ms; a message shows within two seconds

/** The inbox as it is asked for and the thread that is open: a snapshot now and one whenever something changed, until the reader goes away. Whoever comes back begins with a snapshot, so a drop leaves no gap. */
export async function* watchInbox(ctx: Context, input: WatchInboxInput, signal?: AbortSignal): AsyncGenerator<InboxSnapshot> {
  const { conversationId, ...list } = watchInboxInput.parse(input);
  let last = '';
  while (!signal?.aborted) {
    const [page, thread] = await Promise.all([listConversations(ctx, list), conversationId ? readThread(ctx, { conversationId }) : null]);
    const snapshot = { page, thread };
    const content = JSON.stringify({ page: { ...page, asOf: null }, thread: thread && { ...thread, asOf: null } });
    if (content !== last) yield snapshot;
    last = content;
    await pause(INTERVAL, signal);
  }
}
