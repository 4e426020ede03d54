import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value); }, removeItem: (key: string) => { kept.delete(key); } });
  vi.resetModules();
});

const fresh = () => import('./reply-draft.ts');
const unsent = { key: 'a-key-of-its-own', at: '2026-11-23T12:00:00.000Z', reply: { text: 'On my way' }, words: 'On my way', after: null, state: 'sending' as const, problem: null };

test('what was typed is there after a reload, and leaves no trace once it is gone', async () => {
  const page = await fresh();
  page.changeReplyDraft('c1', { text: 'Hel' });
  page.changeReplyDraft('c1', { text: 'Hello', note: 'a note' });
  vi.resetModules();
  const again = await fresh();
  expect(again.replyDraft('c1')).toMatchObject({ text: 'Hello', note: 'a note', unsent: [] });
  expect(again.replyDraft('c2').text).toBe('');
  again.changeReplyDraft('c1', { text: '', note: '' });
  expect(kept.size).toBe(0);
});

test('a message that was on its way when the page closed is offered again under the same key', async () => {
  const page = await fresh();
  page.changeReplyDraft('c1', { unsent: [unsent] });
  vi.resetModules();
  const again = await fresh();
  expect(again.replyDraft('c1').unsent).toMatchObject([{ key: unsent.key, state: 'failed', words: 'On my way' }]);
  again.dropUnsent('c1', unsent.key);
  expect(kept.size).toBe(0);
});
