import type { Context } from '#server/context.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import type { Reading } from '#server/twilio/account.ts';
import { twilioClient, type TwilioClient } from '#server/twilio/client.ts';

/** A client of the organisation's own account (P15). @throws Problem twilio_not_configured */
export async function contentClient(ctx: Context): Promise<TwilioClient> {
  return twilioClient(await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId)));
}

/** Did Twilio answer that it will not? Then nothing was done. Otherwise nobody knows what became of the call. */
export const isRefusal = (reading: Reading<unknown>): boolean => !reading.ok && reading.status !== null && reading.status >= 400 && reading.status < 500 && reading.status !== 408;

/** The value, or Twilio's words as a Problem that says what was tried. @throws Problem validation_failed for what Twilio refuses, twilio_failed otherwise */
export function answered<T>(reading: Reading<T>, what: string): T {
  if (reading.ok) return reading.value;
  const { status, code, message } = reading;
  if (status === 401 || status === 403) throw new Problem('twilio_failed', `${what}: Twilio does not accept the keys of the account. Check the connection in Settings → Twilio.`, { data: { twilioCode: code } });
  if (isRefusal(reading)) {
    const said = `${what}: Twilio refuses it${code ? ` (${code})` : ''}: ${message}`;
    throw new Problem('validation_failed', said, { details: [{ field: 'content', code: 'twilio_refused', message }], data: { twilioCode: code } });
  }
  throw new Problem('twilio_failed', `${what}: Twilio did not answer${status ? ` (${status})` : ''}. Try again in a minute; nothing is done twice.`, { data: { twilioCode: code } });
}
