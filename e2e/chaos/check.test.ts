import { expect, test } from 'vitest';
import { check } from './check.ts';
import type { History, Post } from './history.ts';

const token = (i: number) => String(i).padStart(32, '0');
const sid = (i: number) => `SM${token(i)}`;
const post = (i: number, more: Partial<Post> = {}): Post =>
  ({ to: `+1202555010${i}`, statusCallback: `http://localhost/s?orgid=o&attempt=${token(i)}#rc=5`, verdict: 'created', sid: sid(i), segments: 1, scheduledFor: null, firedAt: null, canceledAt: null, ...more });

/** Three people, each written to once, delivered and priced. */
const sound = (): History => ({
  posts: [1, 2, 3].map((i) => post(i)),
  messages: [1, 2, 3].map((i) => ({ sid: sid(i), to: `+1202555010${i}`, status: 'delivered', price: '-0.00830' })),
  deliveries: [1, 2, 3].map((i) => ({ seq: i, recipient: `+1202555010${i}`, status: 'delivered', reason: null, sid: sid(i), price: '0.008300' })),
  attempts: [1, 2, 3].map((i) => ({ seq: i, n: 1, token: token(i), state: 'accepted', sid: sid(i), isDue: false })),
  ledger: [1, 2, 3].map((i) => ({ sid: sid(i), amount: '0.008300' })),
  rollup: { delivered: 3 }, recount: { delivered: 3 }, arrivals: { atMs: [0, 400, 800], segments: [1, 1, 1] }, cap: 3,
});
const rulesOf = (change: (history: History) => void) => { const history = sound(); change(history); return [...new Set(check(history).map(({ rule }) => rule))]; };

test('a sound history has no violation', () => {
  expect(check(sound())).toEqual([]);
});

test('a cancelled repeat and an honest unknown are no violations', () => {
  expect(rulesOf(({ posts, deliveries, attempts, messages, ledger, rollup, recount }) => {
    posts.push(post(1, { statusCallback: `http://localhost/s?attempt=${token(9)}`, sid: sid(9), scheduledFor: 5, canceledAt: 3 }));
    attempts.push({ seq: 1, n: 2, token: token(9), state: 'aborted', sid: sid(9), isDue: false });
    posts.splice(2, 1); messages.splice(2, 1); ledger.splice(2, 1);
    Object.assign(deliveries[2]!, { status: 'unknown', sid: null, price: null, reason: 'outcome_unknown' });
    Object.assign(attempts[2]!, { state: 'uncertain', sid: null });
    for (const counts of [rollup, recount]) Object.assign(counts, { delivered: 2, unknown: 1 });
  })).toEqual([]);
});

test('a message sent twice is a duplicate', () => {
  expect(rulesOf(({ posts }) => { posts.push(post(1, { sid: sid(8), statusCallback: `http://localhost/s?attempt=${token(8)}` })); })).toContain('duplicate');
});

test('a repeat that fired after all is a duplicate too', () => {
  expect(rulesOf(({ posts }) => { posts.push(post(1, { sid: sid(8), statusCallback: `http://localhost/s?attempt=${token(8)}`, scheduledFor: 5, firedAt: 5 })); })).toContain('duplicate');
});

test('a recipient shown as sent to whom nothing left is lost', () => {
  expect(rulesOf(({ posts }) => { posts.splice(1, 1); })).toContain('lost');
});

test('a recipient who got a message and is shown as skipped is lost', () => {
  expect(rulesOf(({ deliveries }) => { Object.assign(deliveries[0]!, { status: 'skipped', reason: 'opted_out' }); })).toContain('lost');
});

test('a delivery that is still queued, and one with an open attempt, are stuck', () => {
  expect(rulesOf(({ deliveries, posts }) => { posts.splice(0, 1); Object.assign(deliveries[0]!, { status: 'queued', sid: null }); })).toContain('stuck');
  expect(rulesOf(({ attempts }) => { Object.assign(attempts[0]!, { state: 'intent', sid: null }); })).toContain('stuck');
  expect(rulesOf(({ attempts }) => { Object.assign(attempts[0]!, { state: 'uncertain', isDue: true }); })).toContain('stuck');
});

test('a message that no attempt or two deliveries name is unbound', () => {
  expect(rulesOf(({ attempts }) => { attempts[0]!.sid = null; })).toContain('unbound');
  expect(rulesOf(({ deliveries }) => { deliveries[1]!.sid = sid(1); })).toContain('unbound');
});

test('a status that is not what Twilio says is wrong', () => {
  expect(rulesOf(({ deliveries }) => { deliveries[0]!.status = 'sent'; })).toEqual(['status']);
});

test('a ledger that is off by a millionth, lacks an entry, or has one twice, is wrong', () => {
  expect(rulesOf(({ ledger }) => { ledger[0]!.amount = '0.008301'; })).toEqual(['ledger']);
  expect(rulesOf(({ ledger }) => { ledger.pop(); })).toEqual(['ledger']);
  expect(rulesOf(({ ledger }) => { ledger.push({ ...ledger[0]! }); })).toEqual(['ledger']);
  expect(rulesOf(({ ledger }) => { ledger.push({ sid: sid(7), amount: '0.008300' }); })).toEqual(['ledger']);
});

test('a rollup that differs from the recount, a token posted twice, and a full second are found', () => {
  expect(rulesOf(({ rollup }) => { rollup.delivered = 2; })).toEqual(['rollup']);
  expect(rulesOf(({ posts }) => { posts.push(post(1, { verdict: 'too_many_requests', sid: null })); })).toEqual(['token']);
  expect(rulesOf(({ arrivals }) => { arrivals.segments[1] = 2; })).toEqual(['pace']);
});
