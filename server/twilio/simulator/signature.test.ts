import twilio from 'twilio';
import { expect, test } from 'vitest';
import { signForm } from '#server/twilio/simulator/signature.ts';

test("P74: signs Twilio's published example", () => {
  const form = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' };
  expect(signForm('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', form)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
});

test('P74: the SDK accepts our signature, fragment left out, with empty values and letters beyond ASCII', () => {
  const form = { Body: 'Grüße 👋', FromCity: '', a: '1', B: '2' };
  const signature = signForm('secret', 'https://app.example/status?t=1#rc=5&rp=all', form);
  expect(twilio.validateRequest('secret', signature, 'https://app.example/status?t=1', form)).toBe(true);
});
