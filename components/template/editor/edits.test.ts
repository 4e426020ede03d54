import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionsIn, fillIn, positionsOf, samplesByPosition, toNumbered } from '#server/channels/whatsapp/mapping.ts';
import type { TemplateDraft } from '#server/channels/whatsapp/rules/fault.ts';
import { emptyContent } from '#server/channels/whatsapp/template.ts';
import { moveField, moveLine, renameExpression, withType } from './edits.ts';
import { begin, redo, step, undo } from './past.ts';

describe('a field moves by words', () => {
  test('past a word, past another field, with the punctuation where it was', () => {
    expect(moveField('Hello {{a}}, it is here', 8, 1)).toEqual({ text: 'Hello it, {{a}} is here', cursor: 15 });
    expect(moveField('Hello {{a}}, it is here', 6, -1)).toEqual({ text: '{{a}} Hello, it is here', cursor: 5 });
    expect(moveField('{{a}} and {{b}}', 12, -1)?.text).toBe('{{a}} {{b}} and');
    expect(moveField('{{a}} {{b}}', 2, 1)?.text).toBe('{{b}} {{a}}');
  });

  test('nowhere at the edge, and not at all without a field under the cursor', () => {
    expect(moveField('{{a}} here', 2, -1)).toBeNull();
    expect(moveField('only words', 3, 1)).toBeNull();
  });

  test('a line changes places with its neighbour, and the cursor goes along', () => {
    expect(moveLine('one\ntwo\nthree', 5, -1)).toEqual({ text: 'two\none\nthree', cursor: 1 });
    expect(moveLine('one\ntwo\nthree', 5, 1)).toEqual({ text: 'one\nthree\ntwo', cursor: 11 });
    expect(moveLine('one', 1, 1)).toBeNull();
  });
});

const draft = (body: string, variables: TemplateDraft['variables'] = {}): TemplateDraft => ({ name: 'x', language: 'en', category: 'utility', content: { ...emptyContent(), body }, variables });

test('another field in one position keeps sample and fallback', () => {
  const after = renameExpression(draft('Hi {{a}}, {{b}} and {{a}} too', { a: { sample: 'A', fallback: 'fa' }, b: { sample: 'B', fallback: '' } }), 'a', ' {{order.id}} ');
  expect(after.content.body).toBe('Hi {{order.id}}, {{b}} and {{order.id}} too');
  expect(after.variables).toEqual({ 'order.id': { sample: 'A', fallback: 'fa' }, b: { sample: 'B', fallback: '' } });
  expect(renameExpression(draft('Hi {{a}} you'), 'a', ' ').content.body).toBe('Hi {{a}} you');
});

test('another type keeps what it has room for', () => {
  const card = { ...emptyContent('card'), header: 'H', body: 'Hi {{otp}}', footer: 'F', buttons: [{ type: 'quick_reply' as const, title: 'Yes' }, { type: 'phone' as const, title: 'Call', phone: '+1' }] };
  expect(withType(card, 'quick_reply')).toMatchObject({ type: 'quick_reply', header: '', body: 'Hi {{otp}}', footer: '', buttons: [{ title: 'Yes' }] });
  expect(withType(card, 'authentication')).toMatchObject({ body: '', buttons: [{ type: 'copy_code', code: '{{otp}}' }] });
});

// P48: whatever is done in the editor, and undone, and done again.
const names = ['firstName', 'order.id', 'lastName | default: "x"', 'amount'];
const act = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), name: fc.constantFrom(...names) }), fc.record({ kind: fc.constant('type' as const), at: fc.nat(), words: fc.constantFrom('a', ' word ', '\n', '{', '}') }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(), length: fc.nat(12) }), fc.record({ kind: fc.constantFrom('field' as const, 'line' as const), at: fc.nat(), by: fc.constantFrom(1 as const, -1 as const) }),
  fc.record({ kind: fc.constant('rename' as const), at: fc.nat(), name: fc.constantFrom(...names) }), fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Edit = Exclude<Act, { kind: 'undo' | 'redo' }>;
const isEdit = (one: Act): one is Edit => one.kind !== 'undo' && one.kind !== 'redo';

function acted(before: TemplateDraft, one: Edit): TemplateDraft {
  const { body } = before.content;
  const at = one.at % (body.length + 1);
  const write = (text: string | undefined) => (text === undefined ? before : { ...before, content: { ...before.content, body: text } });
  switch (one.kind) {
    case 'insert': return write(`${body.slice(0, at)}{{${one.name}}}${body.slice(at)}`);
    case 'type': return write(body.slice(0, at) + one.words + body.slice(at));
    case 'delete': return write(body.slice(0, at) + body.slice(at + one.length));
    case 'field': return write(moveField(body, at, one.by)?.text);
    case 'line': return write(moveLine(body, at, one.by)?.text);
    case 'rename': return renameExpression(before, positionsOf(before.content)[at % Math.max(1, positionsOf(before.content).length)] ?? '', one.name);
  }
}

test('P48: any sequence of edits, undone and redone, keeps positions gap-free and the mapping attached', () => {
  fc.assert(fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
    let past = begin(draft('Hello {{firstName}}, your order\n{{order.id}} is here', Object.fromEntries(names.map((name) => [name, { sample: `<${name}>`, fallback: '' }]))));
    const seen = [past.now];
    for (const one of acts) {
      past = isEdit(one) ? step(past, acted(past.now, one), null, 0) : one.kind === 'undo' ? undo(past) : redo(past);
      seen.push(past.now);
      const { content, positions } = toNumbered(past.now.content);
      const samples = samplesByPosition(positions, past.now.variables);
      expect(expressionsIn(content.body).map(Number).filter((number, index, all) => all.indexOf(number) === index)).toEqual(positions.map((_, index) => index + 1));
      expect(fillIn(content.body, (number) => samples[number]!)).toBe(fillIn(past.now.content.body, (name) => past.now.variables[name]?.sample ?? ''));
    }
    while (past.before.length > 0) past = undo(past);
    expect(past.now).toEqual(seen[0]);
  }), { numRuns: 150 });
});

test('keys in one place are one step; another place, a pause or a fix begins a new one', () => {
  let past = begin('');
  for (const [text, key, at] of [['a', 'body', 0], ['ab', 'body', 500], ['ab!', 'footer', 600], ['ab!c', 'body', 700], ['fixed', null, 800], ['fixed.', 'body', 900]] as const) past = step(past, text, key, at);
  const shown = [past.now];
  while (past.before.length > 0) { past = undo(past); shown.push(past.now); }
  expect(shown).toEqual(['fixed.', 'fixed', 'ab!c', 'ab!', 'ab', '']);
  expect(redo(past).now).toBe('ab');
});
