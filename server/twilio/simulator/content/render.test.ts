import { expect, test } from 'vitest';
import type { Content, ContentType } from '#server/twilio/simulator/content/content.ts';
import { readContentRequest } from '#server/twilio/simulator/content/content-request.ts';
import { needsApproval, renderContent } from '#server/twilio/simulator/content/render.ts';
import { readSubmission } from '#server/twilio/simulator/content/submission.ts';

function contentOf(types: Record<string, object>, variables: Record<string, string> = { 1: '123456' }): Content {
  const request = readContentRequest(JSON.stringify({ friendly_name: 'x', language: 'en', variables, types }));
  return { ...request, sid: `HX${'0'.repeat(32)}`, accountSid: `AC${'0'.repeat(32)}`, createdAt: 0, updatedAt: 0, approval: null };
}

const submit = (content: Content, category: string) => readSubmission(JSON.stringify({ name: 'x', category }), content);
const withActions = (...actions: object[]) => contentOf({ 'twilio/call-to-action': { body: 'Your order is on its way to you now.', actions } });

test('P53: an authentication template has the body of Meta, with the code as its only variable', () => {
  const action = { type: 'COPY_CODE', copy_code_text: 'Copy it' };
  const content = contentOf({ 'whatsapp/authentication': { add_security_recommendation: true, code_expiration_minutes: 5, actions: [action] } });
  expect(content.types['whatsapp/authentication']?.actions).toEqual([action]);
  expect(submit(content, 'AUTHENTICATION')).toEqual({ name: 'x', category: 'AUTHENTICATION' });
  const sent = renderContent(content, { 1: '998877' });
  expect(sent).toMatchObject({
    body: '*998877* is your verification code. For your security, do not share this code.', footer: 'This code expires in 5 minutes.', buttons: [{ title: 'Copy it', payload: '998877' }], fault: null,
  });
  expect(needsApproval(sent)).toBe(true);
  expect(() => submit(content, 'UTILITY')).toThrow('AUTHENTICATION');
});

test('a card fills header, body, footer, media and the ends of its links', () => {
  const card: ContentType = {
    header_text: 'Order {{1}}', body: 'Hello {{2}}, it is on its way to you.', footer: 'Shop', media: ['https://shop.example/{{1}}.jpg'],
    actions: [{ type: 'URL', title: 'See', url: 'https://shop.example/{{1}}' }, { type: 'PHONE_NUMBER', title: 'Call', phone: '+14155551234' }],
  };
  const content = contentOf({ 'twilio/text': { body: 'Plain {{1}} text' }, 'whatsapp/card': card }, { 1: '77', 2: 'Ann' });
  expect(submit(content, 'UTILITY')).toMatchObject({ category: 'UTILITY' });
  expect(renderContent(content, { 2: 'Bob' })).toMatchObject({
    contentType: 'whatsapp/card', header: 'Order 77', body: 'Hello Bob, it is on its way to you.', mediaUrls: ['https://shop.example/77.jpg'],
    buttons: [{ type: 'URL', payload: 'https://shop.example/77' }, { type: 'PHONE_NUMBER', payload: '+14155551234' }],
  });
});

test('a variable with neither value nor sample is 63028', () => {
  expect(renderContent(contentOf({ 'twilio/text': { body: 'Order {{1}} and {{2}} are here.' } }), {}).fault).toBe(63028);
});

test.each([
  ['three links', Array.from({ length: 3 }, () => ({ type: 'URL', title: 'See', url: 'https://shop.example/' })), 'at most 2 URL'],
  ['a variable inside of a link', [{ type: 'URL', title: 'See', url: 'https://shop.example/{{1}}/x' }], 'at its end'],
  ['a long label', [{ type: 'URL', title: 'x'.repeat(26), url: 'https://shop.example/' }], '25 characters'],
  ['a link to WhatsApp itself', [{ type: 'URL', title: 'Chat', url: 'https://wa.me/14155551234' }], 'wa.me'],
  ['quick replies apart', [{ type: 'QUICK_REPLY', title: 'A' }, { type: 'PHONE_NUMBER', title: 'B', phone: '+14155551234' }, { type: 'QUICK_REPLY', title: 'C' }], 'together'],
])('%s is refused', (_, actions, words) => {
  expect(() => submit(withActions(...actions), 'UTILITY')).toThrow(words);
});
