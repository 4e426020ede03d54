import { Problem } from '#server/errors.ts';

type Failed = { ok: false; status: number | null; code: number | null; message: string };

/** Codes of Twilio's shop and sender pool: what happened and what to do. Source: error dictionary, read 22 Nov 2026. */
const words: Record<number, (number: string) => Problem> = {
  21422: (number) => new Problem('invalid_state', `${number} is not for sale any more. Nothing was bought; search again and choose another.`),
  21421: (number) => new Problem('validation_failed', `${number} is not a number that Twilio sells.`, { details: [{ field: 'phoneNumber', code: 'invalid', message: 'Choose a number from the search.' }] }),
  21452: () => new Problem('invalid_state', 'Twilio has no numbers in this area code. Search another one.'),
  21615: (number) => new Problem('validation_failed', `Twilio sells ${number} to an address in its country only. Enter the address in the Twilio Console under Phone Numbers → Regulatory compliance and buy it there; then add it here.`),
  21631: (number) => new Problem('validation_failed', `Twilio sells ${number} to an address only. Enter it in the Twilio Console and buy the number there; then add it here.`),
  21649: (number) => new Problem('validation_failed', `${number} needs a regulatory bundle: papers of the business that its country asks for. Submit it in the Twilio Console and buy the number there; then add it here.`),
  21712: (number) => new Problem('invalid_state', `${number} is in another messaging service of this account. Take it out of that service in the Twilio Console, then add it here.`),
  21714: () => new Problem('invalid_state', 'The messaging service is full: Twilio allows 400 numbers. Take one out of it first.'),
  20003: () => new Problem('forbidden', 'Twilio does not allow this key to do that. Connect a main or standard API key in Settings → Twilio.'),
};

/** A refusal of Twilio's as a Problem of ours; `twilio_failed` for what nobody here knows. */
export const refusal = (failed: Failed, number: string, did: string): Problem =>
  words[failed.code ?? 0]?.(number) ?? new Problem('twilio_failed', `${did}${failed.code ? ` (error ${failed.code})` : ''}: ${failed.message} Try again in a minute.`);
