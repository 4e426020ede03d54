import { and, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { twilioAccounts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { inboundDestination } from '#server/domain/sender/inbound-address.ts';
import { assessReach } from '#server/domain/twilio-account/assess-reach.ts';
import { ACCOUNT, assess, KEYS, REPLIES, SERVICE } from '#server/domain/twilio-account/assess.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { probeDoor } from '#server/domain/twilio-account/probe-door.ts';
import { readConnection } from '#server/domain/twilio-account/read-state.ts';
import { viewOf } from '#server/domain/twilio-account/read.ts';
import { isReachable, registerInbound } from '#server/domain/twilio-account/register-inbound.ts';
import { checkView, type CheckView, type TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { writeSenderState } from '#server/domain/twilio-account/sync-senders.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';
import type { Reading } from '#server/twilio/account.ts';
import { readClockSkew, readContents } from '#server/twilio/reach.ts';

/**
 * Tests every link of the connection and reads the senders anew. What Twilio refuses becomes a failing check, never an exception; while it does not
 * answer at all, the connection counts as it did before.
 * @throws Problem forbidden below admin · twilio_not_configured when nothing is connected.
 */
export async function checkTwilio(ctx: Context): Promise<TwilioAccountView> {
  requireRole(ctx, 'admin');
  const account = await storedAccount(ctx);
  const opened = await openedCredentials(ctx);
  const { checks, isAnswered } = 'refused' in opened ? { checks: [opened.refused], isAnswered: true } : await checkConnection(ctx, opened, account);
  const verdict = isWorking(checks) ? 'connected' as const : 'broken' as const;
  const saved = { status: isAnswered || account.status === 'unchecked' ? verdict : account.status, checks, checkedAt: ctx.now() };
  await ctx.transaction((tx) => tx.update(twilioAccounts).set(saved).where(and(eq(twilioAccounts.organizationId, ctx.organizationId), hasSameKeys(account))));
  return viewOf({ ...account, ...saved });
}

async function storedAccount(ctx: Context) {
  const [account] = await ctx.transaction((tx) => tx.select().from(twilioAccounts).where(eq(twilioAccounts.organizationId, ctx.organizationId)));
  if (!account) throw new Problem('twilio_not_configured', 'No Twilio account is connected. Connect one in Settings → Twilio.');
  return account;
}

async function openedCredentials(ctx: Context) {
  try {
    return await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { refused: { name: KEYS, status: 'fail', detail: error.message, fix: 'Enter the keys of the account and save.' } satisfies CheckView };
  }
}

type Stored = Awaited<ReturnType<typeof storedAccount>>;
type Opened = Awaited<ReturnType<typeof openCredentials>>;

async function checkConnection(ctx: Context, keys: Opened, account: Stored): Promise<{ checks: CheckView[]; isAnswered: boolean }> {
  const { PUBLIC_URL, TWILIO_BASE_URL } = env();
  const [read, contents, clockSkew] = await Promise.all([readConnection(keys), readContents(keys), readClockSkew()]);
  const inboundUrl = inboundDestination(ctx.organizationId);
  const isTrusted = read.token?.ok === true; // only what we can tell to be Twilio's
  const [state, door] = await Promise.all([
    // By a person's hand only: the clock finds what has changed at Twilio, it changes nothing there.
    isTrusted && isReachable() && ctx.actor.kind === 'user' ? registerInbound(keys, read, inboundUrl) : read,
    isTrusted && keys.authToken ? probeDoor({ organizationId: ctx.organizationId, accountSid: keys.accountSid, authToken: keys.authToken }) : null,
  ]);
  const found = await writeSenderState(ctx, state, account.defaultSenderNumber);
  const sender = found.find((one) => one.address === account.defaultSenderNumber) ?? null;
  const installation = { publicUrl: PUBLIC_URL, isSimulated: TWILIO_BASE_URL !== undefined, inboundUrl, hadReplies: hadReplies(account) };
  const links = assess(state, account.messagingServiceSid, account.defaultSenderNumber, sender, installation);
  const hasWhatsApp = state.whatsApp.ok && state.whatsApp.value.length > 0;
  return { checks: [...links, ...assessReach({ door, contents: read.numbers.ok ? contents : null, clockSkew }, PUBLIC_URL, hasWhatsApp)], isAnswered: isAnswer(read.numbers) };
}

/** A Twilio that is overloaded or away says nothing about the keys. */
const isAnswer = (read: Reading<unknown>) => read.ok || (read.status !== null && read.status < 500 && read.status !== 429);

const hadReplies = ({ checks }: Stored) => z.array(checkView).parse(checks).some(({ name, status }) => name === REPLIES && status !== 'warn');

/** Keys that were saved meanwhile have a check of their own: this one was about the former. */
const hasSameKeys = (account: Stored) => sql`(${twilioAccounts.accountSid}, ${twilioAccounts.apiKeySid}, ${twilioAccounts.sealedApiKeySecret}, ${twilioAccounts.sealedAuthToken}, ${twilioAccounts.messagingServiceSid})
  is not distinct from (${account.accountSid}::text, ${account.apiKeySid}::text, ${account.sealedApiKeySecret}::text, ${account.sealedAuthToken}::text, ${account.messagingServiceSid}::text)`;

/** Connected: messages can leave. The other checks are about what happens to them. */
const isWorking = (checks: CheckView[]) => !checks.some((check) => check.status === 'fail' && vital.has(check.name));
const vital = new Set([KEYS, ACCOUNT, SERVICE]);
