import type { TwilioSetupView } from '#server/domain/twilio-account/schema.ts';
import { env } from '#server/env.ts';

/** Whether Twilio is simulated here, and where the simulated accounts are. */
export function readTwilioSetup(): TwilioSetupView {
  const { TWILIO_BASE_URL } = env();
  return { isSimulated: TWILIO_BASE_URL !== undefined, simulatedAccountsUrl: TWILIO_BASE_URL ? `${TWILIO_BASE_URL}/accounts` : null };
}
