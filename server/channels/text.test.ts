import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileText, textFault, type Person } from './text.ts';

const ann: Person = { contact: { phone: '+12025550101', email: null, firstName: 'Ann', lastName: null, fields: { city: 'Oslo', plan: 'pro' } }, data: { order: { trackingNumber: 'TN 1' }, plan: 'gold' } };
const render = (source: string, person = ann) => compileText(source).render(person);

test('P22: the source’s text is filled, and commas, percent signs and URLs survive', () => {
  expect(render('{{firstName}}, 20% off this weekend with code MAR20: https://acme.app/m?a=1&b=%20').text).toBe('Ann, 20% off this weekend with code MAR20: https://acme.app/m?a=1&b=%20');
});

test('P3, D6: {{firstName}} and {{contact.firstName}} are the same', () => {
  expect(render('{{firstName}}/{{contact.firstName}}').text).toBe('Ann/Ann');
});

test('P64: other roots come from the member’s data, then from the contact’s own fields', () => {
  expect(render('{{order.trackingNumber}} {{city}} {{plan}} {{contact.plan}}').text).toBe('TN 1 Oslo gold pro');
});

test('D5: a missing value takes the default of its expression, else it is empty and named', () => {
  expect(render('Hi {{ lastName | default: "there" }}')).toEqual({ text: 'Hi there', missing: [] });
  expect(render('Hi {{ lastName }} of {{ no.where }}')).toEqual({ text: 'Hi  of ', missing: ['lastName', 'no.where'] });
});

test('values are text: a value with braces or tags is not read as Liquid or HTML', () => {
  const person = { ...ann, contact: { ...ann.contact, firstName: '{{ city }} <b>&amp;' } };
  expect(render('{{firstName}}', person).text).toBe('{{ city }} <b>&amp;');
});

test('a text without placeholders comes out as it went in', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/\{[{%]|\r|\u0000/.test(text)), (text) => {
    expect(render(text).text).toBe(text);
  }));
});

test('a fault is said in words', () => {
  expect(textFault('Hi {{ firstName')).toMatch(/not closed/);
  expect(textFault('{% include "secrets" %}')).toMatch(/not found/);
  expect(textFault('Hi {{ firstName }}')).toBeNull();
});

test('the fields that a text uses are known without rendering it', () => {
  expect(compileText('{{firstName}} {{order.trackingNumber}} {% if city %}x{% endif %}').fields.sort()).toEqual(['city', 'firstName', 'order.trackingNumber']);
});
