import { readBody } from '#server/api/bounded-body.ts';
import { database } from '#server/database.ts';
import { countRefusedWebhook } from '#server/domain/operation/refused-webhooks.ts';
import { countWebhook } from '#server/domain/operation/webhook-counts.ts';
import { webhookAccounts, type WebhookAccount } from '#server/domain/twilio-account/webhook-tokens.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';

/** A body that may be from Twilio, not believed yet. */
export type Claim = {
  accountSid: string;
  /** This installation asks itself: a refusal is no news, so it is neither counted nor logged. */
  isProbe?: boolean;
  /** Whether one of these tokens signed it for this address. */
  isSigned: (authTokens: string[], signature: string | null, publicUrl: string) => boolean;
  /** What it tells, stored durably; called only with the connected accounts that signed it, at least one. */
  record: (accounts: WebhookAccount[], url: URL) => Promise<Response>;
};

type Door = {
  mostBytes: number;
  /** The form of what comes here; null: it is something else. */
  read: (body: string) => Claim | null;
  /** For the log: why it was refused, and what could not be done. */
  otherwise: string; failure: string;
};

/**
 * The way in for everything that Twilio sends (D2): size, form, known account, signature against PUBLIC_URL, then durable. What fails before is 403
 * and stores nothing; a database that is down is 503, and Twilio repeats.
 */
export async function receiveSigned(request: Request, door: Door): Promise<Response> {
  const body = await readText(request, door.mostBytes);
  if (body === null) return refusedWebhook('too large');
  const url = new URL(request.url);
  const organizationId = url.searchParams.get('orgid');
  const claim = door.read(body);
  if (!claim || (organizationId !== null && !isUuid(organizationId))) return refusedWebhook(door.otherwise);
  try {
    const [publicUrl, signature] = [env().PUBLIC_URL + url.pathname + url.search, request.headers.get('x-twilio-signature')];
    const accounts = (await webhookAccounts(database(), organizationId, claim.accountSid)).filter(({ authTokens }) => claim.isSigned(authTokens, signature, publicUrl));
    if (accounts.length === 0) return claim.isProbe ? refusal() : refusedWebhook('bad signature');
    const answer = await claim.record(accounts, url);
    if (!claim.isProbe) countWebhook(database(), 'taken');
    return answer;
  } catch (error) {
    log.error(faultOf(error), door.failure);
    countWebhook(database(), 'failed');
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  }
}

/** The body as text, or null when it is too large. */
async function readText(request: Request, mostBytes: number): Promise<string | null> {
  try { return new TextDecoder().decode(await readBody(request, mostBytes)); } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** What fails before it is believed: nothing is stored but that it came. */
export function refusedWebhook(why: string): Response {
  countRefusedWebhook();
  countWebhook(database(), 'refused');
  log.warn({ why }, 'webhook refused');
  return refusal();
}

const refusal = () =>
  Response.json({ statusCode: 403, code: 'bad_signature', message: 'This request does not carry the signature of a connected Twilio account.' }, { status: 403 });
