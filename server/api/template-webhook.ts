import { refusedWebhook, readText } from '#server/api/webhook.ts';
import { createContext } from '#server/context.ts';
import { database } from '#server/database.ts';
import { recordTemplateEvents } from '#server/domain/template/record-event.ts';
import { webhookAccounts } from '#server/domain/twilio-account/webhook-tokens.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { env } from '#server/env.ts';
import { faultOf, log } from '#server/log.ts';
import { accountsOfEvents, isSignedBody, parseTemplateEvents } from '#server/twilio/callbacks.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * Twilio's Event Streams: a JSON list about one account, signed over the URL that carries the hash of the body. Verified before anything of it is
 * believed; then durable in every organisation that connects the account; then 204.
 */
export async function receiveTemplateEvents(request: Request): Promise<Response> {
  const body = await readText(request, MOST_BYTES);
  if (body === null) return refusedWebhook('too large');
  const url = new URL(request.url);
  const organizationId = url.searchParams.get('orgid');
  const [accountSid, ...others] = accountsOfEvents(body) ?? [];
  if (!accountSid || others.length > 0 || (organizationId !== null && !isUuid(organizationId))) return refusedWebhook('not events of one account');
  try {
    const publicUrl = env().PUBLIC_URL + url.pathname + url.search;
    const signature = request.headers.get('x-twilio-signature');
    const accounts = (await webhookAccounts(database(), organizationId, accountSid)).filter(({ authTokens }) => isSignedBody(authTokens, signature, publicUrl, body));
    if (accounts.length === 0) return refusedWebhook('bad signature');
    const events = parseTemplateEvents(body);
    for (const account of accounts) await recordTemplateEvents(createContext(database(), account.organizationId, { kind: 'system', task: 'template-events' }), events);
    return new Response(null, { status: 204 });
  } catch (error) {
    log.error(faultOf(error), 'template events could not be stored');
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  }
}
