import * as z from 'zod';
import { operation, type Operation } from '#server/api/rest/operation.ts';
import { listConversations } from '#server/domain/conversation/list.ts';
import { readThread } from '#server/domain/conversation/read-thread.ts';
import { reply } from '#server/domain/conversation/reply.ts';
import { conversationView, listConversationsInput, readThreadInput, replyInput, replyView, threadView } from '#server/domain/conversation/schema.ts';
import { pageInput, pageOf } from '#server/domain/paging.ts';

const tag = 'Inbox';

// What stands in a query is text.
const listInput = listConversationsInput.extend({ ...pageInput.shape, isUnread: z.enum(['true', 'false']).optional() });
const threadInput = readThreadInput.extend({ limit: z.coerce.number().int().min(1).max(100).default(50) });

export const conversationOperations: Operation[] = [
  operation({
    method: 'get', path: '/crm/inbox/conversations', tag, summary: 'Conversations over all channels', description: '`sort=time_left`: whose 24-hour window closes first stands first. `unread` counts those of the whole inbox that nobody has looked at.',
    input: listInput, output: pageOf(conversationView).extend({ unread: z.number().int(), asOf: z.iso.datetime() }), shape: 'page',
    run: (ctx, { isUnread, ...input }) => listConversations(ctx, { ...input, ...(isUnread && { isUnread: isUnread === 'true' }) }),
  }),
  operation({
    method: 'get', path: '/crm/inbox/messages', tag, summary: 'What was said in a conversation', input: threadInput, output: threadView, run: readThread,
    description: 'The last messages of both sides, in the order in which they were written, with what broadcasts told the person from this sender. `before` of the answer, given back, reads on into the past. `blocked` says why nothing, or only a template, can be written now.',
  }),
  operation({
    method: 'post', path: '/crm/chat-message/create', tag, status: 201, summary: 'Answer in a conversation', input: replyInput, fromHeaders: { idempotencyKey: 'Idempotency-Key' }, output: replyView, run: reply,
    description: 'Goes out from the number to which the person wrote. The text is sent as it stands. On WhatsApp outside of the 24-hour window only a template can be written (422 `outside_24h_window`); who opted out gets nothing (422 `opted_out`). With an `Idempotency-Key` a repeat gets the same answer and sends nothing twice.',
    examples: { text: { conversationId: '00000000-0000-4000-8000-000000000000', text: 'We are on our way.' }, template: { conversationId: '00000000-0000-4000-8000-000000000000', templateSid: `HX${'0'.repeat(32)}`, templateVariables: { 1: 'Ann' } } },
  }),
];
