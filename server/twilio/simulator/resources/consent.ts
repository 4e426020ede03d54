import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { recordConsent } from '#server/twilio/simulator/opt-out.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';

/** Consent learned elsewhere: puts a recipient on Twilio's opt-out list or takes it off. */
export const consentRoutes: ApiRoute[] = [{ method: 'POST', host: 'accounts.twilio.com', path: '/v1/Consents/Bulk', answer: recordConsents }];

function recordConsents(request: ApiRequest): Reply {
  // Items is one JSON list, or (as the SDK sends arrays) a repeated key with one JSON object each.
  const items = request.form.getAll('Items').flatMap((text) => parseItems(text));
  if (items.length === 0) throw new TwilioError(20001, 'Items is required');
  return { status: 201, body: { items: items.map((item) => recordOne(request, item)) } };
}

function recordOne(request: ApiRequest, item: Record<string, unknown>) {
  const { contact_id: contact, sender_id: sender, status } = item;
  const errors: string[] = [];
  if (typeof contact !== 'string' || !/^(whatsapp:)?\+\d{7,15}$/.test(contact)) errors.push('INVALID_CONTACT_ID');
  const isOwn =
    typeof sender === 'string' &&
    (request.account.services.some((one) => one.sid === sender) || request.account.numbers.some((one) => one.phoneNumber === sender));
  if (!isOwn) errors.push('INVALID_SENDER_ID');
  if (status !== 'opt-in' && status !== 'opt-out') errors.push('INVALID_STATUS');
  if (errors.length === 0) recordConsent(request.simulator, sender as string, contact as string, status === 'opt-out' ? 'STOP' : 'START');
  return { correlation_id: item.correlation_id ?? null, error_code: errors.length > 0 ? 30646 : 0, error_messages: errors };
}

function parseItems(text: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'object' && item !== null);
  } catch {
    throw new TwilioError(20001, 'Items is not JSON');
  }
}
