import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionsOf } from './mapping.ts';
import { templateFaults, type TemplateDraft } from './rules.ts';
import { emptyContent, type TemplateButton, type TemplateContent } from './template.ts';

const draft = (content: Partial<TemplateContent>, part: Partial<TemplateDraft> = {}): TemplateDraft => {
  const whole = { ...emptyContent(content.type), ...content };
  const variables = Object.fromEntries(positionsOf(whole).map((name) => [name, { sample: 'Sample', fallback: '' }]));
  return { name: 'order_shipped', language: 'en', category: 'utility', variables, ...part, content: whole };
};
const faults = (content: Partial<TemplateContent>, part: Partial<TemplateDraft> = {}) => templateFaults(draft(content, part));
const codes = (content: Partial<TemplateContent>, part: Partial<TemplateDraft> = {}) => faults(content, part).map(({ code }) => code);
const body = (text: string) => ({ body: text });

/** The draft after the one-click fix of its first fault with this code. */
function fixed(content: Partial<TemplateContent>, code: string, part: Partial<TemplateDraft> = {}): TemplateDraft {
  const before = draft(content, part);
  const after = templateFaults(before).find((fault) => fault.code === code)!.fix!.apply(before);
  expect(templateFaults(after).map((fault) => fault.code)).not.toContain(code);
  return after;
}

test('a plain template has no faults', () => {
  expect(faults(body('Hello {{firstName}}, the parcel {{order.trackingNumber}} left our house and will be with you soon.'))).toEqual([]);
});

test('the name has small letters, digits and underscores; the fix writes it so', () => {
  expect(faults(body('Hello'), { name: 'Order-shipped' })[0]).toMatchObject({ code: 'name_pattern', place: { part: 'name', from: 0, to: 1 } });
  expect(fixed(body('Hello'), 'name_pattern', { name: ' Ümlaut & Order shipped! ' }).name).toBe('umlaut_order_shipped');
});

describe('P48: where variables may stand', () => {
  test('not side by side, also with a blank between', () => {
    expect(faults(body('Hello dear {{firstName}} {{lastName}}, how are you doing today?'))[0]).toMatchObject({ code: 'adjacent', severity: 'error', place: { part: 'body', from: 11, to: 37 } });
    expect(fixed(body('Hello {{a}} {{b}} is here'), 'adjacent').content.body).toBe('Hello {{a}}, {{b}} is here');
    expect(fixed(body('Hello {{a}}{{b}} is here'), 'adjacent').content.body).toBe('Hello {{a}}, {{b}} is here');
    expect(codes(body('Hello {{a}} and {{b}} are here with us today'))).toEqual([]);
  });

  test('not at the start, also after marks; not at the end, also before punctuation', () => {
    expect(fixed(body('*{{firstName}}*, it is here'), 'starts_with_variable').content.body).toBe('Hello *{{firstName}}*, it is here');
    expect(fixed(body('The order is here, {{firstName}}!'), 'ends_with_variable').content.body).toBe('The order is here, {{firstName}}! Thank you.');
    expect(fixed(body('El pedido es {{order.id}}'), 'ends_with_variable', { language: 'es_MX' }).content.body).toBe('El pedido es {{order.id}}. Gracias.');
  });

  test('with x variables at least 2x + 1 other words: a warning only', () => {
    expect(faults(body('Hi {{a}} – ok'))).toEqual([expect.objectContaining({ code: 'few_words', severity: 'warning' })]);
    expect(codes(body('Hi {{a}} all fine'))).toEqual([]);
  });

  test('a number, a tag, an open or an empty placeholder is no variable', () => {
    expect(codes(body('Hi {{1}} all is fine'))).toEqual(['typed_number']);
    expect(codes(body('Hi {{ firstName | default there }} all is fine'))).toEqual(['invalid_expression']);
    expect(fixed(body('Hi {% if a %}you{% endif %} there'), 'liquid_tag', {}).content.body).toBe('Hi you there');
    expect(fixed(body('Hi {{ firstName and more'), 'open_placeholder').content.body).toBe('Hi  firstName and more');
    expect(fixed(body('Hi {{ }} and more'), 'open_placeholder').content.body).toBe('Hi  and more');
  });

  test('at most 100', () => {
    const text = `Start ${Array.from({ length: 101 }, (_, index) => `w w w {{v${index}}}`).join(' ')} end`;
    expect(codes(body(text))).toContain('too_many_variables');
  });
});

test('every position has a sample; the fix offers one by the name of the field', () => {
  const found = faults(body('Hello {{firstName}} and all'), { variables: {} })[0]!;
  expect(found).toMatchObject({ code: 'no_sample', place: { part: 'variable', index: 0 }, fix: { label: 'Use “Ann”' } });
  expect(fixed(body('Hello {{firstName}} and all'), 'no_sample', { variables: { firstName: { sample: ' ', fallback: 'there' } } }).variables).toEqual({ firstName: { sample: 'Ann', fallback: 'there' } });
  expect(fixed(body('Hello {{a}} and all'), 'unclean_sample', { variables: { a: { sample: 'one\ntwo', fallback: '' } } }).variables['a']!.sample).toBe('one two');
});

describe('the parts', () => {
  test('body: some text, within 1,024 characters with samples, two new lines at most', () => {
    expect(codes(body(' '))).toEqual(['no_body']);
    const long = `Hello ${'word '.repeat(202)}{{firstName}} and the end`;
    expect(fixed(body(long), 'body_too_long').content.body).toMatch(/word$/);
    expect(fixed(body('One\n\n\nTwo'), 'many_new_lines').content.body).toBe('One\n\nTwo');
    expect(codes(body('One\n\nTwo'))).toEqual([]);
  });

  test('footer: no variable, no new line, no emoji, 60 characters', () => {
    const footer = (text: string) => ({ type: 'card' as const, body: 'Hello', footer: text });
    expect(fixed(footer('From {{a}} us'), 'footer_variable').content.footer).toBe('From  us');
    expect(fixed(footer('Two\nlines'), 'footer_new_line').content.footer).toBe('Two lines');
    expect(fixed(footer('Bye 👋🏽 now'), 'footer_emoji').content.footer).toBe('Bye  now');
    expect(fixed(footer('word '.repeat(20)), 'footer_too_long').content.footer.length).toBeLessThanOrEqual(60);
  });

  test('header: one variable, one line, 60 characters, and none beside media', () => {
    const header = (text: string, media = '') => ({ type: 'card' as const, body: 'Hello', header: text, media });
    expect(fixed(header('{{a}} or {{b}}'), 'header_variables').content.header).toBe('{{a}} or ');
    expect(fixed(header('x'.repeat(61)), 'header_too_long').content.header).toHaveLength(60);
    expect(fixed(header('Hello', 'https://acme.app/a.jpg'), 'header_and_media').content).toMatchObject({ header: '', media: 'https://acme.app/a.jpg' });
  });

  test('a part that the type does not have is taken out', () => {
    expect(fixed({ type: 'text', body: 'Hello', footer: 'Bye' }, 'part_not_in_type').content.footer).toBe('');
  });
});

describe('buttons', () => {
  const url = (address: string): TemplateButton => ({ type: 'url', title: 'Open', url: address });
  const reply = (title: string): TemplateButton => ({ type: 'quick_reply', title });
  const phone = (number: string): TemplateButton => ({ type: 'phone', title: 'Call', phone: number });
  const card = (...buttons: TemplateButton[]) => ({ type: 'card' as const, body: 'Hello', buttons });

  test('as many as Meta takes, of the kinds that the type has', () => {
    expect(codes(card(url('https://a.app/1'), url('https://a.app/2'), url('https://a.app/3')))).toEqual(['too_many_buttons']);
    expect(codes(card(phone('+14155550132'), phone('+14155550133')))).toEqual(['too_many_buttons']);
    expect(codes({ ...card(...Array.from({ length: 11 }, (_, index) => reply(`R${index}`))), type: 'quick_reply' })).toEqual(['too_many_buttons']);
    expect(fixed({ ...card(reply('Yes'), phone('+14155550132')), type: 'quick_reply' }, 'too_many_buttons').content.buttons).toEqual([reply('Yes')]);
    expect(fixed({ type: 'quick_reply', body: 'Hello' }, 'no_buttons').content.buttons).toHaveLength(1);
  });

  test('quick replies stand together', () => {
    expect(fixed(card(reply('Yes'), url('https://a.app/1'), reply('No')), 'mixed_buttons').content.buttons.map(({ title }) => title)).toEqual(['Yes', 'No', 'Open']);
    expect(codes(card(url('https://a.app/1'), reply('Yes'), reply('No')))).toEqual([]);
  });

  test('labels: 25 characters, no variable', () => {
    expect(fixed(card(reply('A label that is much too long to read')), 'long_label').content.buttons[0]!.title).toBe('A label that is much too');
    expect(fixed(card(reply('For {{firstName}}')), 'label_variable').content.buttons[0]!.title).toBe('For');
    expect(codes(card(reply('')))).toEqual(['no_label']);
  });

  test('addresses: 2,000 characters, one variable at the end, no shortener, no way into WhatsApp', () => {
    expect(codes(card(url(`https://a.app/${'x'.repeat(2_000)}`)))).toEqual(['long_address']);
    expect(fixed(card(url('https://a.app/{{order.id}}/track')), 'address_variable_inside').content.buttons[0]).toMatchObject({ url: 'https://a.app//track/{{order.id}}' });
    expect(codes(card(url('https://a.app/{{a}}/{{b}}')))).toEqual(['address_variables']);
    expect(codes(card(url('https://bit.ly/3xyz')))).toEqual(['refused_link']);
    expect(codes(card(url('https://wa.me/14155550132')))).toEqual(['refused_link']);
    expect(codes(card(url('{{link}}')))).toEqual(['no_address']);
    expect(codes(card(url('https://a.app/{{order.id}}')))).toEqual([]);
  });

  test('phone numbers with their country', () => {
    expect(fixed(card(phone('+1 (415) 555-0132')), 'no_phone').content.buttons[0]).toMatchObject({ phone: '+14155550132' });
    expect(codes(card(phone('555 0132')))).toEqual(['no_phone']);
  });
});

test('links in the text: no shorteners, none into WhatsApp, encrypted', () => {
  expect(fixed(body('Hello, see https://bit.ly/3xyz for more'), 'refused_link').content.body).toBe('Hello, see  for more');
  expect(codes(body('Hello, write to wa.me/14155550132 now'))).toContain('refused_link');
  expect(fixed(body('Hello, see http://acme.app/x for more'), 'plain_link').content.body).toContain('https://acme.app/x');
});

test('media: a public address with the type of the file, one variable at the end', () => {
  const media = (address: string) => ({ type: 'media' as const, body: 'Hello', media: address });
  expect(codes(media('https://acme.app/a.jpg'))).toEqual([]);
  expect(codes(media(''))).toEqual(['no_media']);
  expect(codes(media('https://acme.app/a'))).toEqual(['no_extension']);
  expect(codes(media('http://localhost/a.jpg'))).toEqual(['no_address']);
  expect(codes(media('https://10.0.0.1/a.jpg'))).toEqual(['private_media']);
  expect(codes(media('https://drive.google.com/file/d/1/a.jpg'))).toEqual(['private_media']);
  expect(codes(media('https://acme.app/{{order.image}}'), { variables: { 'order.image': { sample: 'shoe.jpg', fallback: '' } } })).toEqual([]);
  expect(codes(media('https://acme.app/{{a}}/x.jpg'))).toEqual(['address_variable_inside']);
});

describe('P50, P53: the category', () => {
  test('“20% off” in Utility reads like Marketing; one click changes it', () => {
    const text = body('Hello, take 20% off all shoes');
    expect(faults(text)[0]).toMatchObject({ code: 'category_guess', severity: 'warning', place: { part: 'category' }, message: expect.stringContaining('20% off') });
    expect(fixed(text, 'category_guess').category).toBe('marketing');
  });

  test('a one-time code takes Meta’s text: no words, links, media or emoji of ours', () => {
    const after = fixed(body('Hello, {{otp}} is your verification code today'), 'category_guess', { variables: { otp: { sample: '482913', fallback: '' } } });
    expect(after).toMatchObject({ category: 'authentication', content: { type: 'authentication', body: '', buttons: [{ type: 'copy_code', code: '{{otp}}' }] } });
    expect(templateFaults(after)).toEqual([]);
    expect(codes({ type: 'authentication', body: 'https://x.app 🎉' }, { category: 'authentication' })).toEqual(expect.arrayContaining(['part_not_in_type', 'no_code']));
    expect(codes(body('Hello there'), { category: 'authentication' })).toContain('not_authentication');
    expect(codes({ ...after.content }, { ...after, category: 'utility' })).toContain('authentication_category');
    expect(codes(after.content, { category: 'authentication', variables: { otp: { sample: '1234567890123456', fallback: '' } } })).toContain('code_sample');
  });
});

describe('P81: variables for all that varies', () => {
  const literals = (text: string) => faults(body(text)).filter(({ code }) => code === 'literal_value').map(({ place }) => text.slice(place.from!, place.to!));

  test('dates, times, prices, percentages, numbers and names that are written literally', () => {
    expect(literals('Hi Ann, order #10042 of 22 November costs $42.50, comes at 10:30, 15% less')).toEqual(['Ann', '#10042', '22 November', '$42.50', '10:30']);
    expect(literals('Hello {{order2024.id}}, reply within 24 hours, see https://acme.app/2026/11')).toEqual([]);
  });

  test('one click makes a variable of it, with the words as its sample', () => {
    const after = fixed(body('Hello, pay $42.50 to us'), 'literal_value');
    expect(after).toMatchObject({ content: { body: 'Hello, pay {{price}} to us' }, variables: { price: { sample: '$42.50' } } });
  });
});

// Whatever is written, the fixes lead somewhere: pressing them one after another ends, and each takes its own fault away.
const words = fc.array(fc.constantFrom('{{a}}', '{{b.c}}', '{{1}}', '{{', '{% x %}', ' ', '\n\n\n', 'Hi Ann,', '20% off', 'https://bit.ly/x', 'your order', '$42', '.', '👋', 'otp', '*', 'word '.repeat(60)), { maxLength: 12 }).map((bits) => bits.join(''));
const anyButton: fc.Arbitrary<TemplateButton> = fc.oneof(
  fc.record({ type: fc.constant('quick_reply' as const), title: words }), fc.record({ type: fc.constant('url' as const), title: words, url: fc.oneof(words, fc.constant('https://a.app/{{a}}/x')) }),
  fc.record({ type: fc.constant('phone' as const), title: words, phone: fc.constantFrom('', '+1 415 555 0132', '12') }), fc.record({ type: fc.constant('copy_code' as const), title: words, code: words }),
);
const anyDraft: fc.Arbitrary<TemplateDraft> = fc.record({
  name: fc.constantFrom('ok_name', 'Bad Name!', ''), language: fc.constantFrom('en', 'pt_BR', 'xx'), category: fc.constantFrom('utility', 'marketing', 'authentication'),
  content: fc.record({ type: fc.constantFrom('text', 'media', 'quick_reply', 'call_to_action', 'card', 'authentication'), header: words, body: words, footer: words, media: fc.oneof(words, fc.constant('https://a.app/{{a}}')), buttons: fc.array(anyButton, { maxLength: 4 }), hasSecurityAdvice: fc.boolean(), codeExpirationMinutes: fc.constantFrom(null, 10) }),
  variables: fc.constant({}),
});

test('pressing one fix after another always comes to an end', () => {
  fc.assert(fc.property(anyDraft, (start) => {
    let now = start;
    for (let presses = 0; ; presses++) {
      const fixable = templateFaults(now).find(({ fix }) => fix !== null);
      if (!fixable) return;
      const after = fixable.fix!.apply(now);
      expect(after, `${fixable.code}: ${fixable.message}`).not.toEqual(now);
      expect(presses).toBeLessThan(150);
      now = after;
    }
  }), { numRuns: 50 });
});
