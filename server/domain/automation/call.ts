import { and, eq, sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { ruleCalls } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { callWebhook, type Called } from '#server/domain/automation/call-webhook.ts';
import { signedHeaders } from '#server/domain/automation/sign.ts';
import { postToPublic, type Post } from '#server/domain/outbound/post.ts';
import { SealBroken } from '#server/domain/twilio-account/seal.ts';
import { enqueue } from '#server/queue.ts';

/** Seconds until the next try, by tries so far; after the last of them, most of a day later, it is given up. */
export const WAITS = [60, 300, 900, 3_600, 7_200, 14_400, 28_800, 28_800];
/** Longer than one call may take: whoever died over it is overtaken then. */
const LEASE_SECONDS = 60;
const AT_ONCE = 10;

type Call = { id: string; url: string; tries: number; ruleId: string; sealedSecret: string | null; body: Record<string, unknown> };

/** Makes the webhook calls that are due, each with its signature, until none is; one that fails waits longer each time. A receiver knows a repeat by its id. */
export async function callRuleWebhooks(ctx: Context, post: Post = postToPublic): Promise<void> {
  for (;;) {
    const due = await claim(ctx);
    await Promise.all(due.map(async (call) => record(ctx, call, await deliver(ctx, call, post))));
    if (due.length < AT_ONCE) break;
  }
  await wakeForNext(ctx);
}

/** Takes calls for the time of the lease, with all that they say. */
async function claim(ctx: Context): Promise<Call[]> {
  return ctx.transaction((tx) => rows<Call>(tx, sql`
    with due as (
      select id from rule_call where organization_id = ${ctx.organizationId} and next_at <= clock_timestamp() order by next_at limit ${AT_ONCE} for update skip locked
    ), taken as (
      update rule_call k set tries = tries + 1, next_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}) from due where k.organization_id = ${ctx.organizationId} and k.id = due.id returning k.*)
    select k.id, k.url, k.tries, k.rule_id as "ruleId", r.sealed_secret as "sealedSecret", json_build_object(
      'event', 'keyword_rule.matched', 'id', k.id, 'rule', json_build_object('id', r.id, 'name', r.name),
      'message', json_build_object('id', m.id, 'text', m.body, 'from', v.recipient, 'to', v.sender, 'channel', v.channel, 'at', m.created_at),
      'contact', case when c.id is not null then json_build_object('id', c.id, 'phone', c.phone, 'email', c.email, 'firstName', c.first_name, 'lastName', c.last_name, 'fields', c.fields, 'tags', c.tags) end) as body
    from taken k join keyword_rule r on r.organization_id = k.organization_id and r.id = k.rule_id
    join chat_message m on m.organization_id = k.organization_id and m.id = k.message_id
    join conversation v on v.organization_id = m.organization_id and v.id = m.conversation_id
    left join contact c on c.organization_id = v.organization_id and c.id = v.contact_id`));
}

async function deliver(ctx: Context, { id, url, ruleId, sealedSecret, body }: Call, post: Post): Promise<Called> {
  return postSigned(ctx, { id, url, ruleId, sealedSecret, text: JSON.stringify(body) }, post);
}

/** One signed call; a secret that does not open is a failure like others. */
export async function postSigned(ctx: Context, { id, url, ruleId, sealedSecret, text }: { id: string; url: string; ruleId: string; sealedSecret: string | null; text: string }, post: Post): Promise<Called> {
  if (sealedSecret === null) return { httpStatus: null, error: 'The rule has no secret. Make a new one.' };
  let headers: Record<string, string>;
  try { headers = signedHeaders(ctx, { ruleId, sealedSecret, id, body: text }); } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    return { httpStatus: null, error: 'The stored secret does not open any more. Make a new one.' };
  }
  return callWebhook({ url, headers, body: text }, post);
}

async function record(ctx: Context, { id, tries }: Call, { httpStatus, error }: Called): Promise<void> {
  const wait = WAITS[tries - 1];
  const isOver = error === null || wait === undefined;
  await ctx.transaction((tx) => tx.update(ruleCalls).set({
    httpStatus, error, doneAt: isOver ? sql`clock_timestamp()` : null, nextAt: isOver ? null : sql`clock_timestamp() + make_interval(secs => ${wait})`,
  }).where(and(eq(ruleCalls.organizationId, ctx.organizationId), eq(ruleCalls.id, id))));
}

async function wakeForNext(ctx: Context): Promise<void> {
  await ctx.transaction(async (tx) => {
    const [next] = await rows<{ at: string | null }>(tx, sql`select min(next_at) as at from rule_call where organization_id = ${ctx.organizationId} and next_at is not null`);
    // A key of its own: the wake-up of a new call must not wait for this moment.
    if (next?.at) await enqueue(tx, 'call-rule-webhooks', { organizationId: ctx.organizationId }, { key: `call-rule-webhooks:next:${ctx.organizationId}`, runAt: new Date(next.at) });
  });
}
