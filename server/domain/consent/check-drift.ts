import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { optOutChecks, senders, type OptOutFindings } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { recordMissed } from '#server/domain/consent/record-missed.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import { twilioClient, type TwilioClient } from '#server/twilio/client.ts';
import { readInboundSince, readMadeSince, type ProviderMessage } from '#server/twilio/messages.ts';

/** How far back the first check looks, in days. */
const FIRST_LOOK = 30;
/** Both clocks, and messages that were on their way when the last check ran, in ms. */
const OVERLAP = 3_600_000;
/** Pages of 1,000 messages of the account that are read for refusals. */
const MOST_PAGES = 300;

/**
 * Twilio publishes no list of opt-outs (facts/twilio.md §5.1), so ours is compared with what it can tell: STOP and START that people wrote and that never
 * arrived here are recorded and obeyed now, once per MessageSid and only if nothing newer was said; people whose messages it refused with 21610 are out here too.
 */
export async function checkDrift(ctx: Context): Promise<void> {
  const startedAt = ctx.now();
  try {
    const { client, addresses, since } = await ctx.transaction((tx) => begin(tx, ctx, startedAt));
    const missed: ProviderMessage[] = [];
    for (const [i, address] of addresses.entries()) {
      await readInboundSince(client, address, since, async (messages) => { missed.push(...await unknownOf(ctx, messages)); });
      await ctx.transaction((tx) => change(tx, ctx, { done: i + 1 }));
    }
    const { recovered, missedMessages } = await recordMissed(ctx, missed);
    const refused: string[] = [];
    await readMadeSince(client, since, MOST_PAGES, async (messages) => { refused.push(...await recordRefused(ctx, messages)); });
    await ctx.transaction((tx) => takeKept(tx, ctx));
    await finish(ctx, { error: null, result: { recovered, missedMessages, refused } });
  } catch (error) {
    await finish(ctx, { error: reasonOf(error), startedAt });
  }
}

async function begin(tx: Tx, ctx: Context, startedAt: Date) {
  const keys = await openCredentials(tx, ctx.organizationId);
  const [last] = await tx.select().from(optOutChecks).where(eq(optOutChecks.organizationId, ctx.organizationId)).for('update');
  const ours = await tx.select({ address: senders.address }).from(senders).where(eq(senders.organizationId, ctx.organizationId)).orderBy(senders.address);
  const isFinished = last?.finishedAt && !last.error;
  const since = last ? (isFinished ? new Date(last.startedAt.getTime() - OVERLAP) : last.since) : new Date(startedAt.getTime() - FIRST_LOOK * 86_400_000);
  const values = { startedAt, since, finishedAt: null, error: null, result: null, done: 0, total: ours.length };
  await tx.insert(optOutChecks).values({ organizationId: ctx.organizationId, ...values }).onConflictDoUpdate({ target: optOutChecks.organizationId, set: values });
  return { client: twilioClient(keys) satisfies TwilioClient, addresses: ours.map(({ address }) => address), since };
}

const change = (tx: Tx, ctx: Context, values: Partial<typeof optOutChecks.$inferInsert>) => tx.update(optOutChecks).set(values).where(eq(optOutChecks.organizationId, ctx.organizationId));

/** What of these messages never arrived here. What somebody wrote before they were erased was here, and must not come back. */
async function unknownOf(ctx: Context, messages: ProviderMessage[]): Promise<ProviderMessage[]> {
  if (messages.length === 0) return [];
  const known = await ctx.transaction((tx) => rows<{ sid: string }>(tx, sql`
    select sid from chat_message where organization_id = ${ctx.organizationId} and sid in (select value from json_array_elements_text(${JSON.stringify(messages.map(({ sid }) => sid))}::json))`));
  const sids = new Set([...known, ...await erasedOf(ctx, messages)].map(({ sid }) => sid));
  return messages.filter(({ sid }) => !sids.has(sid));
}

const erasedOf = (ctx: Context, messages: ProviderMessage[]) => ctx.transaction((tx) => rows<{ sid: string }>(tx, sql`
  select i.sid from json_to_recordset(${JSON.stringify(messages.map(({ sid, from, createdAt }) => ({ sid, phone: from?.replace(/^[a-z]+:/, ''), at: createdAt })))}::json) as i(sid text, phone text, at timestamptz)
  where (select exists (select 1 from erased_phone where organization_id = ${ctx.organizationId}))
    and exists (select 1 from erased_phone e where e.organization_id = ${ctx.organizationId} and e.hash = any(erasure_hashes(${ctx.organizationId}::uuid, i.phone)) and e.erased_at >= i.at)`));

/** Refused with 21610, whichever program sent it, while the person could still be written to here. */
async function recordRefused(ctx: Context, messages: ProviderMessage[]): Promise<string[]> {
  const candidates = messages.filter(({ direction, errorCode }) => direction !== 'inbound' && errorCode === 21610);
  if (candidates.length === 0) return [];
  return ctx.transaction(async (tx) => {
    const asked = candidates.map(({ sid, to, createdAt }) => ({ sid, phone: to.replace(/^[a-z]+:/, ''), at: createdAt.toISOString() }));
    // Who came back after that, or never was a contact, is no difference.
    const reachable = await rows<{ sid: string; phone: string }>(tx, sql`
      select distinct on (i.phone) i.sid, i.phone from json_to_recordset(${JSON.stringify(asked)}::json) as i(sid text, phone text, at timestamptz)
      join contact c on c.organization_id = ${ctx.organizationId} and c.phone = i.phone and not c.opted_out
      where not exists (select 1 from consent_event e where e.organization_id = c.organization_id and e.phone = i.phone and e.kind = 'opt_in' and e.at > i.at)
      order by i.phone, i.at desc`);
    const sids = new Map(reachable.map(({ sid, phone }) => [phone, sid]));
    await recordOptOuts(tx, ctx, [...sids.keys()], { source: 'provider', evidence: (phone) => ({ errorCode: 21610, messageSid: sids.get(phone) }) });
    return [...sids.values()];
  });
}

/** A contact that was written in the very moment of a stranger's STOP did not see it; the trigger on its number does now. */
const takeKept = (tx: Tx, ctx: Context) => tx.execute(sql`
  update contact c set phone = c.phone from kept_opt_out k where c.organization_id = ${ctx.organizationId} and k.organization_id = c.organization_id and k.phone = c.phone`);

async function finish(ctx: Context, { startedAt, ...values }: { error: string | null; result?: OptOutFindings; startedAt?: Date }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const row = { finishedAt: ctx.now(), ...values };
    const changed = await tx.update(optOutChecks).set(row).where(and(eq(optOutChecks.organizationId, ctx.organizationId), startedAt && eq(optOutChecks.startedAt, startedAt))).returning({ at: optOutChecks.startedAt });
    // It failed before it had begun: without a connection there is nothing to compare with.
    if (changed.length === 0 && startedAt) await tx.insert(optOutChecks).values({ organizationId: ctx.organizationId, startedAt, since: new Date(startedAt.getTime() - FIRST_LOOK * 86_400_000), ...row })
      .onConflictDoUpdate({ target: optOutChecks.organizationId, set: { error: values.error } });
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return `Twilio did not give its messages${typeof code === 'number' || typeof code === 'string' ? ` (${code})` : ''}. What was found before stays; the check runs again in an hour, or when you start it.`;
}
