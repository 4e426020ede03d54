import { expect, test } from 'vitest';
import { describeError, describeReason, knownErrorCodes } from '#server/twilio/errors.ts';

test('P37: an opt-out that only Twilio knew suppresses the person', () => {
  expect(describeError(21610)).toMatchObject({ class: 'suppress', title: 'This person opted out' });
});

test('the classes that the send protocol branches on are those of the fact sheet', () => {
  const expected = { 20003: 'configuration', 20429: 'retry', 21211: 'suppress', 21611: 'retry', 21617: 'content', 21655: 'content', 30003: 'none', 30006: 'suppress', 30007: 'content', 30034: 'configuration', 63016: 'none', 63018: 'retry', 63024: 'suppress' };
  expect(Object.fromEntries(Object.keys(expected).map((code) => [code, describeError(Number(code)).class]))).toEqual(expected);
});

test('no code stands twice, and every one has a title, a help line and an action', () => {
  expect(new Set(knownErrorCodes).size).toBe(knownErrorCodes.length);
  for (const code of knownErrorCodes) {
    const { title, help, action } = describeError(code);
    expect(`${title}|${help}|${action}`).toMatch(/^[^|]{5,60}\|[^|]{10,}\.\|[^|]{5,}$/);
    expect(`${title} ${help}`).not.toMatch(/please|sorry|oops|invalid|forbidden/i);
  }
});

test('a code that nobody knows is shown with its number and stops nothing', () => {
  expect(describeError(99_999)).toMatchObject({ title: 'Twilio error 99999', class: 'none' });
  expect(describeError(null).class).toBe('none');
});

test('a reason that nobody knows is still readable', () => {
  expect(describeReason('opted_out').title).toBe('Opted out');
  expect(describeReason('constructor').title).toBe('Constructor');
  expect(describeReason('blue_moon').title).toBe('Blue moon');
  expect(describeReason('quiet_hours').title).toBe('Waits for the end of the quiet hours');
});

test('each failure says whose turn it is: the list, the registration, the text, time, or nobody', () => {
  const expected = { 30006: 'fix_list', 21211: 'fix_list', 21266: 'fix_list', 30034: 'fix_registration', 20003: 'fix_registration', 30007: 'fix_text', 21617: 'fix_text', 30003: 'try_later', 30017: 'try_later', 21610: 'nothing' };
  expect(Object.fromEntries(Object.keys(expected).map((code) => [code, describeError(Number(code)).group]))).toEqual(expected);
  expect([describeError(99_999).group, describeError(null).group]).toEqual(['nothing', 'try_later']);
  expect([describeReason('no_phone').group, describeReason('message_too_long').group, describeReason('opted_out').group, describeReason('constructor').group]).toEqual(['fix_list', 'fix_text', 'nothing', 'nothing']);
});
