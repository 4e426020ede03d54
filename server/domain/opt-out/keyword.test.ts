import { expect, test } from 'vitest';
import { keywordOf } from '#server/domain/opt-out/keyword.ts';

test.each(['STOP', 'stop', ' Stop\n', '\u00a0STOP ', 'Stop.', 'stop!', 'Stop all', 'STOPALL', 'unsubscribe', 'End', 'QUIT', 'Revoke', 'OptOut', 'opt-out', 'Opt out', 'cancel'])('P38: %j asks to stop', (body) => {
  expect(keywordOf(body)).toBe('STOP');
});

test.each(['START', ' start ', 'Unstop'])('D10: %j asks to come back', (body) => {
  expect(keywordOf(body)).toBe('START');
});

test.each(['', 'Please stop', 'Stop by at five', 'The end', 'cancelled', 'Yes', 'YES', 'Start it', 'start.', 'HELP'])('%j is no keyword', (body) => {
  expect(keywordOf(body)).toBeNull();
});
