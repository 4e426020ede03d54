import { refusedWebhook, readText } from '#server/api/webhook.ts';
import { createContext } from '#server/context.ts';
import { database } from '#server/database.ts';
import { recordInbound } from '#server/domain/conversation/record-inbound.ts';
import { webhookAccounts } from '#server/domain/twilio-account/webhook-tokens.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { env } from '#server/env.ts';
import { faultOf, log } from '#server/log.ts';
import { isSigned, parseInbound } from '#server/twilio/callbacks.ts';

const MOST_BYTES = 64 * 1024;

/**
 * P73, P74: what people write by SMS or WhatsApp. The signature is checked before anything is believed, and account and number must belong to one
 * organisation (D2): else 403, and nothing is stored. Durable first, then 200 with an empty answer: Twilio sends nothing back.
 */
export async function receiveInbound(request: Request): Promise<Response> {
  const body = await readText(request, MOST_BYTES);
  if (body === null) return refusedWebhook('too large');
  const form = new URLSearchParams(body);
  const url = new URL(request.url);
  const organizationId = url.searchParams.get('orgid');
  const message = parseInbound(form);
  if (!message || (organizationId !== null && !isUuid(organizationId))) return refusedWebhook('not a message');
  try {
    const publicUrl = env().PUBLIC_URL + url.pathname + url.search;
    const signature = request.headers.get('x-twilio-signature');
    const accounts = (await webhookAccounts(database(), organizationId, message.accountSid)).filter(({ authTokens }) => isSigned(authTokens, signature, publicUrl, form));
    for (const account of accounts) {
      if (await recordInbound(createContext(database(), account.organizationId, { kind: 'system', task: 'inbound' }), message)) return emptyAnswer();
    }
    return refusedWebhook(accounts.length === 0 ? 'bad signature' : 'not a number of the account');
  } catch (error) {
    log.error(faultOf(error), 'an inbound message could not be stored');
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  }
}

const emptyAnswer = () => new Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
