import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { twilioAccounts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { checkView, type TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { env } from '#server/env.ts';

/** The connection without its secrets: they can be written, never read. Null: nothing is connected. */
export async function readTwilioAccount(ctx: Context): Promise<TwilioAccountView | null> {
  const [account] = await ctx.transaction((tx) => tx.select().from(twilioAccounts).where(eq(twilioAccounts.organizationId, ctx.organizationId)));
  return account ? viewOf(account) : null;
}

/** Where Event Streams of this organisation go: an address of the installation as it stands now. */
export const eventsDestination = (organizationId: string) => `${env().PUBLIC_URL}/connect/webhook/twilio/events?orgid=${organizationId}`;

/** What of a stored row may be seen. */
export function viewOf(account: typeof twilioAccounts.$inferSelect): TwilioAccountView {
  return {
    accountSid: account.accountSid, apiKeySid: account.apiKeySid,
    hasApiKeySecret: account.sealedApiKeySecret !== null, hasAuthToken: account.sealedAuthToken !== null,
    messagingServiceSid: account.messagingServiceSid, defaultSenderNumber: account.defaultSenderNumber,
    status: account.status, checks: z.array(checkView).parse(account.checks), checkedAt: account.checkedAt?.toISOString() ?? null,
    pushesTemplates: account.eventsDestination === eventsDestination(account.organizationId),
    isSimulated: env().TWILIO_BASE_URL !== undefined,
  };
}
