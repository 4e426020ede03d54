import { receiveSigned, refusedWebhook, type Claim } from '#server/api/signed-webhook.ts';
import { createContext } from '#server/context.ts';
import { database } from '#server/database.ts';
import { recordInbound } from '#server/domain/conversation/record-inbound.ts';
import { isSigned } from '#server/twilio/callbacks.ts';
import { parseInbound } from '#server/twilio/inbound-message.ts';

/**
 * P73, P74: what people write by SMS or WhatsApp, signed over the raw form. Account and number must belong to one organisation (D2): else 403, and
 * nothing is stored. Durable first, then 200 with an empty answer: Twilio sends nothing back.
 */
export const receiveInbound = (request: Request): Promise<Response> =>
  receiveSigned(request, { mostBytes: 64 * 1024, read: inboundClaim, otherwise: 'not a message', failure: 'an inbound message could not be stored' });

function inboundClaim(body: string): Claim | null {
  const form = new URLSearchParams(body);
  const message = parseInbound(form);
  return message && {
    accountSid: message.accountSid,
    isSigned: (authTokens, signature, publicUrl) => isSigned(authTokens, signature, publicUrl, form),
    async record(accounts) {
      for (const account of accounts) {
        if (await recordInbound(createContext(database(), account.organizationId, { kind: 'system', task: 'inbound' }), message)) return emptyAnswer();
      }
      return refusedWebhook('not a number of the account');
    },
  };
}

const emptyAnswer = () => new Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
