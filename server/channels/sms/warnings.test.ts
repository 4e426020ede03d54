import { expect, test } from 'vitest';
import type { Draft } from '../channel.ts';
import { smsWarnings } from './warnings.ts';

const draft = (content: string, optOutLine: string | null = 'Reply STOP to opt out.'): Draft => ({ content, mediaUrls: [], templateSid: null, template: null, templateVariables: null, missingValues: {}, optOutLine });
const codes = (content: string, { line, brandName = 'Acme Shoes', longest = 1 }: { line?: string | null; brandName?: string | null; longest?: number } = {}) =>
  smsWarnings(draft(content, line), { brandName, longest }).map(({ code }) => code);

test('the text of the source with a name and a way out has nothing to warn about', () => {
  expect(codes('{{firstName}}, 20% off at Acme this weekend with code MAR20: https://acme.app/m')).toEqual([]);
});

test('links of shared shorteners and without encryption are named', () => {
  expect(codes('Acme: look at https://bit.ly/3xyz')).toEqual(['link_shortener']);
  expect(codes('Acme: look at bit.ly/3xyz')).toEqual(['link_shortener']);
  expect(codes('Acme: look at http://acme.app/m')).toEqual(['plain_link']);
  expect(codes('Acme: write to me@habit.ly or see https://habit.ly/x')).toEqual([]);
});

test('words that carriers filter are named, whole words only', () => {
  expect(codes('Acme: free wine and cigarettes')).toEqual(['carrier_filter']);
  expect(smsWarnings(draft('Acme: free wine and cigarettes'), { brandName: null, longest: null })[0]).toMatchObject({ title: 'Carriers may filter “wine”, “cigarette”', detail: expect.stringContaining('alcohol, tobacco') });
  expect(codes('Acme: swine, Essex, begun, hempen')).toEqual([]);
});

test('a text that does not say how to stop, or who writes, is told so', () => {
  expect(codes('Acme: hello', { line: null })).toEqual(['no_opt_out']);
  expect(codes('Acme: text stop to leave', { line: null })).toEqual([]);
  expect(codes('Hello {{acme}}')).toEqual(['no_brand']);
  expect(codes('Hello', { brandName: null })).toEqual([]);
  expect(codes('See https://acmeshoes.com')).toEqual([]);
});

test('capitals and length', () => {
  expect(codes('ACME SALE TODAY ONLY, COME AND BUY')).toEqual(['all_caps']);
  expect(codes('Acme: code MAR20 OK')).toEqual([]);
  expect(codes('Acme: a long one', { longest: 4 })).toEqual(['many_segments']);
});

test('an empty text has no warnings', () => {
  expect(codes('  ', { line: null })).toEqual([]);
});
