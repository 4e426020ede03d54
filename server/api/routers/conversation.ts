import { memberProcedure, router } from '#server/api/trpc.ts';
import { assignConversation, listColleagues } from '#server/domain/conversation/assign.ts';
import { closeConversation } from '#server/domain/conversation/close.ts';
import { decideOptOut } from '#server/domain/conversation/decide-opt-out.ts';
import { listConversations } from '#server/domain/conversation/list.ts';
import { markRead } from '#server/domain/conversation/mark-read.ts';
import { writeNote } from '#server/domain/conversation/note.ts';
import { deleteQuickReply, listQuickReplies, saveQuickReply } from '#server/domain/conversation/quick-replies.ts';
import { readThread } from '#server/domain/conversation/read-thread.ts';
import { assignInput, closeInput, decideOptOutInput, listConversationsInput, markReadInput, noteInput, quickReplyInput, readThreadInput, replyInput, saveQuickReplyInput, snoozeInput, startConversationInput, watchInboxInput } from '#server/domain/conversation/schema.ts';
import { reply } from '#server/domain/conversation/reply.ts';
import { snoozeConversation } from '#server/domain/conversation/snooze.ts';
import { startConversation } from '#server/domain/conversation/start.ts';
import { watchInbox } from '#server/domain/conversation/watch.ts';

export const conversationRouter = router({
  list: memberProcedure.input(listConversationsInput).query(({ ctx, input }) => listConversations(ctx, input)),
  thread: memberProcedure.input(readThreadInput).query(({ ctx, input }) => readThread(ctx, input)),
  /** Server-sent events: a new snapshot whenever something changed. */
  watch: memberProcedure.input(watchInboxInput).subscription(({ ctx, input, signal }) => watchInbox(ctx, input, signal)),
  reply: memberProcedure.input(replyInput).mutation(({ ctx, input }) => reply(ctx, input)),
  note: memberProcedure.input(noteInput).mutation(({ ctx, input }) => writeNote(ctx, input)),
  assign: memberProcedure.input(assignInput).mutation(({ ctx, input }) => assignConversation(ctx, input)),
  close: memberProcedure.input(closeInput).mutation(({ ctx, input }) => closeConversation(ctx, input)),
  snooze: memberProcedure.input(snoozeInput).mutation(({ ctx, input }) => snoozeConversation(ctx, input)),
  markRead: memberProcedure.input(markReadInput).mutation(({ ctx, input }) => markRead(ctx, input)),
  decideOptOut: memberProcedure.input(decideOptOutInput).mutation(({ ctx, input }) => decideOptOut(ctx, input)),
  start: memberProcedure.input(startConversationInput).mutation(({ ctx, input }) => startConversation(ctx, input)),
  /** Whom a conversation can be given to. */
  colleagues: memberProcedure.query(({ ctx }) => listColleagues(ctx)),
  quickReplies: memberProcedure.query(({ ctx }) => listQuickReplies(ctx)),
  saveQuickReply: memberProcedure.input(saveQuickReplyInput).mutation(({ ctx, input }) => saveQuickReply(ctx, input)),
  deleteQuickReply: memberProcedure.input(quickReplyInput).mutation(({ ctx, input }) => deleteQuickReply(ctx, input)),
});
