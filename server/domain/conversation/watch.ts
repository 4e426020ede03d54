import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { listConversations } from '#server/domain/conversation/list.ts';
import { readThread } from '#server/domain/conversation/read-thread.ts';
import { watchInboxInput, type InboxSnapshot, type ListConversationsInput, type WatchInboxInput } from '#server/domain/conversation/schema.ts';
import { pause } from '#server/domain/pause.ts';

const INTERVAL = 900; // ms; a message shows within two seconds
/** The list is read anew at least so often, in ms: windows and snoozes end, contacts change without a word to the inbox. */
const LONGEST = 6_000;

/** The inbox as it is asked for and the thread that is open: a snapshot now and one whenever something changed, until the reader goes away. Whoever comes back begins with a snapshot, so a drop leaves no gap. */
export async function* watchInbox(ctx: Context, input: WatchInboxInput, signal?: AbortSignal): AsyncGenerator<InboxSnapshot> {
  const { conversationId, ...list } = watchInboxInput.parse(input);
  let [last, known] = ['', await readList(ctx, list, await stateOf(ctx))];
  while (!signal?.aborted) {
    const state = await stateOf(ctx);
    if (known.state !== state || Date.now() - known.readAt > LONGEST) known = await readList(ctx, list, state);
    const snapshot = { page: known.page, thread: conversationId ? await readThread(ctx, { conversationId }) : null };
    const content = JSON.stringify({ page: { ...snapshot.page, asOf: null }, thread: snapshot.thread && { ...snapshot.thread, asOf: null } });
    if (content !== last) yield snapshot;
    last = content;
    await pause(INTERVAL, signal);
  }
}

const readList = async (ctx: Context, list: ListConversationsInput, state: string) => ({ page: await listConversations(ctx, list), state, readAt: Date.now() });

/** Changes with every message, note and act; much cheaper than the list, and a search reads every text. */
async function stateOf(ctx: Context): Promise<string> {
  const [state] = await ctx.transaction((tx) => rows<{ state: string }>(tx, sql`
    select count(*) || ' ' || coalesce(max(updated_at)::text, '') || ' ' || coalesce(max(last_message_at)::text, '') || ' ' || coalesce(sum(unread), 0) as state from conversation where organization_id = ${ctx.organizationId}`));
  return state!.state;
}
