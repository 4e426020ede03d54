import { expect, test } from 'vitest';
import { keywordOf } from '#server/domain/opt-out/keyword.ts';
import { soundsLikeOptOut } from './opt-out-wording.ts';

test.each([
  'Please take me off your list', "don't text me again", 'Don’t text me again!', 'unsubscribe me please', 'Please stop', 'stop please', 'STOP STOP STOP', 'Stopp', 'stop texting me', 'Stop sending me messages',
  'remove me from this list', 'Remove my number.', 'no more texts', 'No more messages please', 'I no longer want to receive these messages', 'I do not want your texts', 'dont send me any more messages', 'do not contact me',
  'leave me alone', 'lose my number', 'I want to opt out', 'opt me out', 'Stop promotions', 'Stop all messages', 'Not interested', 'No thanks, not interested', 'stop it', 'never text this number',
  'No me escriban más', 'quiero darme de baja', 'Désabonnez-moi', "Ne m'écrivez plus", 'Bitte keine Nachrichten mehr', 'abmelden', 'Não me mande mais mensagens',
])('P38: %j is shown to a person as a likely opt-out, and is no keyword', (body) => {
  expect([soundsLikeOptOut(body), keywordOf(body)]).toEqual([true, null]);
});

test.each([
  "can't stop laughing", 'Stop by at five', "Don't stop believing", 'The bus stop is closed', 'Where do I get off?', 'Take me to your store', 'Please text me again', 'Text me tomorrow', 'No more room on the bus?',
  "I don't want to unsubscribe", 'Send me more messages', "don't call me, text me", 'I want the blue one', 'Could you remove the pickles?', 'Thanks! Great offers', 'Is it interesting?', 'end of the month', '', '👍', 'Is the sale still on? I never got the message',
  "don't send the blue one", 'Can I cancel my order?', 'x'.repeat(600),
])('%j is none', (body) => {
  expect(soundsLikeOptOut(body)).toBe(false);
});

test('it answers at once, whatever is written', () => {
  const hostile = ['stop the ', 'dont send me any more ', 'dont send me any more', 'no more the ', 'please '].map((piece) => soundsLikeOptOut(`don't send me${` ${piece}`.repeat(200)}`.slice(0, 500)));
  expect(hostile).toEqual([false, false, false, false, false]);
});
