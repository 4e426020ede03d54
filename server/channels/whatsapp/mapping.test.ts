import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionsIn, fillIn, piecesOf, positionsOf, samplesByPosition, toNamed, toNumbered } from './mapping.ts';
import { emptyContent, type TemplateContent, type TemplateVariables } from './template.ts';

const content = (part: Partial<TemplateContent>): TemplateContent => ({ ...emptyContent(), ...part });
const body = (text: string) => content({ body: text });

describe('P48: what the author writes with names, Meta gets with numbers', () => {
  test('in order of first appearance, the same expression once', () => {
    expect(toNumbered(body('Hi {{firstName}}, {{order.id}} for {{ firstName }} is here'))).toEqual({ content: body('Hi {{1}}, {{2}} for {{1}} is here'), positions: ['firstName', 'order.id'] });
  });

  test('over header, body, media and buttons; a footer has none', () => {
    const card = content({
      type: 'card', header: '{{a}}', body: '{{b}} {{a}}', footer: '{{never}}', media: 'https://x.test/{{c}}',
      buttons: [{ type: 'url', title: 'Track', url: 'https://x.test/{{d}}' }, { type: 'phone', title: 'Call', phone: '+1' }, { type: 'copy_code', title: 'Copy', code: '{{e}}' }, { type: 'quick_reply', title: 'Ok' }],
    });
    expect(positionsOf(card)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(toNumbered(card).content).toMatchObject({ header: '{{1}}', body: '{{2}} {{1}}', footer: '{{never}}', media: 'https://x.test/{{3}}', buttons: [{ url: 'https://x.test/{{4}}' }, {}, { code: '{{5}}' }, {}] });
  });

  test('braces in quotes end no placeholder; one that is open or empty is words', () => {
    expect(expressionsIn('{{ name | default: "}}" }} {{ b')).toEqual(['name | default: "}}"']);
    expect(expressionsIn('{{ a {{b}} {{}} {{-c-}}')).toEqual(['b', 'c']);
    expect(piecesOf('{{ a {{b}}').map(({ text }) => text)).toEqual(['{{ a ', '{{b}}']);
  });

  test('a number that nobody has mapped stays one', () => {
    expect(toNamed(body('{{1}} and {{2}} and {{3}}'), ['firstName', ''])).toEqual(body('{{firstName}} and {{2}} and {{3}}'));
  });
});

// An editor's text: paragraphs of words and chips, changed by any sequence of edits, each of which can be undone.
type Bit = { word: string } | { chip: string };
type Paragraphs = Bit[][];
const chips = ['firstName', 'order.trackingNumber', 'firstName | default: "there"', 'contact.lastName | upcase', 'amount | divided_by: 100.0', "x | append: '}}'"];
const bit: fc.Arbitrary<Bit> = fc.oneof(fc.constantFrom(...chips).map((name) => ({ chip: name })), fc.string({ maxLength: 12 }).map((word) => ({ word: word.replace(/[{}\n]/g, ' ') })));
const place = fc.tuple(fc.nat(), fc.nat());
const edit = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: place, bit }),
  fc.record({ kind: fc.constant('delete' as const), at: place }),
  fc.record({ kind: fc.constant('move' as const), at: place, to: place }),
  fc.record({ kind: fc.constant('reorder' as const), from: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('undo' as const) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

const textOf = (paragraphs: Paragraphs) => paragraphs.map((bits) => bits.map((one) => ('chip' in one ? `{{${one.chip}}}` : one.word)).join('')).join('\n');

function apply(paragraphs: Paragraphs, change: Exclude<Edit, { kind: 'undo' }>): Paragraphs {
  const next = paragraphs.map((bits) => [...bits]);
  const paragraph = (index: number) => next[index % next.length]!;
  if (change.kind === 'reorder') next.splice(change.to % paragraphs.length, 0, ...next.splice(change.from % paragraphs.length, 1));
  else if (change.kind === 'insert') paragraph(change.at[0]).splice(change.at[1] % (paragraph(change.at[0]).length + 1), 0, change.bit);
  else {
    const [taken] = paragraph(change.at[0]).splice(change.at[1] % Math.max(1, paragraph(change.at[0]).length), 1);
    if (change.kind === 'move' && taken) paragraph(change.to[0]).splice(change.to[1] % (paragraph(change.to[0]).length + 1), 0, taken);
  }
  return next;
}

test('any sequence of edits keeps the positions gap-free, the way back exact, and each expression its sample', () => {
  fc.assert(fc.property(fc.array(fc.array(bit, { maxLength: 6 }), { minLength: 1, maxLength: 4 }), fc.array(edit, { maxLength: 25 }), (start, edits) => {
    const past: Paragraphs[] = [start];
    const variables: TemplateVariables = Object.fromEntries(chips.map((name) => [name, { sample: `sample of ${name}`, fallback: '' }]));
    for (const one of edits) {
      const before = past.at(-1)!;
      if (one.kind === 'undo') { if (past.length > 1) past.pop(); } else past.push(apply(before, one));
      check(body(textOf(past.at(-1)!)), variables);
    }
  }), { numRuns: 150 });
});

function check(written: TemplateContent, variables: TemplateVariables) {
  const { content: numbered, positions } = toNumbered(written);
  const numbers = expressionsIn(numbered.body).map(Number);
  const firsts = numbers.filter((number, index) => numbers.indexOf(number) === index);
  expect(firsts).toEqual(positions.map((_, index) => index + 1));
  expect(new Set(positions).size).toBe(positions.length);
  expect(toNamed(numbered, positions)).toEqual(written);
  const samples = samplesByPosition(positions, variables);
  expect(fillIn(numbered.body, (number) => samples[number]!)).toBe(fillIn(written.body, (name) => variables[name]!.sample));
}

test('any text at all, with braces and quotes anywhere: gap-free, and numbering twice changes nothing more', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('{{', '}}', '{', '}', '"', "'", 'a', 'b c', ' ', '-', '\n', '{{a}}', '{{1}}'), { maxLength: 20 }), (bits) => {
    const { content: once, positions } = toNumbered(body(bits.join('')));
    expect(toNumbered(once).content).toEqual(once);
    expect(toNumbered(toNamed(once, positions))).toEqual({ content: once, positions });
    expect(piecesOf(bits.join('')).map(({ text }) => text).join('')).toBe(bits.join(''));
  }), { numRuns: 500 });
});
