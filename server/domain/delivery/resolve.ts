import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { recordStatuses } from '#server/domain/delivery/record-status.ts';
import { cancelOvertakenRepeats, scheduleRepeat } from '#server/domain/delivery/repeat.ts';
import { resolvePolicy, type ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { log } from '#server/log.ts';
import { twilioClient, type TwilioClient } from '#server/twilio/client.ts';
import { listMessagesTo, type ProviderMessage } from '#server/twilio/messages.ts';

const AT_ONCE = 200;

/** An attempt whose outcome nobody knows yet. */
export type OpenAttempt = {
  token: string; broadcastId: string; seq: number; n: number; recipient: string; body: string; state: 'uncertain' | 'absent'; checks: number; accountSid: string; method: string; sender: string;
  intentAt: string; leaseUntil: string;
};
type Evidence = { kind: 'found'; message: ProviderMessage } | { kind: 'several' } | { kind: 'none' };

/**
 * Settles attempts without an answer: a callback has bound them (nothing to do), or Twilio's list shows exactly one message that fits, or by policy.
 * HOLD is the rule: nothing is ever posted again on a guess. Where a messaging service exists, a cancellable repeat is scheduled after the second
 * look without a trace (facts/reliability.md §3.4). Safe to run at any time, by several workers.
 */
export async function resolveAttempts(ctx: Context, input: { workerId: string; policy?: ResolvePolicy }): Promise<number> {
  const policy = input.policy ?? resolvePolicy;
  const credentials = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const client = twilioClient(credentials);
  await giveUpIntents(ctx);
  const open = await takeDue(ctx, policy);
  for (const attempt of open) {
    const evidence = await look(ctx, client, attempt, policy);
    if (evidence.kind === 'found') await bind(ctx, attempt, evidence.message);
    else if (evidence.kind === 'several') await hold(ctx, attempt, 'several messages fit');
    else await settleWithoutTrace(ctx, client, attempt, { ...input, policy, messagingServiceSid: credentials.messagingServiceSid });
  }
  await cancelOvertakenRepeats(ctx, client);
  return open.length;
}

/** An intent past its lease belongs to a worker that died or was frozen: it may have been written to the socket. */
async function giveUpIntents(ctx: Context) {
  await ctx.transaction(async (tx) => {
    await rows(tx, sql`
      with lost as (
        update attempt set state = 'uncertain', check_at = clock_timestamp()
        where organization_id = ${ctx.organizationId} and state = 'intent' and lease_until < clock_timestamp()
        returning broadcast_id, seq, n, segments, sender, method, estimate
      )
      update broadcast_delivery d set status = greatest(d.status, 'unknown'), reason = case when d.status <= 'unknown' then 'outcome_unknown' else d.reason end,
        attempts = greatest(d.attempts, l.n), segments = l.segments, sender = l.sender, method = l.method, estimate = l.estimate
      from lost l where d.broadcast_id = l.broadcast_id and d.seq = l.seq and d.organization_id = ${ctx.organizationId}`);
  });
}

/** Those that are due, put aside for the length of a lease: another resolver leaves them alone meanwhile, and a crash only delays them. */
async function takeDue(ctx: Context, { lease }: ResolvePolicy): Promise<OpenAttempt[]> {
  return ctx.transaction((tx) => rows<OpenAttempt>(tx, sql`
    update attempt a set check_at = clock_timestamp() + make_interval(secs => ${lease})
    where a.organization_id = ${ctx.organizationId} and a.token in (
      select token from attempt where organization_id = ${ctx.organizationId} and state in ('uncertain', 'absent') and check_at <= clock_timestamp()
      order by check_at limit ${AT_ONCE} for update skip locked)
    returning a.token, a.broadcast_id as "broadcastId", a.seq, a.n, a.recipient, a.body, a.state, a.checks, a.account_sid as "accountSid", a.method, a.sender,
      a.intent_at as "intentAt", a.lease_until as "leaseUntil"`));
}

/** Messages made between intent and lease, give or take the clocks' difference, that no attempt has claimed. */
async function look(ctx: Context, client: TwilioClient, attempt: OpenAttempt, { skew }: ResolvePolicy): Promise<Evidence> {
  const [from, to] = [new Date(attempt.intentAt).getTime() - skew * 1_000, new Date(attempt.leaseUntil).getTime() + skew * 1_000];
  const listed = await listMessagesTo(client, attempt.recipient, new Date(from));
  const candidates = listed.filter((message) => message.direction === 'outbound-api' && message.createdAt.getTime() <= to && (message.from === null || message.from === attempt.sender));
  // What Twilio lists as the text of a template is not promised to be what we rendered: another text is no proof, and no proof of absence either.
  const fitting = candidates.filter((message) => mayBe(message.body, attempt.body));
  const unbound = await withoutBound(ctx, attempt.method === 'template' ? candidates : fitting);
  if (unbound.length === 1 && fitting.includes(unbound[0]!)) return { kind: 'found', message: unbound[0]! };
  return { kind: unbound.length > 0 ? 'several' : 'none' };
}

/** Twilio may put words before a text (trial accounts), replace typographic signs (smart encoding) and blank it (redaction): only letters and digits count. */
const mayBe = (listed: string, ours: string) => listed === '' || essence(listed).endsWith(essence(ours));
const essence = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

async function withoutBound(ctx: Context, messages: ProviderMessage[]) {
  const bound = await ctx.transaction((tx) => rows<{ sid: string }>(tx, sql`
    select sid from attempt where organization_id = ${ctx.organizationId} and sid in (select value from json_array_elements_text(${JSON.stringify(messages.map(({ sid }) => sid))}::json))`));
  const taken = new Set(bound.map(({ sid }) => sid));
  return messages.filter(({ sid }) => !taken.has(sid));
}

/** The same door as a callback: the listed status is a fact, and it binds the attempt. */
async function bind(ctx: Context, attempt: OpenAttempt, message: ProviderMessage) {
  await recordStatuses(ctx.db, [{
    organizationId: ctx.organizationId, token: attempt.token, accountSid: attempt.accountSid, sid: message.sid, recipient: attempt.recipient,
    providerStatus: message.status, errorCode: message.errorCode, source: 'list',
  }]);
}

/** From the second look on a cancellable repeat takes the place of what left no trace; where none may, the next look is booked, and after the third it is held. */
async function settleWithoutTrace(ctx: Context, client: TwilioClient, attempt: OpenAttempt, input: { workerId: string; policy: ResolvePolicy; messagingServiceSid: string | null }) {
  const { messagingServiceSid } = input;
  const isRepeatable = attempt.state === 'absent' || attempt.checks >= 1;
  if (isRepeatable && messagingServiceSid && await scheduleRepeat(ctx, client, attempt, { ...input, messagingServiceSid })) return;
  if (attempt.state === 'absent' || attempt.checks >= 2) await hold(ctx, attempt, 'no trace at Twilio');
  else await bookNextLook(ctx, attempt, input.policy.looks[attempt.checks === 0 ? 1 : 2]);
}

/** `after` seconds from the intent, but not at once when the look before came late. */
async function bookNextLook(ctx: Context, { token }: OpenAttempt, after: number) {
  await ctx.transaction((tx) => tx.execute(sql`
    update attempt set checks = checks + 1, check_at = greatest(intent_at + make_interval(secs => ${after}), clock_timestamp() + make_interval(secs => ${after / 4}))
    where organization_id = ${ctx.organizationId} and token = ${token} and state = 'uncertain'`));
}

/** Nothing more is done by itself; the delivery shows as unknown, and late evidence still binds. */
async function hold(ctx: Context, attempt: OpenAttempt, why: string) {
  if (attempt.state === 'uncertain') log.warn({ organizationId: ctx.organizationId, broadcastId: attempt.broadcastId, seq: attempt.seq, why }, 'an attempt stays unknown');
  await ctx.transaction((tx) => tx.execute(sql`update attempt set check_at = null where organization_id = ${ctx.organizationId} and token = ${attempt.token} and state = ${attempt.state}`));
}
