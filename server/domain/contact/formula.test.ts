import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteFormula, unquoteFormula } from '#server/domain/contact/formula.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '1', '"', ',', ';', '\n', '\r', '＝') }));

test('a value that was made safe for a spreadsheet comes back as it was', () => {
  fc.assert(fc.property(text, (value) => { expect(unquoteFormula(quoteFormula(value))).toBe(value); }));
});

test('no value that was made safe begins a formula', () => {
  fc.assert(fc.property(text, (value) => { expect(quoteFormula(value)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/); }));
});

test('a whole file of such values comes back as it was', () => {
  const table = fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1 });
  fc.assert(fc.property(table, (lines) => {
    const csv = stringify(lines, { cast: { string: quoteFormula }, quoted: true });
    const back: string[][] = parse(csv);
    expect(back.map((line) => line.map(unquoteFormula))).toEqual(lines);
  }));
});
