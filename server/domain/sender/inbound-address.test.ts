import { expect, test, vi } from 'vitest';
import { inboundDestination, inboundOf } from './inbound-address.ts';

for (const [name, value] of Object.entries({ DATABASE_URL: 'postgres://unused', AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), PUBLIC_URL: 'https://sms.example' })) vi.stubEnv(name, value);

test('P73: what people write is heard here, elsewhere or nowhere; the address of another organisation is elsewhere', () => {
  expect(inboundOf(inboundDestination('o1'), 'o1')).toEqual({ state: 'here', host: null });
  expect(inboundOf(inboundDestination('o2'), 'o1')).toEqual({ state: 'elsewhere', host: 'sms.example' });
  expect(inboundOf('https://other.example/sms', 'o1')).toEqual({ state: 'elsewhere', host: 'other.example' });
  expect(inboundOf(null, 'o1')).toEqual({ state: 'nowhere', host: null });
});
