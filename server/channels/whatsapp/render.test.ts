import { expect, test } from 'vitest';
import type { Person } from '../text.ts';
import { cleanValue, renderTemplate } from './render.ts';
import { emptyContent, type PinnedTemplate } from './template.ts';

const template = (part: Partial<PinnedTemplate> & { body?: string } = {}): PinnedTemplate => ({
  contentSid: 'HX1', name: 'order_shipped', language: 'en', status: 'approved', category: 'utility', positions: ['firstName', 'order.trackingNumber'],
  variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'order.trackingNumber': { sample: '1Z999', fallback: '' } },
  content: { ...emptyContent(), body: part.body ?? 'Hi {{1}}, order {{2}} is on its way.' }, ...part,
});
const person = (fields: Partial<Person['contact']> = {}, data: Person['data'] = { order: { trackingNumber: '1Z42' } }): Person =>
  ({ contact: { phone: '+14155550132', email: null, firstName: 'Maya', lastName: null, fields: {}, ...fields }, data });

test('P66: the values of one person by position, and the text that they make', () => {
  expect(renderTemplate(template(), null, person())).toEqual({
    values: { 1: 'Maya', 2: '1Z42' }, missing: [], text: { header: '', body: 'Hi Maya, order 1Z42 is on its way.', footer: '' },
  });
});

test('P63, P64: the mapping of a broadcast stands over what the author meant', () => {
  const mapping = { 1: '{{contact.lastName | default: "friend"}}', 2: '#{{order.trackingNumber}}' };
  expect(renderTemplate(template(), mapping, person()).values).toEqual({ 1: 'friend', 2: '#1Z42' });
});

test('D5: a missing value takes the fallback of the version, also under another name of the field, else it is missing', () => {
  expect(renderTemplate(template(), null, person({ firstName: ' ' })).values[1]).toBe('there');
  expect(renderTemplate(template(), { 1: '{{contact.nickname}}', 2: '{{order.trackingNumber}}' }, person()).values[1]).toBe('there');
  expect(renderTemplate(template(), null, person({}, {}))).toMatchObject({ missing: ['order.trackingNumber'], values: { 2: '' } });
});

test('P49: a position without an expression is missing, whatever its fallback', () => {
  expect(renderTemplate(template(), { 1: '{{firstName}}' }, person()).missing).toEqual(['{{2}}']);
  expect(renderTemplate(template({ positions: ['', 'order.trackingNumber'], variables: { 1: { sample: 'Ann', fallback: 'there' } } }), null, person()).missing).toEqual(['{{1}}']);
});

test('values carry no new lines, tabs or long runs of blanks (63013)', () => {
  expect(cleanValue('  12 Long Road,\r\n\tBerlin     DE\u2028x ')).toBe('12 Long Road, Berlin DE x');
  expect(cleanValue('four    stay')).toBe('four    stay');
});

test('values are cut so that the body stays within 1,024 characters: the long one, not the short one (63021)', () => {
  const { values, text } = renderTemplate(template({ body: `Hi {{1}}, {{2}} and again {{2}}${'.'.repeat(500)}` }), null, person({}, { order: { trackingNumber: '🦆'.repeat(400) } }));
  expect(values[1]).toBe('Maya');
  expect(values[2]).toMatch(/^(🦆)+…$/u);
  expect(text.body.length).toBeLessThanOrEqual(1_024);
  expect(text.body.length).toBeGreaterThan(1_010);
});

test('an authentication template has one value, in a text of Meta', () => {
  const content = { ...emptyContent('authentication'), buttons: [{ type: 'copy_code' as const, title: 'Copy code', code: '{{1}}' }] };
  const rendered = renderTemplate(template({ content, positions: ['otp'], variables: {} }), null, person({}, { otp: 482_913 }));
  expect(rendered.values).toEqual({ 1: '482913' });
  expect(rendered.text.body).toBe('*482913* is your verification code. For your security, do not share this code.');
});
