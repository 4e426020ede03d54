import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRightToLeft, parseMarks, type Mark } from './text-marks.ts';

/** The tree in one line: b(…), i(…), s(…), m(…), l(…). */
const shown = (marks: Mark[]): string => marks.map((mark) => {
  if (mark.type === 'text') return mark.text;
  if (mark.type === 'mono') return `m(${mark.text})`;
  return mark.type === 'link' ? `l(${mark.href})` : `${mark.type[0]}(${shown(mark.children)})`;
}).join('');

test.each([
  ['*bold* and _italic_ and ~gone~', 'b(bold) and i(italic) and s(gone)'],
  ['*bold _and italic_*', 'b(bold i(and italic))'],
  ['```code *not bold*\nnext```', 'm(code *not bold*\nnext)'],
  ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
  ['* not * and *open', '* not * and *open'],
  ['*over\nlines*', '*over\nlines*'],
  ['(*in brackets*), *twice**', '(b(in brackets)), b(twice)*'],
  ['see https://acme.app/a_b_c. Bye', 'see l(https://acme.app/a_b_c). Bye'],
  ['www.acme.app', 'l(https://www.acme.app)'],
  ['javascript:alert(1) <b>x</b>', 'javascript:alert(1) <b>x</b>'],
])('%s', (text, tree) => expect(shown(parseMarks(text))).toBe(tree));

test('nothing of a text is lost but its marks, and every link is of the web', () => {
  const bits = fc.array(fc.constantFrom('*', '_', '~', '```', ' ', '\n', 'a', 'é', '**', 'https://a.app/', 'javascript:', '<i>', '.'), { maxLength: 30 }).map((all) => all.join(''));
  const words = (marks: Mark[]): string => marks.map((mark) => ('text' in mark ? mark.text : words(mark.children))).join('');
  const links = (marks: Mark[]): string[] => marks.flatMap((mark) => (mark.type === 'link' ? [mark.href] : 'children' in mark ? links(mark.children) : []));
  fc.assert(fc.property(bits, (text) => {
    const marks = parseMarks(text);
    expect(words(marks).replace(/[*_~`]/g, '')).toBe(text.replace(/[*_~`]/g, ''));
    for (const href of links(marks)) expect(new URL(href).protocol).toMatch(/^https?:$/);
  }), { numRuns: 300 });
});

test('right to left by the language, not by its country', () => {
  expect(['ar', 'he_IL', 'ur', 'en', 'pt_BR'].map(isRightToLeft)).toEqual([true, true, true, false, false]);
});
