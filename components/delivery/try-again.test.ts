import { expect, test } from 'vitest';
import { whyNotAgain } from './try-again.ts';

const failed = { recipient: '+12025550101', status: 'failed', group: 'try_later', template: 'Hi' } as const;

test('a message that failed for a reason that may pass is tried again; every other says why not', () => {
  expect(whyNotAgain(failed)).toBeNull();
  expect(whyNotAgain({ ...failed, status: 'undelivered', group: 'fix_text' })).toBeNull();
  expect(whyNotAgain({ ...failed, status: 'delivered' })).toContain('Only a message that failed');
  expect(whyNotAgain({ ...failed, group: 'fix_list' })).toContain('same reason');
  expect(whyNotAgain({ ...failed, group: 'nothing' })).toContain('same reason');
  expect(whyNotAgain({ ...failed, recipient: 'erased:1' })).toContain('erased');
  expect(whyNotAgain({ ...failed, template: '' })).toContain('template');
});
