import { readBody } from '#server/api/bounded-body.ts';
import { database } from '#server/database.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { statusBatcher } from '#server/domain/delivery/status-batcher.ts';
import { webhookAccounts } from '#server/domain/twilio-account/webhook-tokens.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';
import { isSigned, parseStatusCallback } from '#server/twilio/callbacks.ts';

const MOST_BYTES = 64 * 1024;
let batcher: ReturnType<typeof statusBatcher> | undefined;

/**
 * Twilio's status callback: size, form, known account, signature over the raw form against PUBLIC_URL, then durable, then 204 (D2). Everything that
 * fails before is 403 and stores nothing; a database that is down is 503, and Twilio repeats.
 */
export async function receiveStatusCallback(request: Request): Promise<Response> {
  const body = await readText(request, MOST_BYTES);
  if (body === null) return refusedWebhook('too large');
  const form = new URLSearchParams(body);
  const url = new URL(request.url);
  const organizationId = url.searchParams.get('orgid');
  const callback = parseStatusCallback(form);
  if (!callback || (organizationId !== null && !isUuid(organizationId))) return refusedWebhook('not a status callback');
  try {
    const accounts = await webhookAccounts(database(), organizationId, callback.accountSid);
    const publicUrl = env().PUBLIC_URL + url.pathname + url.search;
    const account = accounts.find(({ authTokens }) => isSigned(authTokens, request.headers.get('x-twilio-signature'), publicUrl, form));
    if (!account) return refusedWebhook('bad signature');
    const token = url.searchParams.get('attempt');
    batcher ??= statusBatcher(database());
    await batcher.record({
      organizationId: account.organizationId, token: token && /^[0-9a-f]{32}$/.test(token) ? token : null, accountSid: callback.accountSid,
      sid: callback.sid, recipient: callback.to, providerStatus: callback.status, errorCode: callback.errorCode, source: 'callback',
    });
    return new Response(null, { status: 204 });
  } catch (error) {
    log.error(faultOf(error), 'a status callback could not be stored');
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  }
}

/** The body as text, or null when it is too large. */
export async function readText(request: Request, mostBytes: number): Promise<string | null> {
  try { return new TextDecoder().decode(await readBody(request, mostBytes)); } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** What fails before it is believed: nothing is stored. */
export function refusedWebhook(why: string): Response {
  log.warn({ why }, 'webhook refused');
  return Response.json({ statusCode: 403, code: 'bad_signature', message: 'This request does not carry the signature of a connected Twilio account.' }, { status: 403 });
}
