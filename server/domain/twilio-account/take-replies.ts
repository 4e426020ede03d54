import { requireRole, type Context } from '#server/context.ts';
import { inboundDestination } from '#server/domain/sender/inbound-address.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { Problem } from '#server/errors.ts';
import { setServiceInbound } from '#server/twilio/reach.ts';

/**
 * Has the messaging service hand what people write to this installation, whatever stood there, and tests the connection again (D2, P73).
 * @throws Problem forbidden below admin · twilio_not_configured without an account or a service · twilio_failed when Twilio refuses.
 */
export async function takeReplies(ctx: Context): Promise<TwilioAccountView> {
  requireRole(ctx, 'admin');
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  if (!keys.messagingServiceSid) throw new Problem('twilio_not_configured', 'No messaging service is named. Enter its SID in Settings → Twilio.');
  const done = await setServiceInbound(keys, keys.messagingServiceSid, inboundDestination(ctx.organizationId));
  if (!done.ok) throw new Problem('twilio_failed', `Twilio did not take it: ${done.message}. Try again, or set it in the Twilio Console.`);
  return checkTwilio(ctx);
}
