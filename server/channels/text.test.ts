import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileText, textFault, type MissingValues, type Person } from './text.ts';

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
  expect(render('Hi {{ lastName | default: "there" }}')).toEqual({ text: 'Hi there', missing: [], isRefused: false });
  expect(render('Hi {{ lastName }} of {{ no.where }}')).toEqual({ text: 'Hi  of ', missing: ['lastName', 'no.where'], isRefused: false });
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

describe('the rule of a field that has no value', () => {
  const withRules = (source: string, rules: MissingValues, person = ann) => compileText(source, rules).render(person);

  test('default: its value is used, through the filters of the expression too', () => {
    const rules: MissingValues = { lastName: { policy: 'default', value: 'friend' }, 'order.gift': { policy: 'default', value: 'a card' } };
    expect(withRules('Hi {{lastName}}, {{ contact.lastName | upcase }}, {{order.gift}} for {{order.trackingNumber}}', rules)).toEqual({ text: 'Hi friend, FRIEND, a card for TN 1', missing: [], isRefused: false });
  });

  test('skip and block: the person gets no such message, and the field is named', () => {
    for (const policy of ['skip', 'block'] as const) {
      expect(withRules('Hi {{contact.lastName}}', { lastName: { policy } })).toMatchObject({ missing: ['lastName'], isRefused: true });
      expect(withRules('Hi {{firstName}}', { firstName: { policy } })).toEqual({ text: 'Hi Ann', missing: [], isRefused: false });
    }
  });

  test('an own default of the expression wins over every rule', () => {
    expect(withRules('Hi {{ lastName | default: "there" }}{{ lastName | default: "" }}', { lastName: { policy: 'block' } })).toEqual({ text: 'Hi there', missing: [], isRefused: false });
  });

  test('what a condition leaves out is not missing; what stands inside of one is', () => {
    const rules: MissingValues = { lastName: { policy: 'skip' } };
    expect(withRules('Hi{% if lastName %} {{lastName}}{% endif %}', rules)).toEqual({ text: 'Hi', missing: [], isRefused: false });
    expect(withRules('{% if firstName %}Hi {{lastName}}{% endif %}', rules).isRefused).toBe(true);
  });

  test('a value of blanks is no value', () => {
    expect(withRules('Hi {{city}}', { city: { policy: 'default', value: 'you' } }, { ...ann, contact: { ...ann.contact, fields: { city: '  ' } } }).text).toBe('Hi you');
  });

  test('D5: the default of an expression stands for blanks too, before any rule', () => {
    const blank = { ...ann, contact: { ...ann.contact, lastName: ' \u00a0' } };
    for (const policy of ['skip', 'block', 'default'] as const) expect(withRules('Hi {{ contact.lastName | default: "there" }}', { lastName: { policy, value: 'you' } }, blank)).toEqual({ text: 'Hi there', missing: [], isRefused: false });
    expect(withRules('Hi {{ lastName | default: firstName }}', { lastName: { policy: 'skip' } }, { ...blank, contact: { ...blank.contact, firstName: null } }).isRefused).toBe(true);
  });

  test('one text for many people: what one lacks is not held against the next', () => {
    const text = compileText('Hi {{firstName}}', { firstName: { policy: 'skip' } });
    const nobody = { ...ann, contact: { ...ann.contact, firstName: null } };
    expect([nobody, ann, nobody].map((each) => text.render(each).isRefused)).toEqual([true, false, true]);
  });
});

test('words and plain fields put together by hand are the rendered text', () => {
  const names = fc.constantFrom('firstName', 'contact.lastName', 'city', 'order.trackingNumber', 'plan', 'no.where');
  const piece = fc.oneof(fc.constantFrom('Hi ', ', ', ' 50% off\n', '{{ "x" }}'), names.map((name) => `{{${name}}}`), names.map((name) => `{{ ${name} | default: 'you' }}`));
  const rules: MissingValues = { lastName: { policy: 'default', value: 'friend' } };
  const known: Record<string, string> = { firstName: 'Ann', city: 'Oslo', 'order.trackingNumber': 'TN 1', plan: 'gold' };
  fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
    const { parts, render: renderFor } = compileText(pieces.join(''), rules);
    expect(parts?.map((part) => ('literal' in part ? part.literal : known[part.field] ?? part.fallback)).join('')).toBe(renderFor(ann).text);
  }), { numRuns: 100 });
});

test('a text that computes or decides has no plain parts', () => {
  for (const source of ['{% if city %}x{% endif %}', '{{ city | upcase }}', '{{ city.size }}', '{{ city | default: plan }}', '{% assign a = city %}{{a}}']) expect(compileText(source).parts).toBeNull();
});
