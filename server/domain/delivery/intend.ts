import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { resolvePolicy } from '#server/domain/delivery/policy.ts';

/** Nothing of a message may be written to a socket later than this after its intent transaction began, in ms. */
export const GUARD_AFTER_INTENT = 2_000;
/** A recipient with an open attempt in another broadcast is tried again after this, in seconds. */
const CONFLICT_DELAY = 15;

/** A rendered message of one delivery, about to become an attempt. */
export type Claimed = { seq: number; n: number; recipient: string; body: string; segments: number; missing: string[]; estimate: string } & Content;
/** What goes to Twilio: the text with its files, or a template's SID with the values; then `body` is what the person reads. */
type Content = { method: 'sms' | 'freeform'; mediaUrls: string[] } | { method: 'template'; contentSid: string; contentVariables: Record<string, string> };
export type Route = { broadcastId: string; sender: string; paceId: string; workerId: string; accountSid: string; messagingServiceSid: string | null };

/**
 * An attempt that stands in the database; `slot` is when it may leave (ms of the database's clock), `begunAt` and `begunAtDate` this process's clocks
 * (monotonic and wall) when its transaction began. With `sendAt` Twilio holds the message until then.
 */
export type Intent = Claimed & Route & { token: string; slot: number; begunAt: number; begunAtDate: number; sendAt: Date | null };

/**
 * Writes an attempt for each message: its random token goes out in the callback URL, so evidence finds its way back. A recipient whose attempt in
 * another broadcast is still open is put aside, because two open attempts to one number could not be told apart in Twilio's list.
 */
export async function writeIntents(tx: Tx, ctx: Context, messages: Claimed[], route: Route, { lease, sendAt = null }: { lease: number; sendAt?: Date | null }): Promise<Intent[]> {
  if (messages.length === 0) return [];
  const begun = { begunAt: performance.now(), begunAtDate: Date.now() };
  const intents = messages.map((message): Intent => ({ ...message, ...route, token: ctx.randomToken(), slot: 0, sendAt, ...begun }));
  const records = intents.map((intent) => {
    const { token, seq, n, recipient, body, segments, method, estimate } = intent;
    return { token, seq, n, recipient, body, segments, method, estimate, ...partsOf(intent) };
  });
  const written = await rows<{ token: string }>(tx, sql`
    insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, estimate, content_sid, content_variables, media_urls, sender, worker_id, lease_until, send_at)
    select ${ctx.organizationId}, i.token, ${route.broadcastId}, i.seq, i.n, ${route.paceId}, ${route.accountSid}, i.recipient, i.body, i.segments,
      i.method::delivery_method, i.estimate, i.content_sid, i.content_variables, i.media_urls, ${route.sender}, ${route.workerId},
      clock_timestamp() + make_interval(secs => ${lease}), ${sendAt?.toISOString() ?? null}::timestamptz
    from json_to_recordset(${JSON.stringify(records)}::json) as i(token text, seq int, n int, recipient text, body text, segments int, method text, estimate numeric, content_sid text, content_variables jsonb, media_urls text[])
    on conflict (account_sid, recipient) where state in ('intent', 'uncertain') do nothing
    returning token`);
  const tokens = new Set(written.map(({ token }) => token));
  const conflicting = intents.filter(({ token }) => !tokens.has(token));
  await putAside(tx, ctx, route.broadcastId, conflicting);
  await closeHeld(tx, ctx, conflicting);
  return intents.filter(({ token }) => tokens.has(token));
}

/** The columns of what is more than a text; a plain text has none. */
function partsOf(message: Content) {
  if (message.method === 'template') return { content_sid: message.contentSid, content_variables: message.contentVariables };
  return message.mediaUrls.length > 0 ? { media_urls: message.mediaUrls } : {};
}

async function putAside(tx: Tx, ctx: Context, broadcastId: string, intents: Intent[]) {
  if (intents.length === 0) return;
  await tx.execute(sql`
    insert into delivery_retry (organization_id, broadcast_id, seq, due_at, reason)
    select ${ctx.organizationId}, ${broadcastId}, value::int, clock_timestamp() + make_interval(secs => ${CONFLICT_DELAY}), 'conflict'
    from json_array_elements_text(${JSON.stringify(intents.map(({ seq }) => seq))}::json)
    on conflict (organization_id, broadcast_id, seq) do nothing`);
}

/**
 * An attempt that is held unknown must not keep its person from every later broadcast, which would never end. It is closed once its message, if there is
 * one, lies outside of the time in which that of a new attempt is looked for. Its delivery stays unknown, and late evidence still binds it.
 */
async function closeHeld(tx: Tx, ctx: Context, conflicting: Intent[]) {
  if (conflicting.length === 0) return;
  const recipients = JSON.stringify(conflicting.map(({ recipient }) => recipient));
  await tx.execute(sql`
    update attempt set state = 'absent', resolved_by = 'policy' where organization_id = ${ctx.organizationId} and token in (
      select token from attempt where organization_id = ${ctx.organizationId} and account_sid = ${conflicting[0]!.accountSid} and recipient in (select value from json_array_elements_text(${recipients}::json))
        and state = 'uncertain' and check_at is null and lease_until < clock_timestamp() - make_interval(secs => ${2 * resolvePolicy.skew}) for update skip locked)`);
}
