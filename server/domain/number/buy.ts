import { parsePhoneNumberWithError } from 'libphonenumber-js/max';
import { toMicros } from '#server/channels/decimal.ts';
import { requireRole, type Context } from '#server/context.ts';
import { joinService, keysWithService, requireUnclaimed, type KeysWithService } from '#server/domain/number/join-service.ts';
import { buyNumberInput, type BuyNumberInput } from '#server/domain/number/schema.ts';
import { refusal } from '#server/domain/number/twilio-words.ts';
import { inboundDestination } from '#server/domain/sender/inbound-address.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { invalidField, Problem } from '#server/errors.ts';
import { buyNumber as buyAtTwilio, findOwnedNumber, readNumberPrices, type BoughtNumber, type NumberType } from '#server/twilio/numbers.ts';

/**
 * P8: buys a number at the price that was shown, has it hand here what people write, and puts it into the messaging service. A number that the account
 * owns already is not bought again, so asking twice costs once.
 * @throws Problem forbidden below admin · twilio_not_configured · invalid_state: another price (`data.price`), or sold meanwhile · validation_failed: Twilio
 * asks for an address first · already_exists: another organisation has it · twilio_failed
 */
export async function buyNumber(ctx: Context, input: BuyNumberInput): Promise<SenderView> {
  requireRole(ctx, 'admin');
  const wish = buyNumberInput.parse(input);
  const keys = await keysWithService(ctx);
  const owned = await ownedOrBought(ctx, keys, wish);
  await requireUnclaimed(ctx, owned.sid);
  return joinService(ctx, keys, owned);
}

async function ownedOrBought(ctx: Context, keys: KeysWithService, { phoneNumber, price, currency }: BuyNumberInput): Promise<BoughtNumber> {
  const before = await findOwnedNumber(keys, phoneNumber);
  if (!before.ok) throw refusal(before, phoneNumber, 'Twilio did not answer, so nothing was bought');
  if (before.value) return before.value;
  await requireShownPrice(keys, phoneNumber, { price, currency });
  const bought = await buyAtTwilio(keys, phoneNumber, inboundDestination(ctx.organizationId));
  if (bought.ok) return bought.value;
  // Without an answer it may be ours all the same; and two who buy at once get it once.
  const after = await findOwnedNumber(keys, phoneNumber);
  if (after.ok && after.value) return after.value;
  throw refusal(bought, phoneNumber, 'Twilio did not sell it');
}

async function requireShownPrice(keys: KeysWithService, phoneNumber: string, shown: { price: string; currency: string }): Promise<void> {
  const { country, type } = kindOf(phoneNumber);
  const prices = await readNumberPrices(keys, country);
  if (!prices.ok) throw refusal(prices, phoneNumber, 'Twilio did not say the price, so nothing was bought');
  const price = prices.value.byType[type];
  if (!price) throw invalidField('phoneNumber', 'Twilio names no price for a number of this kind, so it is not bought here. Buy it in the Twilio Console, then add it.');
  const { currency } = prices.value;
  if (currency === shown.currency && toMicros(price) === toMicros(shown.price)) return;
  throw new Problem('invalid_state', `The price is ${price} ${currency} a month, not ${shown.price} ${shown.currency}. Nothing was bought; confirm the new price.`, { data: { price, currency } });
}

/** What the number is by the numbering plan; in North America toll-free or local. */
function kindOf(phoneNumber: string): { country: string; type: NumberType } {
  const parsed = read(phoneNumber);
  const kind = parsed.getType();
  const country = parsed.country ?? 'US'; // toll-free numbers of +1 belong to no country
  return { country, type: kind === 'TOLL_FREE' ? 'toll_free' : kind === 'MOBILE' ? 'mobile' : 'local' };
}

function read(phoneNumber: string) {
  try {
    return parsePhoneNumberWithError(phoneNumber);
  } catch {
    throw invalidField('phoneNumber', 'This is not a phone number. Choose one from the search.');
  }
}
