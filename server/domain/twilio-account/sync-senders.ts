import { eq } from 'drizzle-orm';
import { twilioAccounts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { SenderFromTwilio } from '#server/domain/sender/from-twilio.ts';
import { syncSenders } from '#server/domain/sender/sync.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { readSenderState, type SenderState } from '#server/domain/twilio-account/read-state.ts';
import { Problem } from '#server/errors.ts';

/** Asks Twilio about all senders of the organisation and writes what it says. @throws Problem twilio_not_configured; twilio_failed: then all stays as it was */
export async function syncSendersFromTwilio(ctx: Context): Promise<SenderFromTwilio[]> {
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const state = await readSenderState(keys);
  if (!isWhole(state)) throw new Problem('twilio_failed', 'Twilio did not answer everything about the senders, so they stay as they were. Try again in a minute.');
  const [account] = await ctx.transaction((tx) => tx.select({ systemNumber: twilioAccounts.defaultSenderNumber }).from(twilioAccounts).where(eq(twilioAccounts.organizationId, ctx.organizationId)));
  return writeSenderState(ctx, state, account?.systemNumber ?? null);
}

/** Senders are written only from a whole picture: half an answer must not take a registration away. A service that is not there is an answer. */
export async function writeSenderState(ctx: Context, state: SenderState, systemNumber: string | null): Promise<SenderFromTwilio[]> {
  if (!isWhole(state)) return [];
  const { numbers, service, brands, tollFree, whatsApp } = state;
  await ctx.transaction((tx) => tx.update(twilioAccounts).set({ sendersReadAt: ctx.now() }).where(eq(twilioAccounts.organizationId, ctx.organizationId)));
  return syncSenders(ctx, { numbers: numbers.value, service: service?.ok ? service.value : null, brands, tollFree: tollFree.value, whatsApp: whatsApp.ok ? whatsApp.value : null }, systemNumber);
}

type Whole = SenderState & { numbers: { ok: true }; tollFree: { ok: true } };
const isWhole = (state: SenderState): state is Whole =>
  state.numbers.ok && state.tollFree.ok && (state.service === null || state.service.ok || state.service.status === 404);
