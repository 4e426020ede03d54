import type { Account } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';

/** The account of a Basic `Authorization` header: AccountSid and auth token, or API key sid and secret. Else 20003. */
export function authenticate(simulator: Simulator, header: string | undefined): Account {
  const [scheme, encoded] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() === 'basic' && encoded) {
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const known = simulator.credentials.get(text.slice(0, colon));
    if (known && known.secret === text.slice(colon + 1)) return known.account;
  }
  throw new TwilioError(20003, 'Authenticate', 401);
}
