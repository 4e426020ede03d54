import { requireRole, type Context } from '#server/context.ts';
import { joinService, keysWithService, requireUnclaimed } from '#server/domain/number/join-service.ts';
import { importNumberInput, type ImportNumberInput } from '#server/domain/number/schema.ts';
import { refusal } from '#server/domain/number/twilio-words.ts';
import { inboundDestination } from '#server/domain/sender/inbound-address.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { isReachable } from '#server/domain/twilio-account/register-inbound.ts';
import { Problem } from '#server/errors.ts';
import { findOwnedNumber, setNumberInboundUrl } from '#server/twilio/numbers.ts';

/**
 * P8: takes a number that the account owns into use: into the messaging service, handing here what people write. Again changes nothing.
 * @throws Problem forbidden below admin · twilio_not_configured · sender_not_found: the account does not own it, or it cannot text · already_exists: another
 * organisation has it · invalid_state: it is in another service · twilio_failed
 */
export async function importNumber(ctx: Context, input: ImportNumberInput): Promise<SenderView> {
  requireRole(ctx, 'admin');
  const { phoneNumber } = importNumberInput.parse(input);
  const keys = await keysWithService(ctx);
  const owned = await findOwnedNumber(keys, phoneNumber);
  if (!owned.ok) throw refusal(owned, phoneNumber, 'Twilio did not answer, so nothing changed');
  if (!owned.value) throw new Problem('sender_not_found', `${phoneNumber} does not belong to the connected Twilio account. Buy it here, or move it into the account in the Twilio Console.`);
  if (!owned.value.canSms) throw new Problem('sender_not_found', `${phoneNumber} cannot send SMS: Twilio sells it for voice only.`);
  await requireUnclaimed(ctx, owned.value.sid);
  const sender = await joinService(ctx, keys, owned.value);
  // Once it is in: a service that leaves it to each number asks the number.
  if (sender.inbound.state === 'here' || !isReachable()) return sender;
  const set = await setNumberInboundUrl(keys, owned.value.sid, inboundDestination(ctx.organizationId));
  return set.ok ? joinService(ctx, keys, owned.value) : sender;
}
