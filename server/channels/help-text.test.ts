import { expect, test } from 'vitest';
import { helpTextGaps, usualHelpText } from './help-text.ts';

test('P42: the usual answer to HELP has the name of the brand and the way out', () => {
  expect(helpTextGaps(usualHelpText('Acme & Sons'), 'Acme & Sons')).toEqual([]);
});

test.each([
  ['Acme: call 555 0100. Text STOP to leave.', []], ['ACME! Text stop to leave', []], ['Text STOP to leave.', ['brand']], ['Acme: call us.', ['stop']], ['Acmeville. Nonstop fun', ['brand', 'stop']], ['', ['brand', 'stop']],
])('P42: %j lacks %j', (text, gaps) => {
  expect(helpTextGaps(text, 'Acme')).toEqual(gaps);
});
