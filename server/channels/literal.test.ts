import { expect, test } from 'vitest';
import { channels } from './index.ts';
import { literal, literalDraft } from './literal.ts';
import { compileText } from './text.ts';

const nobody = { contact: { phone: null, email: null, firstName: 'Ann', lastName: null, fields: { x: 'secret' } }, data: {} };
const rendered = (text: string) => compileText(literal(text)).render(nobody);

test('what looks like a placeholder, a tag, or the end of one is written as it was typed', () => {
  for (const text of ['{{firstName}}', 'a {{ x }} b', '{% if x %}y{% endif %}', '{% raw %}{{x}}{% endraw %}', '{{', '}}', '{{{{{', '{%', '%}', '{{-x-}}', '{ {x} }', '{{ "{{" }}', '"}}', '{#', '\\{{x}}', 'no braces at all', '']) {
    expect(rendered(text)).toEqual({ text, missing: [], isRefused: false });
  }
});

test('rendering gives back any text of up to 1,600 characters', () => {
  const pieces = ['{', '}', '%', '{{', '}}', '{%', '%}', '-', '"', "'", '|', ' ', '\n', 'x', 'firstName', 'raw', 'endraw', 'if', '#', '\\', '😀', 'é', '{'];
  let seed = 11;
  const random = (below: number) => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor((seed / 2_147_483_648) * below); };
  for (let i = 0; i < 3_000; i++) {
    const text = Array.from({ length: random(i % 100 === 0 ? 700 : 25) }, () => pieces[random(pieces.length)]!).join('').slice(0, 1_600);
    expect(rendered(text)).toEqual({ text, missing: [], isRefused: false });
  }
});

test('the longest text of nothing but braces is no program that is too large', () => {
  for (const text of ['{a'.repeat(800), '{'.repeat(1_600), '{%'.repeat(800)]) expect(rendered(text).text).toBe(text);
});

test('an answer on either channel is what was typed', () => {
  const draft = { content: 'Hi {{firstName}} {% x %}', mediaUrls: [], templateSid: null, template: null, templateVariables: null, missingValues: {}, optOutLine: null };
  for (const channel of Object.values(channels)) {
    expect(channel.problems(literalDraft(draft))).toEqual([]);
    expect(channel.prepare(literalDraft(draft)).compose(nobody, { recipient: '+12025550100', isWindowOpen: true })).toMatchObject({ body: draft.content });
  }
});
