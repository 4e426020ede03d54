import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { openCredentials, type TwilioCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';
import { twilioClient } from '#server/twilio/client.ts';
import { MOST_CONSENTS, pushConsents, type Consent } from '#server/twilio/consents.ts';

/** After so many tries without an answer somebody has to look: the page shows the reason. */
const MOST_TRIES = 8;
const FIRST_PAUSE = 30; // seconds; doubled by each try
const LONGEST_PAUSE = 3_600;

type Due = { id: string; kind: 'opt_out' | 'opt_in'; phone: string; scope: 'organization' | 'sender'; sender: string | null; at: string; isTheirWord: boolean; tries: number };

/**
 * Tells Twilio of every decision that it cannot know, a thousand a call, so that it blocks what we block, also for other programs of the account. What it
 * refuses for one number is kept with that number; a call that fails is repeated later, eight times at most.
 */
export async function pushDueConsents(ctx: Context): Promise<{ done: number; failed: number }> {
  const total = { done: 0, failed: 0 };
  for (;;) {
    const due = await ctx.transaction((tx) => takeDue(tx, ctx));
    const keys = due.length > 0 ? await keysOf(ctx) : null;
    if (!keys) return total;
    const answer = await pushConsents(twilioClient(keys), due.map((each) => consentOf(each, keys.messagingServiceSid)));
    if (!answer.ok) { await postpone(ctx, due, `Twilio did not take it${answer.code ? ` (error ${answer.code})` : ''}: ${answer.message}`); return total; }
    const { done, failed, left } = await ctx.transaction((tx) => settle(tx, ctx, due, answer.value));
    total.done += done;
    total.failed += failed;
    if (left.length > 0) { await postpone(ctx, left, 'Twilio did not say what became of it.'); return total; }
  }
}

/**
 * The oldest that are due, without those that need no call: what was decided anew since; consent of somebody whose own STOP Twilio has, which only their
 * START lifts there; numbers on WhatsApp, where Twilio keeps no list outside of a service.
 */
async function takeDue(tx: Tx, ctx: Context): Promise<Due[]> {
  await tx.execute(sql`
    update consent_event e set push = 'not_needed', push_error = null where e.organization_id = ${ctx.organizationId} and e.push = 'due' and (
      (e.scope = 'sender' and e.sender like 'whatsapp:%')
      or exists (select 1 from consent_event later where later.organization_id = e.organization_id and later.phone = e.phone and later.at > e.at and later.scope = e.scope and (e.scope = 'organization' or later.sender = e.sender))
      or (e.kind = 'opt_in' and e.scope = 'organization' and (
        select own.kind from consent_event own where own.organization_id = e.organization_id and own.phone = e.phone and own.at < e.at and own.scope = 'organization' and own.source in ('keyword', 'opt_out_type', 'provider')
        order by own.at desc limit 1) = 'opt_out'))`);
  return rows<Due>(tx, sql`
    select id, kind, phone, scope, sender, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, evidence ? 'messageSid' as "isTheirWord", push_tries as tries
    from consent_event where organization_id = ${ctx.organizationId} and push = 'due' order by at limit ${MOST_CONSENTS}`);
}

/** Without a connection nothing is pushed, and nothing given up: it waits for one. */
async function keysOf(ctx: Context): Promise<(TwilioCredentials & { messagingServiceSid: string }) | null> {
  try {
    const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
    if (keys.messagingServiceSid) return { ...keys, messagingServiceSid: keys.messagingServiceSid };
    await explain(ctx, 'No Messaging Service is set. Twilio is told as soon as there is one: Settings → Twilio.');
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'twilio_not_configured') throw error;
    await explain(ctx, error.message);
  }
  return null;
}

const explain = (ctx: Context, reason: string) => ctx.transaction((tx) => tx.execute(sql`
  update consent_event set push_error = ${reason} where organization_id = ${ctx.organizationId} and push = 'due' and push_error is distinct from ${reason}`));

const consentOf = ({ id, kind, phone, scope, sender, at, isTheirWord }: Due, service: string): Consent => ({
  correlationId: id.replaceAll('-', ''), contact: phone, senderId: scope === 'sender' && sender ? sender : service, status: kind === 'opt_out' ? 'opt-out' : 'opt-in',
  source: isTheirWord ? (kind === 'opt_out' ? 'opt-out-message' : 'opt-in-message') : 'others', at,
});

async function settle(tx: Tx, ctx: Context, due: Due[], answers: Map<string, string | null>) {
  const told = due.flatMap(({ id }) => { const error = answers.get(id.replaceAll('-', '')); return error === undefined ? [] : [{ id, error }]; });
  const [counts] = await rows<{ done: number; failed: number }>(tx, sql`
    with told as (
      update consent_event e set push = (case when i.error is null then 'done' else 'failed' end)::consent_push_state, pushed_at = case when i.error is null then now() end, push_error = i.error, push_tries = e.push_tries + 1
      from json_to_recordset(${JSON.stringify(told)}::json) as i(id uuid, error text) where e.organization_id = ${ctx.organizationId} and e.id = i.id and e.push = 'due' returning e.kind, e.phone, e.at, e.push
    ), overtaken as (
      -- A STOP that came while their older consent was on its way is told once more: Twilio may have got them in the wrong order.
      update consent_event e set push = 'due' from told where told.kind = 'opt_in' and told.push = 'done' and e.organization_id = ${ctx.organizationId} and e.phone = told.phone and e.scope = 'organization'
        and e.kind = 'opt_out' and e.at > told.at and e.push = 'not_needed')
    select count(*) filter (where push = 'done')::int as done, count(*) filter (where push = 'failed')::int as failed from told`);
  return { ...counts!, left: due.filter(({ id }) => !answers.has(id.replaceAll('-', ''))) };
}

async function postpone(ctx: Context, due: Due[], reason: string): Promise<void> {
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(...due.map(({ tries }) => tries)));
  await ctx.transaction(async (tx) => {
    await tx.execute(sql`
      update consent_event set push_tries = push_tries + 1, push_error = ${reason}, push = (case when push_tries + 1 >= ${MOST_TRIES} then 'failed' else 'due' end)::consent_push_state
      where organization_id = ${ctx.organizationId} and push = 'due' and id in (select value::uuid from json_array_elements_text(${JSON.stringify(due.map(({ id }) => id))}::json))`);
    await wakePush(tx, ctx, pause);
  });
}

/** One job waits for an organisation, however many decisions it has made. */
export const wakePush = (tx: Tx, { organizationId, now }: Context, seconds = 0) =>
  enqueue(tx, 'push-consents', { organizationId }, { key: `push-consents:${organizationId}`, runAt: new Date(now().getTime() + seconds * 1_000) });
