import { expect, test } from 'vitest';
import { conversationHref, inboxHref, listInputFrom, openIn, screenIn, views, viewWords } from './inbox-query.ts';

const ID = '0f9f1c5e-6a43-4a8f-9a63-1d4f2f6a7b8c';
const query = (text: string) => new URLSearchParams(text);

test('the address says which list is shown; what makes no sense is left out', () => {
  expect(listInputFrom(query('view=mine&channel=whatsapp&unread=1&sort=time_left&search=%20tent%20'))).toEqual({ view: 'mine', channel: 'whatsapp', isUnread: true, sort: 'time_left', search: 'tent', ps: 50 });
  expect(listInputFrom(query('view=nowhere&channel=fax&unread=yes&sort=worst'))).toEqual({ view: 'open', sort: 'newest', search: '', ps: 50 });
});

test('of an open conversation a phone shows the conversation, or its details', () => {
  expect(screenIn(query(''))).toBe('list');
  expect(screenIn(query(`c=${ID}`))).toBe('thread');
  expect(screenIn(query(`c=${ID}&panel=details`))).toBe('details');
  expect(openIn(query('c=../../etc'))).toBeNull();
});

test('another list leaves the conversation open, another conversation leaves the list as it is', () => {
  expect(inboxHref(query(`c=${ID}`), { view: 'closed' })).toBe(`/inbox?c=${ID}&view=closed`);
  expect(conversationHref(query(`view=closed&c=other&panel=details`), ID)).toBe(`/inbox?view=closed&c=${ID}`);
  expect(conversationHref(query(`c=${ID}`), null)).toBe('/inbox');
});

test('every view has a word', () => {
  expect(Object.keys(viewWords)).toEqual([...views]);
});
