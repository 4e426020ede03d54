import { and, eq } from 'drizzle-orm';
import { senders } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { senderInput, type SenderInput } from '#server/domain/number/schema.ts';
import { refusal } from '#server/domain/number/twilio-words.ts';
import { inboundDestination } from '#server/domain/sender/inbound-address.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { openCredentials, type TwilioCredentials } from '#server/domain/twilio-account/credentials.ts';
import { isReachable } from '#server/domain/twilio-account/register-inbound.ts';
import { env } from '#server/env.ts';
import { notFound, Problem } from '#server/errors.ts';
import { readService, setInboundUrl, setSenderInboundUrl } from '#server/twilio/account.ts';
import { setNumberInboundUrl } from '#server/twilio/numbers.ts';

/**
 * P73: has Twilio hand here what people write to a sender, whatever was set before. Of a service that holds for all its numbers the service is changed.
 * @throws Problem forbidden below admin, not_found, twilio_not_configured, twilio_failed · invalid_state while Twilio cannot reach this installation
 */
export async function repairInbound(ctx: Context, input: SenderInput): Promise<SenderView> {
  requireRole(ctx, 'admin');
  const { id } = senderInput.parse(input);
  const [sender] = await ctx.transaction((tx) => tx.select().from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.id, id))));
  if (!sender?.providerSid) throw notFound('sender');
  if (!isReachable()) throw new Problem('invalid_state', `Twilio cannot reach ${env().PUBLIC_URL}, so nothing was changed. Set PUBLIC_URL to an https address first.`);
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const url = inboundDestination(ctx.organizationId);
  const done = channels[sender.channel].usesService ? await repairNumber(keys, sender.providerSid, sender.isInService, url) : await setSenderInboundUrl(keys, sender.providerSid, url);
  if (!done.ok) throw refusal(done, sender.address, 'Twilio did not take the address');
  await checkTwilio(ctx);
  const view = (await listSenders(ctx)).find((one) => one.id === id);
  if (!view) throw notFound('sender');
  return view;
}

/** The number itself always; the service too when it answers for its numbers. */
async function repairNumber(keys: TwilioCredentials, sid: string, isInService: boolean, url: string) {
  const number = await setNumberInboundUrl(keys, sid, url);
  if (!number.ok || !isInService || !keys.messagingServiceSid) return number;
  const service = await readService(keys, keys.messagingServiceSid);
  if (!service.ok) return service;
  return service.value.usesNumberUrls ? number : setInboundUrl(keys, keys.messagingServiceSid, url);
}
