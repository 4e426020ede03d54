import { expect, test } from 'vitest';
import { parseSearch } from '#server/domain/delivery/search-query.ts';

const around = { now: new Date('2026-11-22T02:30:00Z'), timeZone: 'America/New_York' };
const parse = (search: string) => parseSearch(search, around);

test('operators and free text stand side by side, in any order', () => {
  expect(parse('status:undelivered,Failed code:30007 to:+1 (415) Ann since:yesterday broadcast:"March promo" Lee')).toMatchObject({
    statuses: ['undelivered', 'failed'], codes: [30007], to: { prefix: '+1' }, broadcast: 'March promo', text: '(415) Ann Lee',
  });
});

test.each([['+14155550132'], ['0132'], ['whatsapp:+14155550132'], ['+1 415 555 0132'], ['Ann Lee'], [`SM${'a'.repeat(32)}`]])('%s is plain text', (text) => {
  expect(parse(text)).toEqual({ text, statuses: [], codes: [], reasons: [], broadcast: null, to: null, from: null, since: null, until: null, took: null, response: null, method: null });
});

test('days are those of the organisation, and a last day is meant with its end', () => {
  expect(parse('since:today until:today')).toMatchObject({ since: { local: '2026-11-21T00:00' }, until: { local: '2026-11-22T00:00' } });
  expect(parse('since:yesterday until:2026-02-28')).toMatchObject({ since: { local: '2026-11-20T00:00' }, until: { local: '2026-03-01T00:00' } });
  expect(parse('since:24h until:2026-11-20T09:30')).toMatchObject({ since: { at: '2026-11-21T02:30:00.000Z' }, until: { local: '2026-11-20T09:30' } });
});

test('spans are told in seconds', () => {
  expect([parse('took:>2m').took, parse('took:5-10s').took, parse('took:1h-2h').took]).toEqual([{ from: 120, to: null }, { from: 5, to: 10 }, { from: 3600, to: 7200 }]);
});

test('a country is told by its numbers, and +1 by area', () => {
  expect(parse('to:GB').to).toEqual({ prefix: '+44', areas: null });
  const [us, ca] = [parse('to:us').to, parse('to:CA').to] as Array<{ prefix: string; areas: string[] }>;
  expect([us!.prefix, us!.areas.includes('415'), us!.areas.includes('416'), ca!.areas.includes('416'), ca!.areas.includes('415')]).toEqual(['+1', true, false, true, false]);
});

test.each([
  ['state:failed', 'There is no operator ‘state:’. There are status:, code:, reason:, broadcast:, to:, from:, since:, until:, took:, response:. Put text with a colon in quotes.'],
  ['status:lost', 'There is no state ‘lost’. The states are queued, skipped, cancelled, unknown, sending, sent, failed, undelivered, delivered, read.'],
  ['code:', 'Nothing stands after ‘code:’. Write for example code:30007.'],
  ['code:abc', '‘abc’ is no code of Twilio. A code has four to six digits: code:30007.'],
  ['to:USA', 'There is no country ‘USA’. Write two letters like to:US, or the beginning of a number like to:+1415.'],
  ['since:2026-02-30', '‘2026-02-30’ is no time. since: takes today, yesterday, 24h, 7d, 2026-11-01 or 2026-11-01T09:30.'],
  ['took:soon', '‘soon’ is no span of time. Write for example took:>60s or took:5s-10s.'],
  ['response:no', 'There is no response ‘no’. Write response:opt_out or response:reply.'],
  ['constructor:1', /^There is no operator ‘constructor:’/],
])('%s says what would be right', (search, message) => {
  expect(() => parse(search)).toThrow(message);
});
