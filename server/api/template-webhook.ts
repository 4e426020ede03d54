import { receiveSigned, type Claim } from '#server/api/signed-webhook.ts';
import { createContext } from '#server/context.ts';
import { database } from '#server/database.ts';
import { recordTemplateEvents } from '#server/domain/template/record-event.ts';
import { accountsOfEvents, isSignedBody, parseTemplateEvents } from '#server/twilio/callbacks.ts';

/** Twilio's Event Streams: a JSON list about one account, signed over the URL that carries the hash of the body. Durable in every organisation that connects the account, then 204. */
export const receiveTemplateEvents = (request: Request): Promise<Response> =>
  receiveSigned(request, { mostBytes: 1024 * 1024, read: eventsClaim, otherwise: 'not events of one account', failure: 'template events could not be stored' });

function eventsClaim(body: string): Claim | null {
  const [accountSid, ...others] = accountsOfEvents(body) ?? [];
  if (!accountSid || others.length > 0) return null;
  return {
    accountSid,
    isSigned: (authTokens, signature, publicUrl) => isSignedBody(authTokens, signature, publicUrl, body),
    async record(accounts) {
      const events = parseTemplateEvents(body);
      for (const account of accounts) await recordTemplateEvents(createContext(database(), account.organizationId, { kind: 'system', task: 'template-events' }), events);
      return new Response(null, { status: 204 });
    },
  };
}
