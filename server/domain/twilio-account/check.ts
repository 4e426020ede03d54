import { eq } from 'drizzle-orm';
import { twilioAccounts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { syncSenders } from '#server/domain/sender/sync.ts';
import { ACCOUNT, assess, KEYS, SERVICE } from '#server/domain/twilio-account/assess.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { readConnection, type ConnectionState } from '#server/domain/twilio-account/read-state.ts';
import { inboundDestination, viewOf } from '#server/domain/twilio-account/read.ts';
import { registerInbound } from '#server/domain/twilio-account/register-inbound.ts';
import type { CheckView, TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';

/**
 * Tests every link of the connection and reads the senders anew. What Twilio refuses becomes a failing check, never an exception.
 * @throws Problem forbidden below admin · twilio_not_configured when nothing is connected.
 */
export async function checkTwilio(ctx: Context): Promise<TwilioAccountView> {
  requireRole(ctx, 'admin');
  const account = await storedAccount(ctx);
  const opened = await openedCredentials(ctx);
  const checks = 'refused' in opened ? [opened.refused] : await checkConnection(ctx, opened, account);
  const status = isWorking(checks) ? 'connected' as const : 'broken' as const;
  const saved = { status, checks, checkedAt: ctx.now() };
  await ctx.transaction((tx) => tx.update(twilioAccounts).set(saved).where(eq(twilioAccounts.organizationId, ctx.organizationId)));
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

async function checkConnection(ctx: Context, keys: Opened, account: Stored): Promise<CheckView[]> {
  const { PUBLIC_URL, TWILIO_BASE_URL } = env();
  const read = await readConnection(keys);
  const inboundUrl = inboundDestination(ctx.organizationId);
  // Only where Twilio reaches us, and we can tell that it is Twilio.
  const isReachable = read.token?.ok === true && (TWILIO_BASE_URL !== undefined || PUBLIC_URL.startsWith('https://'));
  const state = isReachable ? await registerInbound(keys, read, inboundUrl) : read;
  const found = await syncedSenders(ctx, state, account.defaultSenderNumber);
  const sender = found.find((one) => one.address === account.defaultSenderNumber) ?? null;
  return assess(state, account.messagingServiceSid, account.defaultSenderNumber, sender, { publicUrl: PUBLIC_URL, isSimulated: TWILIO_BASE_URL !== undefined, inboundUrl });
}

/** Senders are written only from a whole picture: half an answer must not take a registration away. A service that is not there is an answer. */
async function syncedSenders(ctx: Context, { numbers, service, brands, tollFree, whatsApp }: ConnectionState, systemNumber: string | null) {
  const isServiceKnown = service === null || service.ok || service.status === 404;
  if (!numbers.ok || !tollFree.ok || !isServiceKnown) return [];
  return syncSenders(ctx, { numbers: numbers.value, service: service?.ok ? service.value : null, brands, tollFree: tollFree.value, whatsApp: whatsApp.ok ? whatsApp.value : null }, systemNumber);
}

/** Connected: messages can leave. The other checks are about what happens to them. */
const isWorking = (checks: CheckView[]) => !checks.some((check) => check.status === 'fail' && vital.has(check.name));
const vital = new Set([KEYS, ACCOUNT, SERVICE]);
