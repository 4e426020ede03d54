import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft } from '../channel.ts';
import type { Person } from '../text.ts';
import { FREEFORM_MAX_CHARACTERS, whatsapp } from './index.ts';
import { whatsappPrice } from './price.ts';
import { emptyContent, templateStatuses, type PinnedTemplate } from './template.ts';
import { isUnitedStates } from './united-states.ts';
import { isWindowOpen, WINDOW_MARGIN } from './window.ts';

const template: PinnedTemplate = {
  contentSid: `HX${'1'.repeat(32)}`, name: 'order_shipped', language: 'en', status: 'approved', category: 'utility',
  content: { ...emptyContent('text'), body: 'Hi {{1}}, your order {{2}} has left our house.' }, positions: ['firstName', 'order.trackingNumber'],
  variables: { firstName: { sample: 'Ann', fallback: '' }, 'order.trackingNumber': { sample: 'TN-1', fallback: '' } },
};
const draft = (values: Partial<Draft> = {}): Draft =>
  ({ content: '', mediaUrls: [], templateSid: values.template ? values.template.contentSid : null, template: null, templateVariables: null, missingValues: {}, optOutLine: null, ...values });
const person = (firstName: string | null = 'Ann', trackingNumber: string | null = 'TN-7'): Person => ({ contact: { phone: '+12025550101', email: null, firstName, lastName: null, fields: {} }, data: { order: { trackingNumber } } });
const [open, closed] = [true, false].map((is) => ({ recipient: 'whatsapp:+442079460958', isWindowOpen: is })) as [{ recipient: string; isWindowOpen: boolean }, { recipient: string; isWindowOpen: boolean }];
const compose = (values: Partial<Draft>, to = open, who = person()) => whatsapp.prepare(draft(values)).compose(who, to);
const codes = (values: Partial<Draft>) => whatsapp.problems(draft(values)).map(({ field, code }) => `${field} ${code}`);

test('D4: inside of the window free-form text and media, else the template; without a template nobody outside gets anything', () => {
  expect(compose({ content: 'Hi {{firstName}}', mediaUrls: ['https://acme.app/a.jpg'], template })).toEqual({ method: 'freeform', body: 'Hi Ann', mediaUrls: ['https://acme.app/a.jpg'], segments: 1, missing: [] });
  const asTemplate = { method: 'template', body: 'Hi Ann, your order TN-7 has left our house.', contentSid: template.contentSid, contentVariables: { 1: 'Ann', 2: 'TN-7' }, segments: 1, missing: [] };
  expect(compose({ content: 'Hi {{firstName}}', template }, closed)).toEqual(asTemplate);
  expect([compose({ template }), compose({ template }, closed)]).toEqual([asTemplate, asTemplate]);
  expect(compose({ content: 'Hi' }, closed)).toEqual({ skip: 'outside_24h_window', missing: [] });
  expect(compose({ mediaUrls: ['https://acme.app/a.jpg'] })).toMatchObject({ method: 'freeform', body: '' });
});

test('P72: 23:59:59 after their last message the window is open, 24:00:00 it is not, each less the margin', () => {
  const at = 1_700_000_000_000;
  const after = (seconds: number) => isWindowOpen(at, at + (seconds - WINDOW_MARGIN) * 1_000);
  expect([after(86_399), after(86_400), after(86_401), isWindowOpen(null, at)]).toEqual([true, false, false, false]);
});

test('D5: a value that is missing takes the version’s fallback, the expression’s default or the broadcast’s, else the person is skipped', () => {
  const nobody = person(null);
  const value = (values: Partial<Draft>) => { const composed = compose(values, closed, nobody); return 'contentVariables' in composed ? composed.contentVariables[1] : composed; };
  expect(value({ template: { ...template, variables: { ...template.variables, firstName: { sample: 'Ann', fallback: 'friend' } } } })).toBe('friend');
  expect(value({ template, templateVariables: { 1: '{{ firstName | default: "you" }}', 2: '{{order.trackingNumber}}' } })).toBe('you');
  expect(value({ template, missingValues: { 'contact.firstName': { policy: 'default', value: 'all' } } })).toBe('all');
  expect(value({ template })).toEqual({ skip: 'missing_variable', missing: ['firstName'] });
  expect(value({ template, missingValues: { firstName: { policy: 'default', value: '' } } })).toEqual({ skip: 'missing_variable', missing: ['firstName'] });
  expect(compose({ content: 'Hi {{firstName}}' }, open, nobody)).toEqual({ skip: 'missing_variable', missing: ['firstName'] });
  expect(compose({ content: 'Hi {{firstName}}', missingValues: { firstName: { policy: 'default', value: '' } } }, open, nobody)).toMatchObject({ body: 'Hi ' });
});

test('D14: a marketing template is not sent to the United States, inside of the window or not; other templates and countries are', () => {
  const marketing = { ...template, category: 'marketing' as const };
  for (const isOpen of [true, false]) expect(compose({ template: marketing }, { recipient: 'whatsapp:+12025550101', isWindowOpen: isOpen })).toEqual({ skip: 'marketing_not_delivered', missing: [] });
  for (const recipient of ['whatsapp:+14165550101', 'whatsapp:+18765550101', 'whatsapp:+442079460958']) expect(compose({ template: marketing }, { recipient, isWindowOpen: false })).toMatchObject({ method: 'template' });
  expect(compose({ template }, { recipient: 'whatsapp:+12025550101', isWindowOpen: false })).toMatchObject({ method: 'template' });
  expect(['+12025550101', '+17875550101', '+14165550101', '+442079460958'].map(isUnitedStates)).toEqual([true, true, false, false]);
  expect(whatsapp.warnings(draft({ template: marketing }), { brandName: null, longest: null }).map(({ code }) => code)).toEqual(['marketing_us']);
});

test('P6: only an approved template may be sent, and each other state says what to do', () => {
  for (const status of templateStatuses) expect(codes({ template: { ...template, status } })).toEqual(status === 'approved' ? [] : ['templateSid template_not_approved']);
  expect(codes({ templateSid: 'HXabcdef...' })).toEqual(['templateSid template_not_approved']);
});

test('P48, P49, P63: keys are the positions 1, 2, 3 …, all of them, and each has an expression', () => {
  const mapped = (templateVariables: Record<string, string>) => codes({ template, templateVariables });
  expect(mapped({ 1: '{{contact.firstName}}', 2: '{{order.trackingNumber}}' })).toEqual([]);
  expect(mapped({ firstName: '{{firstName}}' })).toEqual(['templateVariables invalid_position']);
  expect(mapped({ 1: 'a', 2: 'b', 3: 'c' })).toEqual(['templateVariables unknown_position']);
  expect(mapped({ 2: 'b' })).toEqual(['templateVariables template_variable_unmapped']);
  expect(mapped({ 1: ' ', 2: 'b' })).toEqual(['templateVariables template_variable_unmapped']);
  expect(mapped({ 1: '{{ firstName', 2: 'b' })).toEqual(['templateVariables invalid_placeholder']);
  expect(codes({ template: { ...template, positions: ['', ''] } })).toEqual(['templateVariables template_variable_unmapped']);
});

test('a draft without anything, with two files or with a broken placeholder is refused', () => {
  expect(codes({})).toEqual(['templateSid empty']);
  expect(codes({ content: 'Hi', mediaUrls: ['https://a.app/1.jpg', 'https://a.app/2.jpg'] })).toEqual(['mediaUrls too_many_media']);
  expect(codes({ content: 'Hi {{ firstName' })).toEqual(['content invalid_placeholder']);
});

const someone = fc.record({ firstName: fc.option(fc.string({ maxLength: 40 }), { nil: null }), trackingNumber: fc.option(fc.string({ maxLength: 1_200 }), { nil: null }) });
const rule = fc.constantFrom({ policy: 'skip' as const }, { policy: 'block' as const }, { policy: 'default' as const, value: 'you' }, { policy: 'default' as const, value: '' }, undefined);
const drafts = fc.record({
  content: fc.constantFrom('', 'Hi {{firstName}}', '{{order.trackingNumber}}{{order.trackingNumber}}', '{% if firstName %}Yes{% endif %}'), hasTemplate: fc.boolean(), mapping: fc.constantFrom(null, { 1: '{{firstName}}', 2: 'No. {{ order.trackingNumber | upcase }}' }, { 1: '{{ firstName | default: "x" }}', 2: '7' }),
  fallback: fc.constantFrom('', 'friend'), first: rule, second: rule, category: fc.constantFrom('utility' as const, 'marketing' as const), isOpen: fc.boolean(), isUs: fc.boolean(),
}).map(({ content, hasTemplate, mapping, fallback, first, second, category, isOpen, isUs }) => ({
  to: { recipient: isUs ? 'whatsapp:+12025550101' : 'whatsapp:+442079460958', isWindowOpen: isOpen },
  given: draft({
    content, templateVariables: hasTemplate ? mapping : null, missingValues: Object.fromEntries([['firstName', first] as const, ['order.trackingNumber', second] as const].flatMap(([name, each]) => (each ? [[name, each] as const] : []))),
    ...(hasTemplate && { template: { ...template, category, variables: { ...template.variables, firstName: { sample: 'Ann', fallback } } }, templateSid: template.contentSid }),
  }),
}));

test('whatever is written, whoever gets it: outside only a template leaves, no value is empty or breaks Meta’s rules, and nothing is too long', () => {
  fc.assert(fc.property(drafts, someone, ({ given, to }, { firstName, trackingNumber }) => {
    if (whatsapp.problems(given).length > 0) return;
    const composed = whatsapp.prepare(given).compose(person(firstName, trackingNumber), to);
    if ('skip' in composed) { if (composed.skip === 'outside_24h_window') expect([to.isWindowOpen, given.template]).toEqual([false, null]); return; }
    if (!to.isWindowOpen) expect(composed.method).toBe('template');
    if (composed.method !== 'template') { expect([...composed.body].length).toBeLessThanOrEqual(FREEFORM_MAX_CHARACTERS); return; }
    expect(Object.keys(composed.contentVariables)).toEqual(['1', '2']);
    for (const value of Object.values(composed.contentVariables)) expect(value).toMatch(/^\S(?!.*[\n\t\r])(?!.*\s{5}).*$/su);
    expect(composed.body.length).toBeLessThanOrEqual(1_024);
  }), { numRuns: 300 });
});

test('the way by which an audience is measured says the same about each person as the message does', () => {
  fc.assert(fc.property(drafts, someone, ({ given, to }, { firstName, trackingNumber }) => {
    if (whatsapp.problems(given).length > 0) return;
    const composer = whatsapp.prepare(given);
    const who = person(firstName, trackingNumber);
    const composed = composer.compose(who, to);
    const way = to.isWindowOpen ? composer.inside : composer.outside;
    const skip = !way ? 'outside_24h_window' : way.refuses(to.recipient) ?? (way.text.render(who).isRefused ? 'missing_variable' : null);
    expect('skip' in composed && composed.skip !== 'empty_message' && composed.skip !== 'message_too_long' ? composed.skip : null).toBe(skip);
    if (way && !('skip' in composed)) expect(composed.method).toBe(way.method);
  }), { numRuns: 300 });
});

test('P52: the price depends on category, country, window and day; a free-form answer costs Twilio’s fee', () => {
  const at = new Date('2026-11-22T10:00:00Z');
  const price = (recipient: string, method: 'template' | 'freeform', category: 'utility' | 'marketing' | null, isOpen = false, day = at) => whatsappPrice(recipient, { method, category, isWindowOpen: isOpen, at: day });
  expect(price('whatsapp:+442079460958', 'template', 'marketing')).toEqual({ low: '0.052610', likely: '0.057900', high: '0.066585' });
  expect(Number(price('whatsapp:+442079460958', 'template', 'utility').likely)).toBeLessThan(Number(price('whatsapp:+442079460958', 'template', 'marketing').likely));
  expect(price('whatsapp:+442079460958', 'freeform', null, true).likely).toBe('0.005000');
  expect([price('whatsapp:+12025550101', 'template', 'utility', true, new Date('2026-09-30T23:59:59Z')).likely, price('whatsapp:+12025550101', 'template', 'utility', true, new Date('2026-10-01T00:00:00Z')).likely]).toEqual(['0.005000', '0.009000']);
  expect(price('whatsapp:+99912345678', 'template', 'marketing').likely).toBe('0.065400');
});
