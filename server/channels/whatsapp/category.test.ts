import { expect, test } from 'vitest';
import { guessCategory } from './category.ts';
import { emptyContent } from './template.ts';

const guess = (body: string) => guessCategory({ ...emptyContent(), body })?.category ?? null;

test('P51: the category by the words of the text', () => {
  expect(guess('Hi {{firstName}}, 20 % off this weekend')).toBe('marketing');
  expect(guess('Your order is on its way. Save 10% on the next one')).toBe('marketing');
  expect(guess('20 % de descuento en todo')).toBe('marketing');
  expect(guess('{{code}} is your verification code')).toBe('authentication');
  expect(guess('Tu código de verificación es {{code}}')).toBe('authentication');
  expect(guess('Your order {{order.id}} has been shipped')).toBe('utility');
  expect(guess('See you on Tuesday')).toBeNull();
});

test('it says by which words', () => {
  expect(guessCategory({ ...emptyContent(), body: 'Take 20% off' })?.because).toBe('it says “20% off”');
});

test('a code to copy is an offer; a field named like one is not read', () => {
  expect(guessCategory({ ...emptyContent('call_to_action'), body: 'Hello there', buttons: [{ type: 'copy_code', title: 'Copy', code: 'X1' }] })?.category).toBe('marketing');
  expect(guess('Hello {{discount}} there')).toBeNull();
});
