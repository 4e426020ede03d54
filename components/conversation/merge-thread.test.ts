import { expect, test } from 'vitest';
import type { ConversationView, MessageView, Thread } from '#server/domain/conversation/schema.ts';
import { mergeThread, withEarlier } from './merge-thread.ts';

const conversation: ConversationView = {
  id: 'b6f0d5a2-3c1f-4c55-9f0c-000000000001', channel: 'sms', sender: '+12025550100', recipient: '+12025550111', title: 'Ada', contact: null, unread: 0, assignedTo: null,
  status: 'open', snoozedUntil: null, lastMessage: null, window: null, suggestedOptOut: null,
};
const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
const message = (n: number, body = `message ${n}`): MessageView =>
  ({ id: `m${n}`, kind: 'message', direction: 'inbound', body, media: [], author: null, rule: null, broadcast: null, delivery: null, extra: {}, createdAt: at(n) });
const thread = (asOf: number, messages: MessageView[], before: string | null = null): Thread => ({ conversation, messages, before, asOf: at(asOf), blocked: null });
const ids = ({ messages }: Thread) => messages.map(({ id }) => id);

test('a snapshot of the last messages leaves the earlier ones that were read', () => {
  const shown = withEarlier(thread(10, [message(5), message(6)], 'five'), thread(11, [message(3), message(4)], 'three'));
  const merged = mergeThread(shown, thread(20, [message(6), message(7)], 'six'));
  expect(ids(merged)).toEqual(['m3', 'm4', 'm5', 'm6', 'm7']);
  expect(merged.before).toBe('three');
});

test('the newer word about a message counts, whichever comes first', () => {
  const [early, late] = [thread(10, [message(1, 'queued')]), thread(20, [message(1, 'delivered')])];
  expect(mergeThread(early, late).messages[0]?.body).toBe('delivered');
  expect(mergeThread(late, early).messages[0]?.body).toBe('delivered');
});

test('after a long silence with more messages than a snapshot holds there is no hidden gap: the snapshot stands alone', () => {
  const merged = mergeThread(thread(10, [message(1), message(2)]), thread(99, [message(60), message(61)], 'sixty'));
  expect(ids(merged)).toEqual(['m60', 'm61']);
  expect(merged.before).toBe('sixty');
});

test('another conversation replaces what was there', () => {
  const other = { ...thread(20, [message(9)]), conversation: { ...conversation, id: 'b6f0d5a2-3c1f-4c55-9f0c-000000000002' } };
  expect(mergeThread(thread(10, [message(1)]), other)).toBe(other);
});
