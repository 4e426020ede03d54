import { expect, test } from 'vitest';
import { canSendTo } from './can-send-to.ts';

const short = (sender: Parameters<typeof canSendTo>[0]) => canSendTo(sender).map(({ to, answer }) => `${to}: ${answer}`).join(', ');

test('P5: an approved US number reaches the US and Canada, perhaps the UK, never WhatsApp', () => {
  expect(short({ kind: 'local', registration: 'approved', registrationDetail: null })).toBe('US SMS: yes, Canada SMS: yes, UK SMS: maybe, WhatsApp: no');
});

test('P5: a number that is not approved reaches nobody, and says what is missing', () => {
  const found = canSendTo({ kind: 'toll_free', registration: 'rejected', registrationDetail: 'Toll-free verification rejected: no opt-in.' });
  expect(found.map(({ answer }) => answer)).toEqual(['no', 'no', 'no', 'no']);
  expect(found[0]?.why).toContain('no opt-in');
});

test('P5: a British mobile number does not reach the US; a WhatsApp sender reaches WhatsApp only', () => {
  expect(short({ kind: 'mobile', registration: 'not_required', registrationDetail: null })).toBe('US SMS: no, Canada SMS: maybe, UK SMS: yes, WhatsApp: no');
  expect(short({ kind: 'whatsapp', registration: 'approved', registrationDetail: null })).toBe('US SMS: no, Canada SMS: no, UK SMS: no, WhatsApp: yes');
});
