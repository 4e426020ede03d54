import { eq } from 'drizzle-orm';
import { twilioAccounts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { eventsDestination, viewOf } from '#server/domain/twilio-account/read.ts';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';
import { twilioClient } from '#server/twilio/client.ts';
import { pushTemplateEvents } from '#server/twilio/events.ts';

/**
 * Lets Twilio tell of decided templates at once, beside the reading from time to time. Asked for again it changes nothing.
 * @throws Problem forbidden below admin · twilio_not_configured without an auth token, which proves the events · invalid_state where Twilio cannot reach this
 * installation · twilio_failed
 */
export async function connectEvents(ctx: Context): Promise<TwilioAccountView> {
  requireRole(ctx, 'admin');
  const { PUBLIC_URL, TWILIO_BASE_URL } = env();
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  if (!keys.authToken) throw new Problem('twilio_not_configured', 'Enter the auth token of the account first: without it nobody can tell whether an event comes from Twilio.');
  if (!PUBLIC_URL.startsWith('https://') && TWILIO_BASE_URL === undefined) throw new Problem('invalid_state', `Twilio pushes events to https addresses only, and PUBLIC_URL is ${PUBLIC_URL}. Until then the status is read from time to time.`);
  const destination = eventsDestination(ctx.organizationId);
  const done = await pushTemplateEvents(twilioClient(keys), destination);
  if (!done.ok) throw new Problem('twilio_failed', `Twilio does not push the events${done.code ? ` (${done.code})` : ''}: ${done.message}. The status is read from time to time meanwhile; try again later.`);
  return ctx.transaction(async (tx) => {
    const [account] = await tx.update(twilioAccounts).set({ eventsDestination: destination }).where(eq(twilioAccounts.organizationId, ctx.organizationId)).returning();
    return viewOf(account!); // openCredentials found it
  });
}
